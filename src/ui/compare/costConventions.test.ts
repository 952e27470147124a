import { expect, it } from 'vitest';
import { columnNetwork, stemNetwork } from '../../live/compare/comparison.ts';
import { loadRules } from '../../operators/loadRules.ts';
import { defaultCompare, newColumn } from '../../store/compare.ts';
import { conventionsOf } from './costConventions.ts';

it('says what differs between counters for the operators that a column has, and nothing for a standard one', async () => {
  await loadRules([{ operator: { kind: 'channel_shuffle', groups: 1 } }]);
  const stem = stemNetwork(defaultCompare, [1, 3, 8, 8], { learned: () => null, custom: () => null });
  const of = (kind: Parameters<typeof newColumn>[0]) =>
    conventionsOf(columnNetwork(newColumn(kind, defaultCompare), defaultCompare, stem).graph);
  expect(of('standard')).toEqual([]);
  expect(of('separable')).toEqual(['grouped']);
  expect(of('transposed')).toEqual(['transposed']);
  expect(of('deformable')).toEqual(['deformable']);
  expect(of('vgg_block')).toEqual(['pooling']);
});
