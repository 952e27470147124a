import { expect, it } from 'vitest';
import { operatorName } from './operatorName.ts';

it('names operators as PyTorch does, with what tells one from another', () => {
  const conv = {
    kind: 'conv2d',
    inChannels: 3,
    outChannels: 16,
    kernelSize: [3, 5],
    stride: [1, 1],
    padding: 'same',
    dilation: [1, 1],
    groups: 1,
    bias: true,
    paddingMode: 'zeros',
  } as const;
  expect(operatorName(conv)).toBe('Conv2d 3 → 16, 3 × 5');
  expect(operatorName({ kind: 'activation', function: 'relu' })).toBe('relu');
  expect(operatorName({ kind: 'channel_shuffle', groups: 2 })).toBe('ChannelShuffle');
});
