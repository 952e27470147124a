import '../../operators/late.ts';
import { describe, expect, it } from 'vitest';
import { tensorOf } from '../../../tests/support/cases/operatorCase.ts';
import { multiplied } from '../weightMatrix.ts';
import { comparisonOf, equivarianceError, shifted } from './equivariance.ts';
import { changedOutputs, erased } from './locality.ts';
import {
  fieldsMeeting,
  type LayerWindow,
  mapOf,
  mapSize,
  matrixOf,
  smallInput,
  smallLayer,
  threeKinds,
  unusedWeights,
  weightCounts,
} from './threeLayers.ts';

const window: LayerWindow = {
  kernelSize: [3, 3],
  stride: [1, 1],
  padding: { top: 1, bottom: 1, left: 1, right: 1 },
  dilation: [1, 1],
};
const weights = { kernel: 'random', seed: 11 } as const;
const photo = tensorOf([1, 1, 8, 12], 5);
const layers = (of: LayerWindow = window) => threeKinds.map((kind) => smallLayer(kind, of, [8, 12], weights));

describe('one map made three ways', () => {
  it('has one size, with 9216, 864 and 9 weights over 12 x 8 pixels', () => {
    expect(layers().map((layer) => mapOf(layer, photo).shape)).toEqual([
      [1, 1, 8, 12],
      [1, 1, 8, 12],
      [1, 1, 8, 12],
    ]);
    expect(layers().map(({ weight }) => weight.length)).toEqual([9216, 864, 9]);
    expect(weightCounts(window, [8, 12], [1, 1])).toEqual({ linear: 9216, locally_connected2d: 864, conv2d: 9 });
  });

  it('is the weight matrix times the picture', () => {
    for (const layer of layers({ ...window, stride: [2, 2] })) {
      const product = multiplied(matrixOf(layer), layer.weight, photo.values);
      mapOf(layer, photo).values.forEach((value, i) => {
        expect(product[i]).toBeCloseTo(value, 5);
      });
    }
  });

  it('of local kernels has weights on padding alone: 3 for each border pixel, 5 in each corner', () => {
    // Along 12 + 12 + 8 + 8 border positions a row or column of 3 taps lies outside; a corner counts one tap twice.
    expect(layers().map(unusedWeights)).toEqual([0, 3 * 40 - 4, 0]);
  });

  it('has a stride of its own for every window', () => {
    expect(mapSize({ ...window, stride: [3, 2] }, [8, 12])).toEqual([3, 6]);
  });
});

describe('a moved photo', () => {
  const relative = (of: LayerWindow, dy: number, dx: number) =>
    layers(of).map((layer) => {
      const comparison = comparisonOf(layer.graph, layer.shapes, layer.shown, smallInput, { dy, dx });
      return equivarianceError(comparison, mapOf(layer, photo), mapOf(layer, shifted(photo, { dy, dx }))).relative;
    });

  it('moves the maps of the convolution exactly, and no others', () => {
    const [full, local, conv] = relative(window, 1, -2);
    expect(conv).toBe(0);
    expect(local).toBeGreaterThan(0.3);
    expect(full).toBeGreaterThan(0.3);
  });

  it('falls between the outputs of stride 2 where it is odd', () => {
    const strided = { ...window, stride: [2, 2] as const };
    expect(relative(strided, 2, 2)[2]).toBe(0);
    expect(relative(strided, 1, 0)[2]).toBeGreaterThan(0.1);
  });
});

describe('an erased patch', () => {
  it('of 2 x 2 pixels inside is met by 4 x 4 fields of 3 x 3, and by all of a fully connected layer', () => {
    const patch = { h: { lo: 3, hi: 4 }, w: { lo: 5, hi: 6 } };
    const [full, local, conv] = layers();
    expect([full, local, conv].map((layer) => fieldsMeeting(layer!, patch))).toEqual([96, 16, 16]);
    for (const layer of [full!, local!, conv!]) {
      const { pixels } = changedOutputs(mapOf(layer, photo), mapOf(layer, erased(photo, patch)));
      expect(pixels.reduce((sum, each) => sum + each, 0)).toBe(fieldsMeeting(layer, patch));
    }
  });
});

describe('the weights at full size', () => {
  it('from 3 to 16 maps of 300 x 451: 879 billion, 58 million, 432', () => {
    expect(weightCounts(window, [300, 451], [3, 16])).toEqual({
      linear: 405_900 * 2_164_800,
      locally_connected2d: 27 * 2_164_800,
      conv2d: 432,
    });
  });
});
