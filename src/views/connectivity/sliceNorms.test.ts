import { expect, it } from 'vitest';
import { createConv2d } from '../../operators/conv2d/index.ts';
import { createConvTranspose2d } from '../../operators/convTranspose2d/index.ts';
import { sliceNorms } from './sliceNorms.ts';

it('two groups of two inputs and one output: the slices stand in blocks, the rest is 0', () => {
  const conv = createConv2d({ inChannels: 4, outChannels: 2, kernelSize: [1, 2], groups: 2 });
  const found = sliceNorms(conv, Float32Array.of(3, 4, 0, 1, -5, 12, 2, 0));
  expect([...found!.norms]).toEqual([5, 1, 0, 0, 0, 0, 13, 2]);
  expect(found).toMatchObject({ inputs: 4, outputs: 2, largest: 13 });
});

it('a transposed convolution’s weights are stored by input first', () => {
  const conv = createConvTranspose2d({ inChannels: 2, outChannels: 3, kernelSize: [1, 1] });
  const found = sliceNorms(conv, Float32Array.of(1, 2, 3, 4, 5, 6));
  expect([...found!.norms]).toEqual([1, 4, 2, 5, 3, 6]);
});

it('what has no weights has no strengths', () => {
  expect(sliceNorms({ kind: 'activation', function: 'relu' }, new Float32Array())).toBeNull();
});
