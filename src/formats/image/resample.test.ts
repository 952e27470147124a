import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AreaAverager, type Raster, resample } from './resample.ts';

function grey(width: number, height: number, bytes: readonly number[]): Raster {
  const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
  bytes.forEach((byte, i) => {
    rgba.set([byte, byte, byte], 4 * i);
  });
  return { rgba, width, height };
}

const reds = (raster: Raster) => Array.from({ length: raster.width * raster.height }, (_, i) => raster.rgba[4 * i]);

const rasters = fc
  .tuple(
    fc.integer({ min: 1, max: 9 }),
    fc.integer({ min: 1, max: 9 }),
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.double({ min: 0, max: 1, noNaN: true }),
  )
  .chain(([width, height, fx, fy]) =>
    fc.uint8Array({ minLength: width * height * 4, maxLength: width * height * 4 }).map((bytes) => ({
      source: { rgba: new Uint8ClampedArray(bytes), width, height },
      width: 1 + Math.floor(fx * (width - 1)),
      height: 1 + Math.floor(fy * (height - 1)),
    })),
  );

describe('resample', () => {
  it('averages whole pixels where the sizes divide: 4 pixels 10 20 30 40 become 15 35', () => {
    expect(reds(resample(grey(4, 1, [10, 20, 30, 40]), 2, 1))).toEqual([15, 35]);
  });

  it('shares a pixel that lies on a border: 3 pixels 0 90 180 become (0·2 + 90)/3 = 30 and (90 + 180·2)/3 = 150', () => {
    expect(reds(resample(grey(3, 1, [0, 90, 180]), 2, 1))).toEqual([30, 150]);
    expect(reds(resample(grey(1, 3, [0, 90, 180]), 1, 2))).toEqual([30, 150]);
  });

  it('does not let the colour of transparent pixels bleed', () => {
    const source = { rgba: new Uint8ClampedArray([200, 0, 0, 255, 0, 255, 0, 0]), width: 2, height: 1 };
    expect([...resample(source, 1, 1).rgba]).toEqual([200, 0, 0, 128]);
  });

  it('refuses to enlarge', () => {
    expect(() => new AreaAverager(2, 2, 3, 2)).toThrow(RangeError);
  });

  it('keeps a constant colour, whatever the sizes', () => {
    fc.assert(
      fc.property(rasters, fc.nat(255), ({ source, width, height }, byte) => {
        const constant = grey(source.width, source.height, new Array(source.width * source.height).fill(byte));
        expect(new Set(reds(resample(constant, width, height)))).toEqual(new Set([byte]));
      }),
    );
  });

  it('is the average over the covered area, weighted by alpha, to half a byte', () => {
    fc.assert(
      fc.property(rasters, ({ source, width, height }) => {
        const shrunk = resample(source, width, height);
        const overlap = (i: number, x: number, W: number, w: number) =>
          Math.max(0, Math.min(i + 1, ((x + 1) * W) / w) - Math.max(i, (x * W) / w));
        for (let y = 0; y < height; y++) {
          for (let x = 0; x < width; x++) {
            let [area, alpha, red] = [0, 0, 0];
            for (let j = 0; j < source.height; j++) {
              for (let i = 0; i < source.width; i++) {
                const weight = overlap(i, x, source.width, width) * overlap(j, y, source.height, height);
                const at = 4 * (j * source.width + i);
                area += weight;
                alpha += weight * source.rgba[at + 3]!;
                red += weight * source.rgba[at + 3]! * source.rgba[at]!;
              }
            }
            const at = 4 * (y * width + x);
            expect(Math.abs(shrunk.rgba[at + 3]! - alpha / area)).toBeLessThanOrEqual(0.5 + 1e-6);
            const isSame = width === source.width && height === source.height;
            if (alpha > 0 && !isSame) expect(Math.abs(shrunk.rgba[at]! - red / alpha)).toBeLessThanOrEqual(0.5 + 1e-6);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});
