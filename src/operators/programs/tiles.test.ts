import { describe, expect, it } from 'vitest';
import { gridOf } from './program.ts';
import { densePixels, filtersPerInvocation, laneTile, rollingTile, stripsOf, windowRows } from './tiles.ts';

describe('the register tile', () => {
  it('takes 16 filters where they come in sixteens, fewer where lanes would be wasted', () => {
    expect([1, 3, 4, 6, 8, 16, 24, 32, 64].map(filtersPerInvocation)).toEqual([4, 4, 4, 8, 8, 16, 8, 16, 16]);
  });

  it('takes many rows on a large map and few on a small one', () => {
    const traits = { busyInvocations: 16384 };
    const strips = (rows: number, width: number) => ({ rows, width, repeats: 1, rowStep: 1 });
    expect(windowRows(3, 1, 8, strips(1000, 1000), traits)).toBe(8);
    expect(windowRows(3, 1, 8, strips(64, 64), traits)).toBe(1);
  });

  it('keeps as many rows as it is told to on a GPU, if the text allows', () => {
    const gpu = { busyInvocations: 16384, canBroadcast: false };
    const small = { rows: 64, width: 64, repeats: 1, rowStep: 1 };
    expect(windowRows(3, 1, 8, small, gpu, 8)).toBe(8);
    expect(windowRows(3, 1, 16, small, gpu, 8)).toBe(4);
    expect(windowRows(3, 1, 8, small, { ...gpu, canBroadcast: true }, 8)).toBe(1);
  });

  it('keeps the text small: 15 rows of kernel with stride 8 leave fewer rows', () => {
    const traits = { busyInvocations: 1 };
    const strips = { rows: 1000, width: 1000, repeats: 1, rowStep: 1 };
    expect(windowRows(15, 8, 8, strips, traits)).toBe(4);
    expect(windowRows(49, 1, 8, strips, traits)).toBeNull();
  });

  it('of a depthwise layer row by row goes down the whole map, or fewer rows where lanes would stand idle', () => {
    const software = { busyInvocations: 256, broadcastLanes: 8 } as const;
    const strips = (rows: number, width: number, rowStep = 1) => ({ rows, width, repeats: 16, rowStep });
    const rows = (...[height, width, rowStep]: Parameters<typeof strips>) =>
      rollingTile([3, 3], 1, 1, 1, strips(height, width, rowStep), software)?.rows;
    // 20 pairs of columns are two and a half subgroups of eight lanes: two strips of rows fill them.
    expect([rows(43, 48), rows(28, 40), rows(200, 64), rows(28, 48, 2)]).toEqual([43, 14, 50, 14]);
  });

  it('of a depthwise layer row by row is two columns wide where neighbours share columns and the loop is short', () => {
    const strips = { rows: 40, width: 40, repeats: 16, rowStep: 1 };
    const columns = (kernel: readonly [number, number], T: number, broadcastLanes: 4 | 8) =>
      rollingTile(kernel, 1, T, 1, strips, { busyInvocations: 256, broadcastLanes })?.columns;
    expect([columns([3, 3], 1, 8), columns([5, 5], 1, 8), columns([5, 5], 2, 8)]).toEqual([2, 2, 1]);
    expect([columns([3, 3], 1, 4), columns([5, 5], 1, 4)]).toEqual([2, 1]);
  });

  it('of a depthwise layer with a lane for each channel is four columns wide, three where they share little, fewer where the kernel is large', () => {
    const strips = { rows: 40, rowStep: 1 };
    const tile = (
      kernel: readonly [number, number],
      S: number,
      T: number,
      rest: { broadcastLanes?: 8; pixels?: number } = {},
    ) => laneTile(kernel, S, T, strips, { busyInvocations: 64, ...rest });
    expect(tile([5, 5], 1, 1)).toEqual({ rows: 40, columns: 4 });
    expect(tile([5, 5], 2, 2)).toEqual({ rows: 40, columns: 3 });
    expect(tile([11, 11], 1, 1)).toEqual({ rows: 40, columns: 2 });
    expect(tile([5, 5], 1, 1, { pixels: 7 })).toEqual({ rows: 7, columns: 4 });
    expect(laneTile([5, 5], 1, 1, { rows: 500, rowStep: 2 }, { busyInvocations: 64 })?.rows).toBe(64);
    // 3 x 3 and llvmpipe are served as well by vec4; 13 x 13 leaves no room for a second column, a single row has nothing to carry on.
    for (const none of [
      tile([3, 3], 1, 1),
      tile([5, 5], 1, 1, { broadcastLanes: 8 }),
      tile([13, 13], 1, 1),
      tile([1, 11], 1, 1),
    ])
      expect(none).toBeNull();
  });

  it('of a depthwise layer row by row is none where an input row serves one output row or very many, or the text is long', () => {
    const strips = { rows: 40, width: 40, repeats: 16, rowStep: 1 };
    const tile = (kernel: readonly [number, number], S: number) =>
      rollingTile(kernel, S, S, 1, strips, { busyInvocations: 256 });
    for (const [kernel, S] of [
      [[1, 5], 1],
      [[2, 2], 2],
      [[17, 1], 1],
      [[15, 15], 1],
    ] as const)
      expect(tile(kernel, S)).toBeNull();
    expect(tile([13, 13], 1)).not.toBeNull();
  });

  it('covers rows that lie rowStep apart', () => {
    expect(stripsOf(10, 4, 1)).toBe(3);
    expect(stripsOf(10, 2, 3)).toBe(6);
  });

  it('halves the pixels of dense until the device is busy', () => {
    expect([28, 64, 512].map((side) => densePixels(16, side * side, 4, { busyInvocations: 16384 }))).toEqual([1, 1, 4]);
  });
});

describe('a grid', () => {
  it('folds into rows where one dimension cannot hold it', () => {
    expect(gridOf(640, { maxWorkgroupsPerDimension: 65535 })).toEqual({ x: 10, y: 1, perRow: 640 });
    expect(gridOf(640, { maxWorkgroupsPerDimension: 4 })).toEqual({ x: 4, y: 3, perRow: 256 });
  });
});
