import { describe, expect, it } from 'vitest';
import { gpuDeepWindow, gpuWindow, type WindowTile } from './gpuTiles.ts';
import { deepWindowFits } from './tiles.ts';

const labelOf = (tile: WindowTile | null) => tile && `P${tile.pixels}Q${tile.columns}C${tile.filters}`;

describe('the window of planar maps on a GPU', () => {
  const tile = (filters: number, kernel: number, stride: number) =>
    gpuWindow(filters, { kernel: [kernel, kernel], S: stride, T: stride });

  it('is wide where the stride leaves rows and columns nothing to share', () => {
    expect(labelOf(tile(16, 3, 1))).toBe('P4Q1C16');
    expect(labelOf(tile(96, 7, 7))).toBe('P2Q1C32');
    expect(tile(8, 61, 1)).toBeNull();
  });

  it('has more columns where filters are few, so that what is loaded feeds more of them', () => {
    expect(labelOf(tile(8, 5, 2))).toBe('P4Q2C8');
    expect(labelOf(tile(3, 5, 2))).toBe('P4Q4C4');
    expect(labelOf(gpuWindow(8, { kernel: [5, 1], S: 2, T: 2 }))).toBe('P8Q1C8');
  });

  it('keeps the registers for ten waves, and spends four filters at most on nothing', () => {
    for (let filters = 1; filters <= 130; filters++) {
      for (const [kernel, stride] of [
        [1, 1],
        [3, 2],
        [5, 1],
        [7, 4],
        [11, 4],
        [16, 16],
      ] as const) {
        const found = tile(filters, kernel, stride)!;
        expect(found.pixels * found.columns * found.filters).toBeLessThanOrEqual(72);
        const waste = Math.ceil(filters / found.filters) * found.filters - filters;
        expect(waste / filters).toBeLessThan(filters > 16 ? 0.2 : 4);
      }
    }
  });
});

describe('the window of groups of four filters on a GPU', () => {
  const tile = (kernel: number, stride: number, side: number, rowStep = 1, repeats = 32) =>
    gpuDeepWindow(
      { kernel: [kernel, kernel], S: stride, T: stride },
      { rows: side, width: side, repeats, rowStep },
      rowStep,
      { busyInvocations: 16384 },
    );

  it('has rows and columns that share what they load, more of them on large maps', () => {
    expect(labelOf(tile(3, 1, 28))).toBe('P2Q2C4');
    expect(labelOf(tile(3, 1, 200))).toBe('P4Q2C4');
    expect(labelOf(tile(3, 2, 28))).toBe('P2Q2C4');
  });

  it('is none where nothing is shared, or where tiles would stand half outside', () => {
    for (const [kernel, stride, side, rowStep] of [
      [1, 1, 56, 1],
      [2, 2, 56, 1],
      [3, 3, 56, 1],
      [3, 1, 1, 1],
      [3, 1, 56, 40],
    ] as const)
      expect(tile(kernel, stride, side, rowStep)).toBeNull();
  });

  it('has a text that candidates know', () => {
    for (let kernel = 1; kernel <= 14; kernel++) {
      for (let side = 1; side <= 60; side++) {
        const found = tile(kernel, 1, side, 1, 2);
        if (found) expect(deepWindowFits(kernel, 1, 4, found.columns)).toContain(found.pixels);
      }
    }
  });
});
