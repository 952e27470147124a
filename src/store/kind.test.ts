import { describe, expect, it } from 'vitest';
import { kindNames } from '../graph/layers/kinds.ts';
import { firstBank, newKind } from './kind.ts';
import { parseKind } from './parse/parseKind.ts';

describe('a kind that is chosen', () => {
  it('begins on a bank where it lives between many channels, else on the photo', () => {
    expect(newKind('grouped').bank).toEqual(firstBank);
    expect(newKind('shuffled').bank).toEqual(firstBank);
    expect(newKind('pointwise').bank).toEqual(firstBank);
    expect(newKind('deformable').bank).toBeNull();
  });

  it('keeps the bank, the weights, the activation and out_channels of the one before', () => {
    const former = {
      ...newKind('grouped'),
      bank: { name: 'posenet', channels: 8 } as const,
      weights: { kernel: 'sobel_x', seed: 3 } as const,
      activation: 'relu' as const,
    };
    const next = newKind('transposed', { ...former, attributes: { ...former.attributes, outChannels: 5 } });
    expect(next).toMatchObject({ bank: former.bank, weights: former.weights, activation: 'relu' });
    expect(next.attributes).toMatchObject({ outChannels: 5, kernelSize: [4, 4], stride: [2, 2] });
  });
});

describe('a kind from anything', () => {
  it.each(kindNames)('%s is read as it was written', (kind) => {
    expect(parseKind(JSON.parse(JSON.stringify(newKind(kind))))).toEqual(newKind(kind));
  });

  it('is none where no kind is named', () => {
    for (const value of [null, 3, 'grouped', [], {}, { kind: 'other' }]) expect(parseKind(value)).toBeNull();
  });

  it('takes the nearest for a number out of range, the default for what is no number, and no taps without end', () => {
    const read = parseKind({
      kind: 'deformable',
      bank: { name: 'nothing', channels: 9 },
      attributes: { outChannels: 1e9, kernelSize: [0, 'x'], groups: Number.NaN },
      weights: { kernel: 'x', seed: -5 },
      above: [0, 'x', 5, 2, 2],
      offsets: { by: 'hand', taps: [{ dy: 1e6, dx: 'x', mask: 7 }, null] },
    });
    expect(read).toMatchObject({
      bank: firstBank,
      attributes: { outChannels: 64, groups: 1 },
      weights: { kernel: 'random', seed: 0 },
      above: [1, 1, 5],
      offsets: {
        by: 'hand',
        taps: [
          { dy: 64, dx: 0, mask: 1 },
          { dy: 0, dx: 0, mask: 1 },
        ],
      },
    });
  });
});
