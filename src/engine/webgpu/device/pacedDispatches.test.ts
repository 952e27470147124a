/** How a convolution is cut, seen by a recorder that only writes down. */
import { describe, expect, it } from 'vitest';
import { createConv2d } from '../../../operators/conv2d/index.ts';
import { planConv2d } from '../../../operators/conv2d/plan.ts';
import { identity } from '../../../operators/programs/epilogue.ts';
import type { DeviceTraits, Dispatch } from '../../../operators/programs/program.ts';
import { convolutionUniforms } from '../../../operators/programs/uniforms.ts';
import type { Pace } from './pace.ts';
import { PacedDispatches } from './pacedDispatches.ts';
import type { Compiled } from './pipelines.ts';
import type { Recorder } from './recorder.ts';

const [height, width] = [700, 900];
const traits: DeviceTraits = {
  maxStorageBinding: 2 ** 27,
  maxUniformBinding: 65536,
  maxWorkgroupsPerDimension: 65535,
  canBroadcast: false,
  busyInvocations: 16384,
};

/** The dispatches of 64 filters of 3 x 7 x 7 under a limit, the submissions between them, and the plan. */
function cut(macsPerDispatch: number, device = traits) {
  const conv = createConv2d({ inChannels: 3, outChannels: 64, kernelSize: [7, 7] });
  const plan = planConv2d(conv, { images: 1, height, width }, identity, false, device);
  const recorded: (Dispatch | 'submit')[] = [];
  const recorder = {
    dispatch: (_: Compiled, dispatch: Dispatch) => recorded.push(dispatch),
    submit: () => recorded.push('submit'),
  };
  const paced = new PacedDispatches({
    pace: { macsPerDispatch } as Pace,
    recorder: recorder as unknown as Recorder,
    traits: device,
  });
  const array = { layout: 'blocked', images: 1, channels: 64, height, width } as const;
  const input = { layout: 'planar', images: 1, channels: 3, height: height + 6, width: width + 6 } as const;
  paced.convolve(plan, {} as Compiled, [0, height], [0, plan.blocks], {
    input: { array: input, y: 0, x: 0 },
    output: { array, channel: 0, y: 0, x: 0 },
    bindings: [],
  });
  const names = Object.keys(convolutionUniforms.fields);
  const dispatches = recorded
    .filter((entry) => entry !== 'submit')
    .map(({ uniforms, workgroups }) => {
      const of = (name: keyof typeof convolutionUniforms.fields) =>
        new DataView(uniforms).getInt32(4 * names.indexOf(name), true);
      const rows = [of('firstRow'), of('rowEnd')] as const;
      return { rows, block: of('firstBlock'), blocks: workgroups[1], workgroups };
    });
  return { plan, paced, recorded, dispatches };
}

describe('a convolution', () => {
  it('that a fast device takes in its stride is one dispatch', () => {
    const { dispatches, recorded, plan } = cut(1e12);
    expect(recorded).toHaveLength(1);
    expect(dispatches[0]).toMatchObject({ rows: [0, height], block: 0, blocks: plan.blocks });
  });

  // 700 x 900 x 64 x 147 = 5.9e9 multiply-adds.
  it.each([1e9, 1e7, 1e5])(
    'is cut so that no submission holds more than %f multiply-adds, or the least there is',
    (limit) => {
      const { dispatches, recorded, plan, paced } = cut(limit);
      const least = plan.macsPerPixel * width * plan.split.rows;
      let inSubmission = 0;
      let index = 0;
      for (const entry of recorded) {
        if (entry === 'submit') {
          inSubmission = 0;
          continue;
        }
        const { rows, blocks } = dispatches[index++]!;
        inSubmission += plan.macsPerPixel * width * (rows[1] - rows[0]) * blocks;
        expect(inSubmission).toBeLessThanOrEqual(Math.max(limit, least));
      }
      expect(paced.macs).toBe(height * width * 64 * 147);
      // Every row of every block, once.
      const covered = new Set(
        dispatches.flatMap(({ rows, block, blocks }) =>
          Array.from(
            { length: (rows[1] - rows[0]) * blocks },
            (_, i) => `${rows[0] + Math.floor(i / blocks)} ${block + (i % blocks)}`,
          ),
        ),
      );
      expect(covered.size).toBe(height * plan.blocks);
    },
  );

  it('keeps every side of the grid within the device’s limit', () => {
    const { dispatches } = cut(1e12, { ...traits, maxWorkgroupsPerDimension: 256 });
    expect(dispatches.length).toBeGreaterThan(1);
    for (const { workgroups } of dispatches) expect(Math.max(...workgroups)).toBeLessThanOrEqual(256);
  });
});
