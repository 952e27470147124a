import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clampZoom, largestScale, panBy, reveal, sourceRect, wholePicture, type ZoomWindow, zoomAt } from './zoom.ts';

const share = fc.double({ min: 0, max: 1, noNaN: true });
const anyZoom: fc.Arbitrary<ZoomWindow> = fc
  .record({ scale: fc.double({ min: 1, max: 64, noNaN: true }), x: share, y: share })
  .map((zoom) => clampZoom(zoom, 64));

const isInside = ({ scale, x, y }: ZoomWindow) =>
  scale >= 1 && x >= 0 && y >= 0 && x <= 1 - 1 / scale + 1e-12 && y <= 1 - 1 / scale + 1e-12;

describe('linked zoom', () => {
  it('shows the middle quarter of a 40 x 20 map after zooming to 2 about its centre', () => {
    const zoom = zoomAt(wholePicture, 2, 0.5, 0.5, 10);
    expect(zoom).toEqual({ scale: 2, x: 0.25, y: 0.25 });
    expect(sourceRect(zoom, 40, 20)).toEqual({ x: 10, y: 5, width: 20, height: 10 });
  });

  it('keeps what stands under the pointer when it zooms in', () => {
    fc.assert(
      fc.property(anyZoom, share, share, fc.double({ min: 1, max: 8, noNaN: true }), (zoom, u, v, factor) => {
        const next = zoomAt(zoom, factor, u, v, 1024);
        expect(next.x + u / next.scale).toBeCloseTo(zoom.x + u / zoom.scale, 9);
        expect(next.y + v / next.scale).toBeCloseTo(zoom.y + v / zoom.scale, 9);
      }),
    );
  });

  it('never shows anything beside the picture, however it is zoomed and dragged', () => {
    const step = fc.double({ min: -3, max: 3, noNaN: true });
    fc.assert(
      fc.property(
        anyZoom,
        share,
        share,
        fc.double({ min: 0.01, max: 9, noNaN: true }),
        step,
        step,
        (zoom, u, v, f, du, dv) => {
          expect(isInside(panBy(zoomAt(zoom, f, u, v, 64), du, dv, 64))).toBe(true);
        },
      ),
    );
  });

  it('moves the picture to the right with a drag to the right', () => {
    expect(panBy({ scale: 4, x: 0.5, y: 0.5 }, 0.4, 0, 64)).toEqual({ scale: 4, x: 0.4, y: 0.5 });
  });

  it('brings a point into the frame and leaves the frame alone where the point is well inside of it', () => {
    const zoom = { scale: 4, x: 0, y: 0 };
    expect(reveal(zoom, 0.1, 0.1)).toEqual(zoom);
    const moved = reveal(zoom, 0.9, 0.1);
    expect(moved.x).toBeLessThanOrEqual(0.9);
    expect(moved.x + 1 / 4).toBeGreaterThanOrEqual(0.9);
    expect(moved.y).toBe(0);
  });

  it('comes as near as three pixels of the shorter side, and not at all for a picture smaller than that', () => {
    expect(largestScale(451, 300)).toBe(100);
    expect(largestScale(2, 300)).toBe(1);
  });
});
