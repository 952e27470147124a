import type { pointwise as en } from '../../en/kinds/pointwise.ts';
import type { Localised } from '../../localised.ts';

export const pointwise: Localised<typeof en> = {
  look: '맵 {{outputs}}개는 모두 같은 픽셀에서 입력 맵 {{channels}}개를 섞은 것입니다. 행렬 하나를 모든 픽셀에 적용합니다.',
  matrix: '가중치: 출력 {{rows}}개, 입력 {{columns}}개. 화살표 키로 칸을 옮기고 Enter로 출력 맵을 고정합니다.',
  legend: '파랑은 음수, 빨강은 양수, 최대 ±{{largest}}',
  weight: 'w[{{row}}, {{column}}] = {{value}}',
  figure: '출력 맵 {{channel}}번을 이루는 입력 맵의 혼합',
  input: '입력 {{channel}}',
  output: '출력 {{channel}}',
  rest: '외 {{count}}개',
  bias: '편향',
  formula: '출력 {{channel}} = {{terms}}{{more}}',
  at: '|w| · rms 순서이고, 숫자는 행 {{row}}, 열 {{column}}의 값입니다.',
  computing: '맵을 항으로 나누는 중 …',
  failed: '맵이 너무 커서 이 장치에서는 항으로 나눌 수 없습니다.',
};
