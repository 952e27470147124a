import { expect, it } from 'vitest';
import { createConv2d } from './index.ts';
import { recordLanesOf } from './recordLanes.ts';

const conv = createConv2d({ inChannels: 3, outChannels: 16, kernelSize: [3, 3] });
const extent = { images: 1, height: 512, width: 512 };
const tile = { algorithm: 'window', pixels: 4, filters: 16 } as const;
const of = (lanes: number, changed: Partial<typeof extent> = {}) =>
  recordLanesOf(conv, { ...extent, ...changed }, tile, { recordLanes: lanes });

it('leaves a record for each narrowest subgroup', () => {
  expect([of(8), of(32), of(64)]).toEqual([8, 32, 64]);
});

it('leaves none where a device has no subgroups', () => {
  expect([of(0), recordLanesOf(conv, extent, tile, {})]).toEqual([0, 0]);
});

it('leaves none where the program has no text for it', () => {
  expect(recordLanesOf(conv, extent, { ...tile, algorithm: 'gemm' }, { recordLanes: 32 })).toBe(0);
});

it('leaves none for batches, whose first image alone has statistics, nor for work that has to be cut along rows', () => {
  expect([of(32, { images: 2 }), of(32, { height: 4096, width: 4096 })]).toEqual([0, 0]);
});
