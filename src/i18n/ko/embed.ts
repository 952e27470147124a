import type { embed as en } from '../en/embed.ts';
import type { Localised } from '../localised.ts';

export const embed: Localised<typeof en> = {
  share: {
    title: '공유',
    copied: '링크를 복사했습니다.',
    copyByHand: '이 링크를 복사하세요.',
    exact: '열면 지금 상태 그대로 나타납니다.',
    withoutPhoto:
      '내 사진은 링크에 들어가지 않습니다. 링크를 연 사람에게는 예시 사진이 보입니다. 사진까지 보내려면 .convscope 파일로 보내세요.',
    tooLarge:
      '지금 상태는 {{kilobytes}}KB로 링크에 담을 수 있는 8KB를 넘습니다. 파일로 보내세요. 여기에 끌어다 놓으면 모두 되살아납니다.',
    link: '링크',
    copy: '복사',
    save: '.convscope 파일로 저장',
    making: '링크 만드는 중',
    failed: '링크를 만들지 못했습니다: {{reason}}',
  },
  title: '내 글에 넣기',
  element: '내용에 높이를 맞추는 그림',
  frame: '스크립트 없는 iframe',
  copy: '복사',
  copied: '복사했습니다. 글에 붙여 넣으십시오.',
  copyByHand: '브라우저가 복사를 허용하지 않았습니다. 텍스트를 선택해 복사하십시오.',
  photo: '사진',
  layer: '레이어: 커널, stride, padding, dilation',
  open: 'ConvScope에서 열기',
  needsWhole: '이 상태는 전체 화면에서 볼 수 있습니다.',
};
