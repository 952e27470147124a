import type { dot as en } from '../en/dot.ts';
import type { Localised } from '../localised.ts';

export const dot: Localised<typeof en> = {
  title: '내적',
  where: '맵 {{map}} · {{row}}행 · {{column}}열',
  empty: '응답 맵의 픽셀을 클릭하면 그 값의 계산식이 여기에 펼쳐집니다.',
  patch: '패치 {{name}}',
  kernel: '커널 {{name}}',
  products: '곱',
  partial: 'Σ {{name}}',
  bias: '편향',
  sum: '합',
  response: '응답',
  shown: '맵에 표시된 값 {{value}}',
  padding: '패딩',
  rounded_other:
    '보이는 숫자끼리 합이 맞도록 소수점 아래 {{count}}자리로 반올림했습니다. 정확한 값은 마우스를 올리면 보입니다.',
  cell: '{{what}}, {{row}}행 {{column}}열: {{value}}',
  gridLabel: '{{what}}, {{rows}} × {{columns}}',
  sentence: '맵 {{map}}, {{row}}행 {{column}}열: {{terms}} = {{linear}}.',
  activated: '{{activation}} 적용 후 {{value}}.',
  channel: { r: 'R', g: 'G', b: 'B', a: 'A', grey: '흑백', other: '{{index}}' },
  window: {
    play: '슬라이딩 윈도',
    pause: '일시 정지',
    position: '윈도 위치',
    positionShort: '위치',
    speed: '속도',
    speedShort: '속도',
    perSecond: '초당 {{count}}칸',
    stop: '맵 전체 보기',
    progress: '{{total}} 중 {{position}}',
    reduced: '시스템에서 움직임 줄이기를 켜 두어 윈도가 1초에 두 번만 움직입니다.',
    hint: '← ↑ → ↓',
    hintLabel: '맵에 포커스가 있을 때 방향키로 고정한 위치를 옮깁니다.',
  },
};
