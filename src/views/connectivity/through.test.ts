import { describe, expect, it } from 'vitest';
import { createConv2d } from '../../operators/conv2d/index.ts';
import { pathsTo } from './layout.ts';
import { stagesOf } from './stages.ts';
import { pathsThrough, turnedStage } from './through.ts';

const conv = (inChannels: number, outChannels: number, groups = 1) =>
  createConv2d({ inChannels, outChannels, groups, kernelSize: [1, 1], bias: false });

const shuffled = stagesOf([conv(9, 9, 3), { kind: 'channel_shuffle', groups: 3 }, conv(9, 6, 3)], 9)!;

describe('the paths through a channel', () => {
  it('of the outputs are the paths to it', () => {
    const through = pathsThrough(shuffled, 9, { level: 3, channel: 2 });
    const to = pathsTo(shuffled, 9, 2);
    expect(through.connections).toEqual(to.connections);
    expect(through).toMatchObject({ levels: to.levels, reads: 9, reaches: 1 });
  });

  it('of the inputs go on to all that it reaches: through a shuffle to every output, without one to its group', () => {
    expect(pathsThrough(shuffled, 9, { level: 0, channel: 4 })).toMatchObject({ reads: 1, reaches: 6 });
    const apart = stagesOf([conv(9, 9, 3), conv(9, 6, 3)], 9)!;
    const { levels, reaches, connections } = pathsThrough(apart, 9, { level: 0, channel: 4 });
    expect(levels).toEqual([[{ lo: 4, hi: 4 }], [{ lo: 3, hi: 5 }], [{ lo: 2, hi: 3 }]]);
    expect(reaches).toBe(2);
    // Three lines to the channels of its group, and from each of these one to both outputs.
    expect(connections).toHaveLength(3 + 3 * 2);
  });

  it('of a column between go both ways', () => {
    // Channel 3 between the layers is the first of group 1: it becomes channel 1 of the shuffled ones, which feeds outputs 0 and 1.
    const { levels, reads, reaches } = pathsThrough(shuffled, 9, { level: 1, channel: 3 });
    expect(levels).toEqual([[{ lo: 3, hi: 5 }], [{ lo: 3, hi: 3 }], [{ lo: 1, hi: 1 }], [{ lo: 0, hi: 1 }]]);
    expect([reads, reaches]).toEqual([3, 2]);
  });

  it('turned twice are the same', () => {
    for (const stage of shuffled) expect(turnedStage(turnedStage(stage))).toEqual(stage);
  });
});
