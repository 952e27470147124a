import type { spatial as en } from '../../en/kinds/spatial.ts';
import type { Localised } from '../../localised.ts';

export const spatial: Localised<typeof en> = {
  kernel: '분해할 커널',
  named: '이름 있는 필터, {{kh}} × {{kw}}',
  ownGroup: '합성곱의 커널',
  own: '필터 {{filter}}, {{channel}}',
  exact: '정확히 분리됩니다. 이 커널은 열 하나와 행 하나의 곱이며 잃는 것이 없습니다.',
  misses: '분리되지 않습니다. 가장 좋은 열 × 행도 {{missed}}를 놓치고, {{rank}}개를 더해야 정확합니다.',
  zero: '가중치가 모두 0이라 분리할 것이 없습니다.',
  singular: '특잇값',
  original: '커널',
  ranks: '랭크',
  rank: '랭크 {{rank}}',
  rankHint: '랭크 {{rank}}: {{missed}} 놓침',
  error: '{{missed}} 놓침',
  factors: '랭크 {{rank}}: 열 × 행',
  column: '열 {{number}}',
  row: '행 {{number}}',
  cheaper: '곱셈 {{kh}} · {{kw}} = {{direct}}번이 {{rank}} · ({{kh}} + {{kw}}) = {{separable}}번이 됩니다.',
  dearer:
    '곱셈 {{kh}} · {{kw}} = {{direct}}번이 {{rank}} · ({{kh}} + {{kw}}) = {{separable}}번이 되어 아끼는 것이 없습니다.',
  give: '레이어에 적용:',
};
