import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createConv2d } from '../../operators/conv2d/index.ts';
import { channelAt, channelY, layoutOf, pathsTo } from './layout.ts';
import { stagesOf } from './stages.ts';

const conv = (inChannels: number, outChannels: number, groups = 1) =>
  createConv2d({ inChannels, outChannels, groups, kernelSize: [3, 3] });

const kindsOf = (connections: readonly { readonly kind: string }[]) => connections.map(({ kind }) => kind);

describe('a connectivity diagram', () => {
  it('of 2 x 1 channels is two lines to the middle', () => {
    expect(layoutOf(stagesOf([conv(2, 1)], 2)!, 2)).toEqual({
      levels: [
        { x: 0, channels: 2 },
        { x: 1, channels: 1 },
      ],
      connections: [
        { kind: 'line', x0: 0, y0: 0.25, x1: 1, y1: 0.5 },
        { kind: 'line', x0: 0, y0: 0.75, x1: 1, y1: 0.5 },
      ],
    });
  });

  it('of 64 x 64 channels is one band, and a band for each of 4 groups', () => {
    expect(layoutOf(stagesOf([conv(64, 64)], 64)!, 64).connections).toEqual([
      { kind: 'band', x0: 0, from: { lo: 0, hi: 1 }, x1: 1, to: { lo: 0, hi: 1 }, bundled: 1 },
    ]);
    const { connections } = layoutOf(stagesOf([conv(64, 64, 4)], 64)!, 64);
    expect(connections).toHaveLength(4);
    expect(connections[1]).toEqual({
      kind: 'band',
      x0: 0,
      from: { lo: 0.25, hi: 0.5 },
      x1: 1,
      to: { lo: 0.25, hi: 0.5 },
      bundled: 1,
    });
  });

  it('of a depthwise layer is a line for each of 64 channels, and bundles of 8 for 512', () => {
    expect(new Set(kindsOf(layoutOf(stagesOf([conv(64, 64, 64)], 64)!, 64).connections))).toEqual(new Set(['line']));
    const { connections } = layoutOf(stagesOf([conv(512, 512, 512)], 512)!, 512);
    expect(connections).toHaveLength(64);
    expect(connections[0]).toMatchObject({ from: { lo: 0, hi: 8 / 512 }, bundled: 8 });
  });

  it('of a shuffle is crossing lines between the layers: 64 of 64 channels', () => {
    const stages = stagesOf([conv(64, 64, 8), { kind: 'channel_shuffle', groups: 8 }, conv(64, 64, 8)], 64)!;
    const { levels, connections } = layoutOf(stages, 64);
    expect(levels.map(({ x }) => x)).toEqual([0, 1 / 3, 2 / 3, 1]);
    const lines = connections.filter(({ kind }) => kind === 'line');
    expect(lines).toHaveLength(64);
    // Channel 8, the first of the second group, comes second.
    expect(lines[1]).toMatchObject({ x0: 1 / 3, y0: channelY(8, 64), y1: channelY(1, 64) });
    expect(connections).toHaveLength(64 + 8 + 8);
  });

  it('names the channel under a height, the ends beyond the ends', () => {
    expect([-0.1, 0, 0.49, 0.5, 1, 2].map((y) => channelAt(y, 4))).toEqual([0, 0, 1, 2, 3, 3]);
  });

  it('stays inside its frame', () => {
    const sizes = fc.record({ groups: fc.constantFrom(1, 2, 16), slices: fc.integer({ min: 1, max: 20 }) });
    fc.assert(
      fc.property(sizes, sizes, ({ groups, slices }, second) => {
        const hidden = groups * second.groups;
        const operators = [conv(groups * slices, hidden, groups), conv(hidden, second.slices)];
        const { connections } = layoutOf(stagesOf(operators, groups * slices)!, groups * slices);
        for (const connection of connections) {
          const ends =
            connection.kind === 'line'
              ? [connection.y0, connection.y1]
              : [connection.from.lo, connection.from.hi, connection.to.lo, connection.to.hi];
          for (const y of ends) expect(y >= 0 && y <= 1).toBe(true);
        }
        expect(connections.length).toBeLessThanOrEqual(2 * 96);
      }),
    );
  });
});

describe('the paths of one output', () => {
  it('of a standard layer are 64 lines that meet in it', () => {
    const paths = pathsTo(stagesOf([conv(64, 64)], 64)!, 64, 6);
    expect(paths.connections).toHaveLength(64);
    expect(paths).toMatchObject({ seen: 64, of: 64 });
    for (const line of paths.connections) expect(line).toMatchObject({ kind: 'line', y1: channelY(6, 64) });
  });

  it('of a grouped layer are those of its group: output 6 of 16 in 4 groups reads 4 of 16', () => {
    const paths = pathsTo(stagesOf([conv(16, 16, 4)], 16)!, 16, 6);
    expect(paths).toMatchObject({ seen: 4, of: 16, levels: [[{ lo: 4, hi: 7 }], [{ lo: 6, hi: 6 }]] });
    expect(paths.connections).toHaveLength(4);
  });

  it('of two standard layers are a band and the lines that meet', () => {
    const { connections } = pathsTo(stagesOf([conv(64, 64), conv(64, 64)], 64)!, 64, 0);
    expect(connections.filter(({ kind }) => kind === 'band')).toHaveLength(1);
    expect(connections.filter(({ kind }) => kind === 'line')).toHaveLength(64);
  });

  it('through a shuffle are one channel of each group, and cover no group that is on no path', () => {
    const operators = [conv(64, 64, 8), { kind: 'channel_shuffle', groups: 8 }, conv(64, 64, 8)] as const;
    const paths = pathsTo(stagesOf(operators, 64)!, 64, 0);
    expect(paths.seen).toBe(64);
    expect(paths.levels[1]).toHaveLength(8);
    const alone = pathsTo(stagesOf([conv(128, 128, 8)], 128)!, 128, 127);
    expect(alone.connections).toHaveLength(16);
    expect(alone.levels[0]).toEqual([{ lo: 112, hi: 127 }]);
  });
});
