import { describe, expect, it } from 'vitest';
import { learnedLayer } from '../../../graph/learned/layers.ts';
import { learnedLayerNames } from '../../../graph/learned/names.ts';
import '../../../operators/late.ts';
import { photoSize } from './photoSize.ts';

describe('the size at which a photo is read', () => {
  it('is 112 positions on the long side, less for a large kernel, and all of a small photo', () => {
    const of = (name: (typeof learnedLayerNames)[number], width: number, height: number) =>
      photoSize({ width, height }, learnedLayer(name));
    // 576² / 2 · 112 · 75 = 1.4 G.
    expect(of('esrgan/F_0', 451, 300)).toEqual({ width: 112, height: 75 });
    // 1600² / 2 = 1.28 M a position: 4687 of them.
    expect(of('esrgan/UPN1', 451, 300)).toEqual({ width: 84, height: 56 });
    expect(of('esrgan/F_0', 20, 14)).toEqual({ width: 20, height: 14 });
    // Three strides of 2 before it.
    expect(of('blazeface/pw9', 451, 300)).toEqual({ width: 448, height: 296 });
  });

  it('is never larger than the photo, whatever its sides, and null where a stride finds nothing', () => {
    for (const name of learnedLayerNames)
      for (const [width, height] of [
        [8, 8],
        [4096, 9],
        [333, 1000],
      ] as const) {
        const size = photoSize({ width, height }, learnedLayer(name));
        expect(size?.width).toBeLessThanOrEqual(width);
        expect(size?.height).toBeLessThanOrEqual(height);
      }
    expect(photoSize({ width: 3, height: 100 }, learnedLayer('posenet/pw3'))).toBeNull();
  });
});
