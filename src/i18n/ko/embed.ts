import type { embed as en } from '../en/embed.ts';
import type { Localised } from '../localised.ts';

export const embed: Localised<typeof en> = {
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
