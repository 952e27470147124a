import type { train as en } from '../en/train.ts';
import type { Localised } from '../localised.ts';

export const train: Localised<typeof en> = {
  title: '학습: 필터 그룹이 값과 레이어 사이의 상관을 어떻게 바꾸는지 봅니다',
  groups: {
    title: '이웃한 레이어 사이의 상관',
    meta: '{{rows}} × {{columns}} · ReLU 뒤',
    range: '상관',
    measure: '재는 방법',
    measures: { whitened: '화이트닝', pearson: '피어슨' },
    measureHints: {
      whitened: '각 레이어 안의 상관을 먼저 없앱니다(ZCA). 남는 것은 레이어 사이의 상관입니다.',
      pearson: '보통의 상관 계수입니다. 한 레이어의 채널이 함께 가진 것이 섞여 있습니다.',
    },
    signed: '부호 보기',
    ownScale: '각자의 눈금',
    one: '하나씩',
    groups: '필터 그룹',
    playTraining: '학습 과정 재생',
    playGroups: '그룹 1에서 16까지 재생',
    pause: '멈춤',
    moment: '학습의 시점',
    step: '{{steps}} 스텝',
    stages: { now: '학습 뒤', untrained: '학습 전' },
    figure:
      '필터 그룹이 {{groups}}개일 때 {{rows}}(행)와 {{columns}}(열)의 상관, {{stage}}: 제곱의 {{share}} %가 블록 안에 있습니다',
    share: '블록 안',
    untrained: '학습 전',
    untrainedHint: '가중치가 무작위인 같은 네트워크입니다. 연결만으로 생기는 몫입니다.',
    learned: '학습한 몫',
    learnedHint: '학습이 더한 퍼센트포인트입니다.',
    even: '고른 몫 1/g',
    evenHint: '모든 쌍이 같다면 블록이 가질 몫입니다.',
    published: '발표된 값',
    publishedHint: 'Ioannou 등, 2016: 채널 192개, 약 300에폭.',
    oneBlock: '블록이 하나라 비교할 것이 없습니다.',
    parameters: '파라미터',
    macs: 'MAC',
    accuracy: '테스트 정확도',
    mechanical:
      '그룹 레이어는 자기 그룹만 보므로 가중치가 무작위여도 블록이 나타납니다. 학습은 블록을 조금 더 뚜렷하게 합니다. 그룹 수마다 네트워크를 하나씩만 학습했으므로 1퍼센트포인트의 차이에는 뜻이 없습니다.',
    samples: 'CIFAR-10, 이미지 {{images}}장, 픽셀 {{samples}}개. ZCA의 릿지는 평균 분산의 1e-5입니다.',
    fewSamples: '채널마다 표본이 250개보다 적어 블록이 우연에 묻힙니다.',
  },
  plot: {
    title: '값과 정확도',
    figure: '연산 수에 따른 테스트 정확도입니다. 점의 넓이는 파라미터 수입니다.',
    macs: '이미지 한 장의 MAC',
    words: '넓이: 파라미터. 선: 정확도의 표준 오차.',
  },
};
