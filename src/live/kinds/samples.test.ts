import { describe, expect, it } from 'vitest';
import { runReference } from '../../graph/referenceRun.ts';
import '../../operators/late.ts';
import { samplingPoints } from '../../operators/deformConv2d/points.ts';
import type { HostTensor } from '../../operators/operator.ts';
import { type KindState, newKind } from '../../store/kind.ts';
import type { Picture } from '../results.ts';
import { kindNetwork } from './kindNetwork.ts';

const [height, width] = [12, 15];
const picture: Picture = {
  rgba: new Uint8ClampedArray(4 * height * width),
  ...{ height, width, fullWidth: width, fullHeight: height, opaque: true, channels: 3, name: 'test' },
  values: Float32Array.from({ length: 3 * height * width }, (_, i) => ((i * 37) % 101) / 101),
};
const sources = { learned: () => null, custom: () => null };

const deformable = newKind('deformable');
const states: readonly (readonly [string, KindState])[] = [
  ['turned by 30 degrees', deformable],
  ['by hand', { ...deformable, offsets: { by: 'hand', taps: [{ dy: 1.5, dx: -2.25, mask: 0.25 }] } }],
  ['following the gradient', { ...deformable, offsets: { by: 'preset', preset: { kind: 'gradient' } } }],
  ['made by a convolution over the photo', { ...deformable, offsets: { by: 'convolution' } }],
  [
    'made by a convolution over a bank',
    { ...deformable, offsets: { by: 'convolution' }, bank: { name: 'gabor', channels: 8 } },
  ],
];

describe.each(states)('the samples of a deformable layer, %s', (_, state) => {
  it.each([false, true])('are those of the float64 reference at the corner and inside, with masks: %s', (hasMask) => {
    const attributes = { ...state.attributes, hasMask, stride: [2, 1] as const };
    const { graph, parameters, kind } = kindNetwork({ ...state, attributes }, picture, picture, sources);
    const input = { shape: [1, 3, height, width] as const, values: picture.values };
    const run = runReference(graph, { ...kind.constants, input }, parameters);
    const layer = kind.nodes.at(-1)!;
    if (layer.operator.kind !== 'deform_conv2d') throw new Error('no deformable convolution');
    const [x, offset, mask = null] = layer.inputs.map(
      (id): HostTensor => kind.constants[id] ?? run[id]?.output ?? input,
    );
    for (const unit of [
      { y: 0, x: 0 },
      { y: 3, x: 14 },
      { y: 2, x: 6 },
    ]) {
      const expected = samplingPoints(layer.operator, { x: x!, offset: offset!, mask: mask }, { u: unit.y, v: unit.x });
      const samples = kind.samplesOf(unit)!;
      expect(samples).toHaveLength(expected.length);
      samples.forEach((sample, i) => {
        expect(sample.y).toBeCloseTo(expected[i]!.y, 5);
        expect(sample.x).toBeCloseTo(expected[i]!.x, 5);
        expect(sample.mask).toBeCloseTo(expected[i]!.mask, 5);
        expect(sample.from).toEqual({
          y: 2 * unit.y - 1 + Math.floor(i / 3),
          x: unit.x - 1 + (i % 3),
        });
      });
    }
  });
});

describe('the field of a deformable layer', () => {
  it('is the box around its samples', () => {
    const offsets = { by: 'hand', taps: [{ dy: -2.5, dx: 0, mask: 1 }] } as const;
    const { kind } = kindNetwork({ ...deformable, offsets }, picture, picture, sources);
    // The first tap of unit (5, 6) stands at row 4 and is moved to 1.5: rows 1 and 2.
    expect(kind.fieldOf({ y: 5, x: 6 })).toEqual({ rows: [1, 2, 3, 4, 5, 6], columns: [5, 6, 7] });
  });

  it('has no samples where the layer is of another kind', () => {
    const { kind } = kindNetwork(newKind('dilated'), picture, picture, sources);
    expect(kind.samplesOf({ y: 0, x: 0 })).toBeNull();
  });

  it('is made by random offsets where the filter itself is a classic one', () => {
    const state = { ...deformable, offsets: { by: 'convolution' }, bank: null } as const;
    const of = (kernel: 'random' | 'sobel_x') =>
      kindNetwork({ ...state, weights: { kernel, seed: 3 } }, picture, picture, sources).parameters;
    const [random, sobel] = [of('random'), of('sobel_x')];
    expect(sobel['layer.offsets']).toEqual(random['layer.offsets']);
    expect(sobel['layer.conv']).not.toEqual(random['layer.conv']);
  });
});
