/** A layer of the network in Explore. */
import type { explore as en } from '../en/networkExplore.ts';
import type { Localised } from '../localised.ts';

export const explore: Localised<typeof en> = {
  open: '탐색에서 열기',
  openNode: '탐색에서 열기: {{layer}}',
  openHint: '레이어의 맵과 가중치, 한 픽셀의 계산을 봅니다. E 키',
  source: '입력이 온 곳',
  before: '앞 레이어: {{layer}}',
  behind: '뒤 레이어: {{layer}}',
  toNetwork: '네트워크',
  toPhoto: '사진만',
  progress: '앞에 있는 레이어: {{share}}',
  levers: '네트워크 화면의 조절값을 적용하면 {{code}}로 실행됩니다.',
  edits: '여기서 바꾸면 네트워크에서도 바뀝니다. 읽는 입력에 따라 정해지는 속성은 앞 레이어가 정합니다.',
  reads: '읽는 입력',
  page: '{{channels}}개 중 {{from}}–{{to}}',
  pageBefore: '앞 채널',
  pageBehind: '뒤 채널',
  noSum: '이 레이어에는 커널이 없으므로 값은 입력과 곱한 것의 합이 아닙니다.',
  refused: {
    missing: '이 네트워크에는 이름이 {{layer}}인 레이어가 없습니다.',
    off: '{{layer}} 레이어는 꺼져 있습니다.',
    join: '{{layer}} 레이어는 여러 레이어의 맵을 합칩니다. 탐색은 입력이 하나인 레이어를 봅니다. 합쳐지는 레이어 중 하나를 여십시오.',
    picture: '{{layer, josa(particle: 은/는)}} 모든 레이어가 읽는 사진입니다.',
  },
};
