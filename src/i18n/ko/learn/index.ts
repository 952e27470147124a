import { choosing } from './choosing.ts';
import { context } from './context.ts';
import { correlation } from './correlation.ts';
import { cost } from './cost.ts';
import { dead } from './dead.ts';
import { expense } from './expense.ts';
import { kinds } from './kinds.ts';
import { layer } from './layer.ts';
import { locality } from './locality.ts';
import { running } from './running.ts';
import { transposed } from './transposed.ts';
import { wider } from './wider.ts';

export const learn = {
  chaptersTitle: '차례',
  parts: { basics: '레이어', price: '비용', kinds: '합성곱의 종류', inside: '실행' },
  finished: '마침',
  done: '했음',
  figure: '그림',
  photo: '사진',
  layer: '레이어',
  tasks: '해 보기와 예측',
  try: '해 보기',
  predict: '어떻게 될까요?',
  right: '맞습니다. {{seen}}입니다.',
  wrong: '그림에서는 {{seen}}입니다.',
  answers: { yes: '예', no: '아니요', more: '늘어남', less: '줄어듦', same: '그대로' },
  openIn: '{{screen}}에서 열기',
  again: '그림을 처음으로',
  embed: '이 그림을 내 글에 넣기',
  embedTooLarge: '주소에 담기에는 큰 상태입니다. 해당 화면에서 열어 .convscope 파일로 저장하세요.',
  embedWithoutPhoto: '내 사진은 담기지 않습니다. 읽는 사람에게는 예제 사진이 보입니다.',
  present: '함께 보기',
  presentEnd: '함께 보기 끝내기',
  sources: '출처',
  previous: '이전',
  next: '다음',
  chapters: { layer, locality, cost, context, expense, dead, correlation, kinds, wider, transposed, choosing, running },
} as const;
