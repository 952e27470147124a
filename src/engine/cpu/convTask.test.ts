import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createConv2d } from '../../operators/conv2d/index.ts';
import { type Box, boxesOf, boxSize } from './convTask.ts';

const limit = 1 << 20;

const layers = fc
  .record({
    groups: fc.constantFrom(1, 2, 64),
    slices: fc.constantFrom(1, 3, 40),
    filters: fc.constantFrom(1, 2, 5),
    kernelSize: fc.tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 })),
    stride: fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 })),
    dilation: fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 })),
  })
  .map(({ groups, slices, filters, ...rest }) =>
    createConv2d({ ...rest, groups, inChannels: groups * slices, outChannels: groups * filters }),
  );

describe('the tasks of a convolution', () => {
  it('cover its outputs once, and none reads more than a million values, or four times what an output reads', () => {
    fc.assert(
      fc.property(
        layers,
        fc.integer({ min: 1, max: 900 }),
        fc.integer({ min: 1, max: 2000 }),
        (conv, height, width) => {
          const all: Box = { n: 0, c0: 0, c1: conv.outChannels, y0: 0, y1: height, x0: 0, x1: width };
          const filters = conv.outChannels / conv.groups;
          let covered = 0;
          for (const box of boxesOf(conv, all, 1e9)) {
            covered += boxSize(box);
            const groups = Math.ceil(box.c1 / filters) - Math.floor(box.c0 / filters);
            const channels = groups * (conv.inChannels / conv.groups);
            const along = (outputs: number, axis: 0 | 1) =>
              (outputs - 1) * conv.stride[axis] + conv.dilation[axis] * (conv.kernelSize[axis] - 1) + 1;
            const read = (rows: number, columns: number) => channels * along(rows, 0) * along(columns, 1);
            // A box may touch one group less than it was cut for.
            const most = Math.max(limit, 4 * read(1, 1) * ((groups + 1) / groups));
            expect(read(box.y1 - box.y0, box.x1 - box.x0)).toBeLessThanOrEqual(most);
          }
          expect(covered).toBe(boxSize(all));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('stay as they were where they read little', () => {
    const conv = createConv2d({ inChannels: 3, outChannels: 8, kernelSize: [3, 3], padding: 'same' });
    const all: Box = { n: 0, c0: 0, c1: 8, y0: 0, y1: 256, x0: 0, x1: 256 };
    expect([...boxesOf(conv, all, 27 * 8 * 256 * 64)]).toEqual(
      [0, 64, 128, 192].map((y0) => ({ ...all, y0, y1: y0 + 64 })),
    );
  });
});
