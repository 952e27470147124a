import type { notices as en } from '../en/notices.ts';
import type { Localised } from '../localised.ts';

export const notices: Localised<typeof en> = {
  moved:
    '레이어가 성립하도록 {{attribute, josa(particle: 이/가)}} {{from}}에서 {{to, josa(particle: 으로/로)}} 함께 바뀌었습니다.',
  bank: '학습된 그대로 불러왔습니다({{changes}}).',
  'bank-stride':
    '학습된 그대로 불러왔습니다({{changes}}). 학습할 때는 stride {{stride, josa(particle: 을/를)}} 썼습니다. 지금 stride는 바꾸지 않았습니다.',
  'layer-activation':
    '코드에 따라 활성화 함수가 바뀌었습니다: $t(layer.activations.{{formerly}}) → $t(layer.activations.{{activation}}).',
  'layer-channels':
    '코드에 따라 사진의 채널이 바뀌었습니다: $t(input.channel.{{present}}) → $t(input.channel.{{channels}}) (in_channels={{inChannels}}).',
  'layer-channels-activation':
    '코드에 따라 사진의 채널과 활성화 함수가 바뀌었습니다: $t(input.channel.{{present}}) → $t(input.channel.{{channels}}) (in_channels={{inChannels}}), $t(layer.activations.{{formerly}}) → $t(layer.activations.{{activation}}).',
  copied: '복사했습니다.',
  restored: '상태를 복원했습니다.',
  opened: '{{name, josa(particle: 을/를)}} 열었습니다. 실행 취소하면 이전 상태로 돌아갑니다.',
  'photo-not-shared':
    '링크에는 사진 {{name, josa(particle: 이/가)}} 들어 있지 않습니다. 사진은 보낸 사람의 브라우저에만 있어 예시 사진으로 대신합니다.',
  mislabelled:
    '{{name}} 파일은 이름은 {{claimed}}인데 내용은 {{found}}입니다. {{found, josa(particle: 으로/로)}} 열었습니다.',
  frozen: '이 장면을 사진으로 씁니다.',
};
