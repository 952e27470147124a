import type { wiring as en } from '../../en/kinds/channels.ts';
import type { Localised } from '../../localised.ts';

export const wiring: Localised<typeof en> = {
  in: '입력 {{count}}개',
  out: '출력 {{count}}개',
  shuffled: '섞은 뒤',
  grouped: '그룹 합성곱',
  depthwise: '깊이별',
  reads: '출력 {{channel}}번은 입력 채널 {{of}}개 중 {{seen}}개를 읽습니다.',
  reaches: '입력 {{channel}}번은 출력 채널 {{of}}개 중 {{seen}}개에 닿습니다.',
  between:
    '중간의 {{channel}}번 채널은 입력 {{of}}개 중 {{seen}}개를 읽고 출력 {{outputs}}개 중 {{reached}}개에 닿습니다.',
  diagram:
    '입력 채널 {{from}}개와 출력 채널 {{to}}개의 연결입니다. {{sentence}} 화살표 키로 채널을 옮기고 Enter로 출력 맵을 고정합니다.',
  withoutShuffle: '섞지 않으면',
  look: {
    standard: '모든 출력이 입력 채널 {{of}}개를 모두 읽어 블록이 하나입니다.',
    grouped: '그룹 {{groups}}개: 출력마다 입력 {{of}}개 중 {{seen}}개만 읽고 다른 그룹은 읽지 않습니다.',
    depthwise: '채널 {{of}}개마다 자기 필터가 있고 서로 섞이지 않습니다.',
    separable: '먼저 채널마다 필터를 쓰고, 그다음 모두를 섞습니다. 두꺼운 층 하나가 얇은 층 둘이 됩니다.',
    oneGroup: '그룹이 하나면 섞어도 그대로입니다. groups를 올려 보세요.',
    shuffled: '엇갈리는 선이 섞기입니다. 그룹이 {{groups}}개여도 출력마다 입력 {{of}}개 중 {{seen}}개를 봅니다.',
    unshuffled:
      '섞지 않으면 출력마다 입력 {{of}}개 중 {{seen}}개만 봅니다. 정보가 그룹 {{groups}}개 사이를 건너지 못합니다.',
  },
  columnsAre: '행: 출력, 열: 입력',
  matrixOf: '커널을 볼 층',
  parts: { whole: '두 층 함께', first: '첫째', second: '둘째' },
  bothLayers: '두 층을 합친',
  matrix: '커널의 크기: 출력 {{rows}}개, 입력 {{columns}}개. 화살표 키로 칸을 옮기고 Enter로 출력 맵을 고정합니다.',
  legend: '{{size}} 커널의 크기 ‖w‖, 최대 {{largest}}',
  norm: '출력 {{row}}, 입력 {{column}}: ‖w‖ = {{value}}',
  apart: '출력 {{row}}번은 입력 {{column}}번을 읽지 않습니다.',
};
