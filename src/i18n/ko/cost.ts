import type { cost as en } from '../en/cost.ts';
import type { Localised } from '../localised.ts';

export const cost: Localised<typeof en> = {
  title: '비용',
  output: '출력',
  parameters: '파라미터',
  operations: '연산량',
  textbook: '교과서 공식',
  useful: '유효',
  memory: '메모리',
  time: { gpu: 'GPU', cpu: 'CPU' },
  notMeasured: '–',
  check: {
    start: 'float64로 검산',
    again: '다시 검산',
    hint: '모든 맵의 모든 값을 워커에서 배정밀도로 다시 계산해 비교합니다.',
    running: '검산 중 {{percent}}',
    cancel: '검산 취소',
    passed: '정확함: 오차 ≤ {{error}}',
    failed: '오차 {{error}}: 허용 범위를 넘습니다',
    report:
      '값 {{values}}개를 float64와 비교했습니다. 최대 절대 오차는 맵 {{map}}의 {{row}}행 {{column}}열에서 {{absolute}}, 1 + Σ|항|에 대한 최대 상대 오차는 {{relative}}입니다(허용 범위 1e−5).',
    broken: '검산을 마치지 못했습니다: {{reason}}',
  },
  term: {
    C: 'C: in_channels, 사진의 채널 수 ({{value}})',
    H: 'H: 사진의 높이 ({{value}})',
    W: 'W: 사진의 너비 ({{value}})',
    K: 'K: kernel_size ({{value}})',
    N: 'N: out_channels, 응답 맵의 수 ({{value}})',
  },
  parametersHint:
    '교과서 공식: 필터 N개는 저마다 가중치 C·K²개와 편향 하나를 갖습니다. 실제로는 groups={{groups}}(필터 하나가 C/groups개 채널만 봄), bias={{bias}}이므로 {{exact}}개입니다.',
  operationsHint:
    '곱셈-누산(MAC) 횟수입니다. 1 MAC = 곱셈 1 + 덧셈 1이고 FLOPs = 2 × MACs입니다. 배치 1, 편향은 세지 않습니다. 교과서 공식은 입력 픽셀마다 세고, 실제로는 출력 높이 × 출력 너비 × N × (C/groups) × kh × kw = {{exact}}입니다.',
  usefulHint: '0으로 채운 패딩이 아니라 사진 자체를 읽는 곱셈의 비율입니다: {{macs}}번 중 {{useful}}번.',
  memoryHint: 'float32 응답 맵: {{bytes}}바이트.',
  timestampHint: '한 번 실행에 {{ms}} ms, timestamp-query로 {{runs}}회 평균.',
  wallHint: '한 번 실행에 {{ms}} ms, 시계로 {{runs}}회 평균.',
};
