/** A graph is planned once for the same inputs, outputs and choices, while there is room for what its plan keeps. */
import { describe, expect, it } from 'vitest';
import '../../../operators/conv2d/moreTexts.ts';
import { chooseConv2d } from '../../../operators/conv2d/choice.ts';
import type { DeviceTraits } from '../../../operators/programs/program.ts';
import type { Device } from '../evaluation.ts';
import { NetworkBuilder } from '../testing/networks.ts';
import { planRun } from './planRun.ts';

const traits: DeviceTraits = {
  maxStorageBinding: 2 ** 27,
  maxUniformBinding: 65536,
  maxWorkgroupsPerDimension: 65535,
  canBroadcast: false,
  busyInvocations: 256,
};

/** A device of `pool.room` bytes and no more than planning asks. */
function deviceOf(room: number) {
  const pool = { budget: 2 ** 20, room };
  const choices = new Map();
  const device = { pool, traits, choices, passes: null } as unknown as Device;
  return { device, pool, choices };
}

function networkOf() {
  const network = new NetworkBuilder([1, 4, 16, 16]);
  const first = network.conv('input', 8);
  const last = network.conv(network.activation(first), 8);
  return { graph: { nodes: network.nodes }, shapes: network.shapes, first, last };
}

describe('the plan of a run', () => {
  it('is the same one, step by step', () => {
    const { device, pool } = deviceOf(2 ** 20);
    const { graph, shapes, last } = networkOf();
    const plan = planRun(device, graph, [last], shapes, new Set());
    expect(planRun(device, graph, [last], shapes, new Set())).toBe(plan);
    pool.room = plan.room!;
    expect(planRun(device, graph, [last], shapes, new Set())).toBe(plan);
  });

  it('is made anew for other outputs, held weights, sizes, choices, or a graph that is another', () => {
    const { device, choices } = deviceOf(2 ** 20);
    const { graph, shapes, first, last } = networkOf();
    const plan = planRun(device, graph, [last], shapes, new Set());
    expect(planRun(device, graph, [last, first], shapes, new Set())).not.toBe(plan);
    expect(planRun(device, graph, [last], shapes, new Set([last]))).not.toBe(plan);
    const wide = Object.fromEntries(Object.entries(shapes).map(([id, [n, c, h]]) => [id, [n, c, h, 20] as const]));
    expect(planRun(device, graph, [last], wide, new Set())).not.toBe(plan);
    expect(planRun(device, { ...graph }, [last], shapes, new Set())).not.toBe(plan);
    const known = planRun(device, graph, [last], shapes, new Set());
    const { operator } = graph.nodes[1]!;
    if (operator.kind !== 'conv2d') throw new Error('no convolution');
    choices.set('another problem', chooseConv2d(operator, { images: 1, height: 16, width: 16 }, traits));
    expect(planRun(device, graph, [last], shapes, new Set())).not.toBe(known);
  });

  it('is made anew where its maps have no room any more, and where there was none for all', () => {
    const { device, pool } = deviceOf(2 ** 20);
    const { graph, shapes, first, last } = networkOf();
    const plan = planRun(device, graph, [first, last], shapes, new Set());
    pool.room = plan.room! - 1;
    const crowded = planRun(device, graph, [first, last], shapes, new Set());
    expect(crowded.steps.length).toBeLessThan(plan.steps.length);
    expect(crowded.room).toBeUndefined();
    pool.room = 2 ** 20;
    expect(planRun(device, graph, [first, last], shapes, new Set())).toEqual(plan);
  });
});
