import { expect, it } from 'vitest';
import { createConvTranspose2d } from '../../../../operators/convTranspose2d/index.ts';
import type { Pair } from '../../../../operators/operator.ts';
import { lawOf } from './law.ts';

it.each([
  [[4, 4], [2, 2], [1, 1], 'even'],
  [[3, 3], [1, 1], [2, 2], 'evenDilated'],
  [[3, 3], [2, 2], [1, 1], 'uneven'],
  [[4, 3], [2, 2], [1, 1], 'uneven'],
  [[4, 4], [2, 2], [2, 2], 'unevenDilated'],
] as const)('kernel %s, stride %s, dilation %s is %s', (kernelSize, stride, dilation, law) => {
  const pairs: { kernelSize: Pair; stride: Pair; dilation: Pair } = { kernelSize, stride, dilation };
  expect(lawOf(createConvTranspose2d({ inChannels: 1, outChannels: 1, ...pairs }))).toBe(law);
});
