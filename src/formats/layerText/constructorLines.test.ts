import { describe, expect, it } from 'vitest';
import type { Column, ColumnKind } from '../../graph/layers/column.ts';
import { columnSequence } from '../../graph/layers/columnSequence.ts';
import { sequenceLines } from './constructorLines.ts';

const lines = (kind: ColumnKind, change: Partial<Column> = {}) =>
  sequenceLines(
    columnSequence({ kind, kernelSize: 3, stride: 1, dilation: 2, groups: 4, depth: 2, ...change }, 16, 32),
  );

describe('a column as PyTorch code', () => {
  it.each<[ColumnKind, readonly string[]]>([
    ['standard', ['nn.Conv2d(16, 32, kernel_size=3, padding=1)']],
    ['pointwise', ['nn.Conv2d(16, 32, kernel_size=1)']],
    ['depthwise', ['nn.Conv2d(16, 32, kernel_size=3, padding=1, groups=16)']],
    [
      'separable',
      ['nn.Conv2d(16, 16, kernel_size=3, padding=1, groups=16, bias=False)', 'nn.Conv2d(16, 32, kernel_size=1)'],
    ],
    ['grouped', ['nn.Conv2d(16, 32, kernel_size=3, padding=1, groups=4)']],
    [
      'shuffled',
      [
        'nn.Conv2d(16, 16, kernel_size=3, padding=1, groups=4, bias=False)',
        'nn.ChannelShuffle(4)',
        'nn.Conv2d(16, 32, kernel_size=1, groups=4)',
      ],
    ],
    [
      'spatially_separable',
      [
        'nn.Conv2d(16, 32, kernel_size=(3, 1), padding=(1, 0), bias=False)',
        'nn.Conv2d(32, 32, kernel_size=(1, 3), padding=(0, 1))',
      ],
    ],
    ['dilated', ['nn.Conv2d(16, 32, kernel_size=3, padding=2, dilation=2)']],
    [
      'deformable',
      ['offset = nn.Conv2d(16, 18, kernel_size=3, padding=1)', 'DeformConv2d(16, 32, kernel_size=3, padding=1)'],
    ],
  ])('%s', (kind, expected) => {
    expect(lines(kind)).toEqual(expected);
  });

  it('of a transposed convolution with the crop that makes it exactly twice as large', () => {
    expect(lines('transposed', { kernelSize: 4, stride: 2 })).toEqual([
      'nn.ConvTranspose2d(16, 32, kernel_size=4, stride=2, padding=1)',
    ]);
    expect(lines('transposed', { stride: 2 })).toEqual([
      'nn.ConvTranspose2d(16, 32, kernel_size=3, stride=2, padding=1, output_padding=1)',
    ]);
  });

  it('of a block line by line: layers, activations and pooling', () => {
    expect(lines('stack')).toEqual([
      'nn.Conv2d(16, 32, kernel_size=3, padding=1)',
      'nn.ReLU()',
      'nn.Conv2d(32, 32, kernel_size=3, padding=1)',
    ]);
    expect(lines('vgg_block', { stride: 2, depth: 1 })).toEqual([
      'nn.Conv2d(16, 32, kernel_size=3, padding=1)',
      'nn.ReLU()',
      'nn.MaxPool2d(kernel_size=2, ceil_mode=True)',
    ]);
    expect(lines('mobilenet_block', { stride: 2, depth: 1 })).toEqual([
      'nn.Conv2d(16, 16, kernel_size=3, stride=2, padding=1, groups=16)',
      'nn.ReLU6()',
      'nn.Conv2d(16, 32, kernel_size=1)',
      'nn.ReLU6()',
    ]);
    expect(lines('resize_convolve', { stride: 2 })).toEqual([
      'nn.Upsample(scale_factor=2)',
      'nn.Conv2d(16, 32, kernel_size=3, padding=1)',
    ]);
  });

  it('of an even kernel pads by a module, for its sides differ', () => {
    expect(lines('standard', { kernelSize: 4 })).toEqual([
      'nn.ZeroPad2d((1, 2, 1, 2))',
      'nn.Conv2d(16, 32, kernel_size=4)',
    ]);
  });
});
