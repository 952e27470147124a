import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ConvTranspose2d } from './attributes.ts';
import { convTranspose2d, createConvTranspose2d } from './index.ts';
import { hasEvenOverlap, interiorOverlaps, overlapMap } from './overlapMap.ts';

const layer = (attributes: Partial<ConvTranspose2d>) =>
  createConvTranspose2d({ inChannels: 1, outChannels: 1, kernelSize: [3, 3], bias: false, ...attributes });

/** The rows of the map. */
function rowsOf({ counts, columns }: { readonly counts: Int32Array; readonly columns: number }) {
  return Array.from({ length: counts.length / columns }, (_, y) => [...counts.slice(y * columns, (y + 1) * columns)]);
}

function interiorCounts(conv: ConvTranspose2d, size: readonly [number, number]): ReadonlySet<number> {
  const map = overlapMap(conv, size);
  const { h, w } = map.interior;
  return new Set(
    rowsOf(map)
      .slice(h.lo, h.hi + 1)
      .flatMap((row) => row.slice(w.lo, w.hi + 1)),
  );
}

const layers = fc
  .record({
    kernelSize: fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 })),
    stride: fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })),
    crop: fc.nat(2),
    outputPadding: fc.tuple(fc.nat(2), fc.nat(2)),
    dilation: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
  })
  .map(({ crop, ...rest }) => layer({ ...rest, padding: { top: crop, bottom: crop, left: crop, right: crop } }));

describe('the overlap of a transposed convolution', () => {
  it('of 3 taps with stride 2 is 1 1 2 1 2 1 1 along an axis, and a checkerboard of 1, 2 and 4', () => {
    const map = overlapMap(layer({ stride: [2, 2] }), [3, 3]);
    expect(rowsOf(map)[0]).toEqual([1, 1, 2, 1, 2, 1, 1]);
    expect(rowsOf(map)[2]).toEqual([2, 2, 4, 2, 4, 2, 2]);
    expect(map).toMatchObject({ largest: 4, interior: { h: { lo: 1, hi: 5 }, w: { lo: 1, hi: 5 } } });
  });

  it('of 4 taps with stride 2 and padding 1 is 2 x 2 on the whole interior', () => {
    const conv = layer({ kernelSize: [4, 4], stride: [2, 2], padding: { top: 1, bottom: 1, left: 1, right: 1 } });
    expect(rowsOf(overlapMap(conv, [4, 4]))[0]).toEqual([1, 2, 2, 2, 2, 2, 2, 1]);
    expect(interiorCounts(conv, [4, 4])).toEqual(new Set([4]));
  });

  it('leaves pixels that nothing writes where the kernel is smaller than the stride', () => {
    const conv = layer({ kernelSize: [1, 2], stride: [1, 3] });
    expect([...overlapMap(conv, [1, 2]).counts]).toEqual([1, 1, 0, 1, 1]);
  });

  it('is what ones through a kernel of ones come out as', () => {
    fc.assert(
      fc.property(layers, fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }), (conv, h, w) => {
        fc.pre(convTranspose2d.outputShape(conv, [[1, 1, h, w]]).ok);
        const weight = new Float32Array(conv.kernelSize[0] * conv.kernelSize[1]).fill(1);
        const ones = { shape: [1, 1, h, w] as const, values: new Float64Array(h * w).fill(1) };
        const { output } = convTranspose2d.reference(conv, [ones], { weight, bias: null });
        const map = overlapMap(conv, [h, w]);
        expect([...map.counts]).toEqual([...output.values]);
        expect(output.shape).toEqual([1, 1, map.rows, map.columns]);
      }),
    );
  });

  it('takes the counts 1, 2 and 4 for 3 x 3 with stride 2, and those alone that the map has, whatever the layer', () => {
    expect(interiorOverlaps(layer({ stride: [2, 2] }))).toEqual([1, 2, 4]);
    expect(interiorOverlaps(layer({ kernelSize: [4, 4], stride: [2, 2] }))).toEqual([4]);
    expect(interiorOverlaps(layer({ kernelSize: [2, 2], stride: [3, 3] }))).toEqual([0, 1]);
    fc.assert(
      fc.property(layers, (conv) => {
        expect(interiorCounts(conv, [20, 20])).toEqual(new Set(interiorOverlaps(conv)));
      }),
    );
  });

  it('is uniform in the interior exactly when the stride divides the kernel and shares no factor with the dilation', () => {
    fc.assert(
      fc.property(layers, (conv) => {
        // Twenty inputs: more than a stride of interior, whatever the layer.
        expect(interiorCounts(conv, [20, 20]).size === 1).toBe(hasEvenOverlap(conv));
        if (conv.dilation[0] === 1 && conv.dilation[1] === 1)
          expect(hasEvenOverlap(conv)).toBe(conv.kernelSize.every((k, i) => k % conv.stride[i]! === 0));
      }),
    );
  });
});
