import type { network as en } from '../en/network.ts';
import type { Localised } from '../localised.ts';

export const network: Localised<typeof en> = {
  title: '사진 위의 네트워크 전체',
  head: {
    region: '네트워크, 입력과 가중치',
    architecture: '네트워크',
    own: '직접 만든 네트워크',
    small: '작은 것',
    size: '입력',
    crop: '사진의 범위',
    cropHint: '네트워크는 보통 정사각형으로 학습해요. 사진 전체를 쓰면 주변이 더 보여요.',
    crops: { whole: '사진 전체', square: '정사각형' },
    distribution: '가중치',
    distributionHint: '가중치는 무작위로 뽑아요. He(정규 분포, 분산 2 / fan_in) 또는 Xavier(균등 분포).',
    distributions: { he: 'He', xavier: 'Xavier' },
    seed: '시드',
    progress: '계산된 맵',
    stop: '중지',
    stopped: '중지했어요. 계산된 것은 남아 있고, 무엇이든 바꾸면 이어서 계산해요.',
  },
  layers: {
    title: '층',
    meta: '파라미터 {{parameters}}개',
    layer: '층',
    output: '출력',
    params: '파라미터',
    macs: 'MAC',
    field: '수용 영역, px',
    jump: '간격',
    memory: '메모리',
  },
  maps: {
    title: '맵',
    waiting: '아직 계산되지 않은 맵이에요.',
    keys: '층의 맵: 화살표 키로 유닛을 옮기고 Page Up, Page Down으로 맵을 바꿔요',
    figure: '{{layer}}의 맵: {{channels}} × {{height}} × {{width}}',
  },
  context: {
    title: '문맥',
    unit: '{{layer}} · {{row}}행 {{column}}열',
    waiting: '사진을 불러오는 중이에요.',
  },
};
