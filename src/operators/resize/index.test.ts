import { describe, expect, it } from 'vitest';
import { hasTestData, readOnnxCase, testDataFolder } from '../../../tests/support/onnxCase.ts';
import type { Shape } from '../operator.ts';
import type { Resize } from './attributes.ts';
import { createResize, resize } from './index.ts';
import { tapsOf } from './taps.ts';

function row(values: readonly number[], attributes: Partial<Omit<Resize, 'kind'>>): readonly number[] {
  const input = { shape: [1, 1, 1, values.length] as const, values: Float32Array.from(values) };
  return [...resize.reference(createResize(attributes), [input], null).output.values];
}

describe('resizing a row', () => {
  it('linear, twice as wide, lies at quarters between neighbours and repeats the edge', () => {
    expect(row([0, 4], { mode: 'linear', scaleFactor: [1, 2] })).toEqual([0, 1, 3, 4]);
  });

  it('linear with aligned corners meets both ends', () => {
    const aligned = { mode: 'linear', coordinateTransformationMode: 'align_corners' } as const;
    expect(row([0, 6], { ...aligned, size: [1, 4] })).toEqual([0, 2, 4, 6]);
  });

  it.each([
    ['floor', [1, 1, 2, 2]],
    ['ceil', [1, 2, 2, 2]],
    ['round_prefer_floor', [1, 1, 2, 2]],
    ['round_prefer_ceil', [1, 2, 2, 2]],
  ] as const)('nearest by %s at 0, 1/2, 1 and 3/2', (nearestMode, expected) => {
    expect(row([1, 2], { nearestMode, coordinateTransformationMode: 'asymmetric', scaleFactor: [1, 2] })).toEqual(
      expected,
    );
  });

  it.each(['nearest', 'linear', 'cubic'] as const)('%s weights sum to 1', (mode) => {
    for (const excludeOutside of [false, true]) {
      const { count, weights } = tapsOf(createResize({ mode, size: [7, 11], excludeOutside }), 1, 4);
      for (let i = 0; i < weights.length; i += count)
        expect(weights.slice(i, i + count).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
    }
  });

  it('an output lies among the readers of every row that it reads', () => {
    const operator = createResize({ mode: 'cubic', scaleFactor: [1.7, 1] });
    for (let output = 0; output < 11; output++)
      for (const at of resize.reads(operator, 'h', 7, output))
        expect(resize.readers(operator, 'h', 7, at)).toContain(output);
  });
});

const cases = [
  'test_resize_downsample_scales_linear',
  'test_resize_downsample_scales_linear_align_corners',
  'test_resize_downsample_scales_linear_half_pixel_symmetric',
  'test_resize_downsample_scales_nearest',
  'test_resize_upsample_scales_linear_half_pixel_symmetric',
  'test_resize_upsample_scales_nearest',
];

describe.skipIf(!hasTestData)(`the ONNX backend test cases (in ${testDataFolder}; CONVSCOPE_TEST_DATA)`, () => {
  it.each(cases)('%s', (name) => {
    const { attributes, inputs, output } = readOnnxCase(name);
    const [, , h, w] = inputs.at(-1)!.values as unknown as [number, number, number, number];
    const operator = createResize({
      mode: attributes.mode as Resize['mode'],
      scaleFactor: [h, w],
      coordinateTransformationMode: (attributes.coordinate_transformation_mode ??
        'half_pixel') as Resize['coordinateTransformationMode'],
    });
    const input = { shape: inputs[0]!.shape as unknown as Shape, values: inputs[0]!.values };
    const { shape, values } = resize.reference(operator, [input], null).output;
    expect(shape).toEqual(output.shape);
    output.values.forEach((expected, i) => {
      expect(Math.abs(values[i]! - expected)).toBeLessThanOrEqual(1e-5 * (1 + Math.abs(expected)));
    });
  });
});
