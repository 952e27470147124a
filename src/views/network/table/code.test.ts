import { describe, expect, it } from 'vitest';
import '../../../operators/late.ts';
import type { GraphNode } from '../../../graph/graph.ts';
import { layerKinds, layerOf } from '../../../graph/network/kinds.ts';
import { createConv2d } from '../../../operators/conv2d/index.ts';
import type { Operator } from '../../../operators/index.ts';
import { codePieces, codeText, type Place } from './code.ts';
import { withNumber } from './setNumber.ts';

const node = (operator: Operator, inputs = ['x']): GraphNode => ({ id: 'node', operator, inputs });
const textOf = (operator: Operator, inputs?: string[]) => codeText(codePieces(node(operator, inputs)));

describe('a layer as code', () => {
  it('says what is not the default, by PyTorch’s names', () => {
    const padding = { top: 1, bottom: 1, left: 1, right: 1 };
    const conv = createConv2d({ inChannels: 3, outChannels: 16, kernelSize: [3, 3], padding });
    expect(textOf(conv)).toBe('nn.Conv2d(3, 16, kernel_size=3, padding=1)');
    expect(textOf({ ...conv, kernelSize: [3, 5], padding: 'same', bias: false })).toBe(
      "nn.Conv2d(3, 16, kernel_size=(3, 5), padding='same', bias=False)",
    );
    expect(textOf(layerOf('pool2d', [1, 8, 9, 9]))).toBe('nn.MaxPool2d(2)');
    expect(textOf({ kind: 'batch_norm2d', numFeatures: 8, eps: 1e-5 })).toBe('nn.BatchNorm2d(8)');
  });

  it('says what a join reads', () => {
    expect(textOf({ kind: 'arithmetic', function: 'add' }, ['bn2', 'input'])).toBe('torch.add(bn2, input)');
    expect(textOf({ kind: 'concat', axis: 1 }, ['a', 'b', 'c'])).toBe('torch.cat([a, b, c])');
  });

  it('has numbers that are changed where they stand: each set to itself leaves the layer as it is', () => {
    const operators = layerKinds.map((kind) => layerOf(kind, [1, 8, 9, 9]));
    for (const operator of operators) {
      for (const piece of codePieces(node(operator))) {
        if (piece.kind !== 'number' || !piece.attribute) continue;
        const { key, place } = piece.attribute;
        const before = new Map<string, unknown>(Object.entries(operator)).get(key);
        expect(withNumber(operator, key, place, piece.value)).toEqual(before);
      }
    }
  });

  it('leaves channels that follow from what a layer reads to themselves', () => {
    const pieces = codePieces(node(createConv2d({ inChannels: 3, outChannels: 16, kernelSize: [3, 3] })));
    const numbers = pieces.filter((piece) => piece.kind === 'number');
    expect(numbers.map(({ attribute }) => attribute?.name ?? null)).toEqual([null, 'out_channels', 'kernel_size']);
  });

  it('changes one side of a padding whose sides differ, and both where they are alike', () => {
    const padding = { top: 1, bottom: 1, left: 2, right: 2 };
    const conv = createConv2d({ inChannels: 3, outChannels: 16, kernelSize: [3, 3], padding });
    const set = (place: Place) => withNumber(conv, 'padding', place, 5);
    expect(set('rows')).toEqual({ top: 5, bottom: 5, left: 2, right: 2 });
    expect(set('left')).toEqual({ top: 1, bottom: 1, left: 5, right: 2 });
    expect(set('all')).toEqual({ top: 5, bottom: 5, left: 5, right: 5 });
    expect(withNumber(conv, 'kernelSize', 1, 5)).toEqual([3, 5]);
  });
});
