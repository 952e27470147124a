import type { dilated as en } from '../../en/kinds/dilated.ts';
import type { Localised } from '../../localised.ts';

export const dilated: Localised<typeof en> = {
  one: '{{kernel}} 탭, dilation {{dilation}}: 빽빽한 커널과 같은 값으로 {{h}} × {{w}}를 봅니다. 레이어를 쌓아 구멍이 어떻게 되는지 보세요.',
  whole: '레이어 {{layers}}개가 {{h}} × {{w}} 수용 영역의 모든 픽셀을 읽습니다.',
  grid: '격자 현상: 모든 걸음이 {{factor}}의 배수라서 레이어를 아무리 쌓아도 사이의 픽셀은 읽지 못합니다.',
  gaps: '격자 현상: 걸음에 공약수는 없지만 어느 레이어도 채우지 못하는 틈이 남습니다.',
  figure: '사진 위의 {{h}} × {{w}} 수용 영역. {{box}}개 가운데 {{read}}개를 읽습니다',
  legend: '{{row}}행 {{column}}열의 유닛 둘레. 테두리: 읽는 픽셀. 빗금: 읽지 않는 픽셀.',
  layers: '쌓은 레이어 수',
  of: '레이어 {{layer}}의 dilation',
  field: '수용 영역',
  read: '읽는 픽셀',
  readOf: '{{box}}개 중 {{read}}개 ({{share}})',
  weights: '가중치',
  against: '{{own}}개. 같은 영역의 빽빽한 레이어 하나: {{dense}}개',
  hybrid: '섞어서: {{dilations}}',
  equal: '같게: {{dilations}}',
  kept: '하이브리드 팽창 합성곱(HDC)의 규칙을 지킵니다. 가장 큰 거리 {{distance}}, 한도 {{allowed}}.',
  broken:
    '하이브리드 팽창 합성곱(HDC)의 규칙에 어긋납니다. 첫 레이어의 dilation이 1이고 가장 큰 거리가 {{allowed}} 이하여야 하는데 {{distance}}입니다.',
};
