import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstWorkingSize, workingDimensions } from './workingSize.ts';

describe('workingDimensions', () => {
  it('brings 4000x3000 at 512 to 512x384', () => {
    expect(workingDimensions(4000, 3000, 512)).toEqual({ width: 512, height: 384 });
  });

  it('never enlarges: 40x30 at 512 stays 40x30', () => {
    expect(workingDimensions(40, 30, 512)).toEqual({ width: 40, height: 30 });
  });

  it('keeps at least one row of the narrowest panorama', () => {
    expect(workingDimensions(20000, 3, 256)).toEqual({ width: 256, height: 1 });
  });

  it('has the longest side asked for, at most 4096, and the aspect ratio to half a pixel', () => {
    const sides = fc.integer({ min: 1, max: 20000 });
    fc.assert(
      fc.property(sides, sides, fc.integer({ min: 16, max: 9000 }), (fullWidth, fullHeight, size) => {
        const { width, height } = workingDimensions(fullWidth, fullHeight, size);
        const long = Math.max(fullWidth, fullHeight);
        expect(Math.max(width, height)).toBe(Math.min(long, size, 4096));
        const scale = Math.max(width, height) / long;
        expect(
          Math.abs(Math.min(width, height) - Math.max(1, Math.min(fullWidth, fullHeight) * scale)),
        ).toBeLessThanOrEqual(0.5);
        expect(width <= fullWidth && height <= fullHeight).toBe(true);
      }),
    );
  });
});

describe('firstWorkingSize', () => {
  it('is 512 on a GPU, 256 on a processor or a software adapter, and never more than the photo', () => {
    expect(firstWorkingSize(4000, 3000, 'webgpu', false)).toBe(512);
    expect(firstWorkingSize(4000, 3000, 'webgpu', true)).toBe(256);
    expect(firstWorkingSize(3000, 4000, 'cpu', false)).toBe(256);
    expect(firstWorkingSize(100, 80, 'webgpu', false)).toBe(100);
  });
});
