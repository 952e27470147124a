import { expect, it } from 'vitest';
import { stretchedWindow } from '../../../../graph/transposed/stretchedWindow.ts';
import { convTranspose2d, createConvTranspose2d } from '../../../../operators/convTranspose2d/index.ts';
import { channelSum, kernelCells, patchOf, slicesOf, stretchedCells } from './directCells.ts';

// 4 channels in 2 groups to 4 maps: map 3 is the second of group 1, which reads channels 2 and 3.
const conv = createConvTranspose2d({
  ...{ inChannels: 4, outChannels: 4, groups: 2, kernelSize: [3, 3], stride: [2, 2] },
  padding: { top: 1, bottom: 1, left: 1, right: 1 },
});
const values = { weight: Float32Array.from({ length: 72 }, (_, i) => i - 36), bias: Float32Array.of(0, 0, 0, 0.5) };
const [height, width] = [3, 4];
const input = Float64Array.from({ length: 4 * height * width }, (_, i) => i % 7);
const unit = { y: 1, x: 3 };
const window = stretchedWindow(conv, [height, width], unit);
const patch = patchOf(window);

/** The box of one channel, as the engine reads it. */
const read = (channel: number) =>
  Float32Array.from({ length: patch.height * patch.width }, (_, i) => {
    const [y, x] = [patch.y + Math.floor(i / patch.width), patch.x + (i % patch.width)];
    return input[(channel * height + y) * width + x]!;
  });

it('a map reads the channels of its group, and their sums with the bias are its value', () => {
  expect(slicesOf(conv, 3)).toEqual([2, 3]);
  const sums = slicesOf(conv, 3).map((channel) =>
    channelSum({ conv, values, window, channel, map: 3 }, patch, read(channel)),
  );
  const { output } = convTranspose2d.reference(conv, [{ shape: [1, 4, height, width], values: input }], values);
  const [, , rows, columns] = output.shape;
  expect(sums[0]! + sums[1]! + 0.5).toBeCloseTo(output.values[(3 * rows + unit.y) * columns + unit.x]!, 9);
});

it('marks the pixels under taps and the taps over pixels: 2 x 2 of 3 x 3 between four pixels', () => {
  const colours = { ground: [255, 255, 255], input: [0, 0, 255] } as const;
  const cells = stretchedCells(window, patch, read(2), colours);
  expect(cells.filter(({ mark }) => mark)).toHaveLength(4);
  const kernel = kernelCells({ conv, values, window, channel: 2, map: 3 }, [255, 255, 255], false);
  expect(kernel.map(({ mark }) => Number(mark))).toEqual([1, 0, 1, 0, 0, 0, 1, 0, 1]);
});

it('shows no value before it has been read', () => {
  const cells = stretchedCells(window, patch, null, { ground: [255, 255, 255], input: [0, 0, 255] });
  expect(cells.filter(({ mark, text }) => mark && text !== undefined)).toEqual([]);
});
