import type { alteration as en } from '../en/networkAlteration.ts';
import type { Localised } from '../localised.ts';

export const alteration: Localised<typeof en> = {
  title: '무엇이 바꾸는가',
  start: '비교 대상',
  starts: { none: '없음', network: '이 네트워크', example: '단순 스택' },
  startHints: {
    none: '비교하지 않습니다.',
    network: '이 네트워크의 같은 자리에서 요소 하나를 빼거나 넣습니다.',
    example: 'ReLU가 있는 3 × 3 레이어 여덟 개를 같은 사진에 씁니다. 요소를 하나씩 살펴봅니다.',
  },
  progress: '측정된 변형 네트워크',
  itself: '그대로',
  itselfText: '가는 선: 이론 수용 영역. 점선: 95 %를 담는 정사각형. 모두 같은 축척입니다.',
  figures: 'σ {{sigma}} px · 95 %: 정사각형 {{side}} px, 최소 {{set}} px = 상자의 {{share}}',
  names: {
    activation: 'ReLU',
    skip: '스킵',
    dilation: '딜레이션',
    stride: '서브샘플링',
    strideOrder: '서브샘플링을 늦게',
    dropout: '드롭아웃',
  },
  ways: {
    removed: '{{name}}: 뺌 ({{count}})',
    added: '{{name}}: 넣음 ({{count}})',
    moved: '{{name}}: 첫 단계를 맨 뒤로',
  },
  texts: {
    activation: {
      removed: '모든 경로가 열립니다. 사진과 상관없이 가중치만의 수용 영역입니다.',
      added: '어두운 맵은 경로를 닫습니다. 이 사진의 수용 영역입니다.',
    },
    skip: {
      removed: '이제 퍼지지 않고 레이어를 지나는 것이 없습니다.',
      added: '기울기의 일부는 스킵으로 레이어를 지나 퍼지지 않습니다.',
    },
    dilation: {
      removed: '나란히 붙은 탭은 덜 멀리 갑니다.',
      added: '탭이 2픽셀씩 떨어집니다. 레이어마다 두 배 멀리 퍼지고 픽셀을 건너뜁니다.',
    },
    stride: {
      removed: '뒤의 모든 레이어가 사진에서 한 픽셀씩 움직입니다.',
      added: '스트라이드 2 뒤의 모든 레이어는 사진에서 2픽셀씩 움직입니다.',
    },
    strideOrder: '그 앞의 레이어는 원래 해상도로 일하므로 덜 퍼집니다.',
    dropout: '뽑을 때마다 경로의 절반을 잃어 얼룩지지만, 평균은 그렇지 않습니다.',
  },
  changes: {
    wider: '넓어집니다: σ가 {{times}}배입니다.',
    narrower: '좁아집니다: σ가 {{times}}배입니다.',
    same: '그대로입니다: σ가 {{times}}배입니다.',
  },
  reasons: {
    'no-window': '벌릴 수 있는 창을 가진 합성곱이 없습니다.',
    'no-equal-shapes': '읽은 것과 같은 모양의 맵을 내는 레이어가 없어 건너뛸 수 없습니다.',
    'no-layer': '이 유닛이 읽는 곳에 합성곱이 없습니다.',
    'one-step': '서브샘플링 단계가 둘이 안 되어 늦출 수 없습니다.',
    'no-network': '나머지 레이어가 그 크기의 맵에 맞지 않습니다.',
    'too-large': '맵이 메모리를 너무 많이 차지합니다. 입력을 줄이거나 앞 레이어를 고르면 됩니다.',
  },
};
