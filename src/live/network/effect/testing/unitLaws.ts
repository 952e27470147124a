import '../../operators/late.ts';
import { afterAll, describe, expect, it } from 'vitest';
import { createCpuEngine } from '../../engine/cpu/index.ts';
import { NetworkBuilder } from '../../graph/architectures/builder.ts';
import { spreads } from '../../graph/effectiveField/theory.ts';
import type { Graph } from '../../graph/graph.ts';
import { defaultNetwork } from '../../store/network.ts';
import { writeGraph } from '../../store/networkRecord/graphRecord.ts';
import type { Picture } from '../results.ts';
import { createPlanner } from './networkPlan.ts';
import { effectMacs, measureUnit, partTo } from './unitEffect.ts';

const engine = await createCpuEngine();
afterAll(() => engine.destroy());

const side = 21;
const input = [1, 3, side, side] as const;

function picture(contrast: number): Picture {
  const size = { width: side, height: side, fullWidth: side, fullHeight: side };
  const values = Float32Array.from({ length: 3 * side * side }, (_, i) => contrast * (((i * 37) % 101) / 101));
  return { rgba: new Uint8ClampedArray(4 * side * side), ...size, opaque: true, values, channels: 3, name: 'test' };
}

/** Four 3 x 3 layers, a norm behind each where one is wanted, and a layer that nothing of them reads. */
function network(hasNorms: boolean): Graph {
  const net = new NetworkBuilder(input);
  let at = 'input';
  for (let i = 1; i <= 4; i++) {
    at = net.conv(`conv${i}`, at, 8, { kernel: 3, padding: 1 });
    if (hasNorms) at = net.batchNorm(`bn${i}`, at);
  }
  net.conv('after', at, 4, { kernel: 3, padding: 1 });
  return net.graph;
}

const planOf = (graph: Graph, contrast = 1) =>
  createPlanner().plan({ ...defaultNetwork, layers: JSON.stringify(writeGraph(graph, null)) }, picture(contrast), side);

const middle = { channel: 0, y: 10, x: 10, measure: 'squared' } as const;
const options = { onProgress: () => undefined, signal: new AbortController().signal };

describe('the effective field of a unit on the screen', () => {
  it('is as wide as theory has it, in the mean over draws: four 3 x 3 layers spread it by sqrt(4 (9 - 1) / 12) to both sides', async () => {
    const plan = planOf(network(false));
    const { std } = spreads(Array.from({ length: 4 }, () => ({ kernel: 3, stride: 1, dilation: 1 }))).at(-1)!;
    const done: number[] = [];
    const asked = { ...middle, layer: 'conv4', over: 'draws', draws: 24 } as const;
    const { summary } = await measureUnit(engine, plan, asked, { ...options, onProgress: (share) => done.push(share) });
    expect(summary!.std.h).toBeGreaterThan(0.93 * std);
    expect(summary!.std.h).toBeLessThan(1.07 * std);
    expect(summary!.square.side).toBeLessThanOrEqual(9);
    expect(done).toHaveLength(24);
    expect(done.at(-1)).toBe(1);
  });

  it('with norms takes the statistics of its own maps: twice the contrast moves the unit half as much; nothing stays on the engine', async () => {
    const before = engine.counters.liveTensors;
    const asked = { ...middle, layer: 'bn4', over: 'unit', draws: 1 } as const;
    const totals: number[] = [];
    for (const contrast of [1, 2]) {
      const { summary } = await measureUnit(engine, planOf(network(true), contrast), asked, options);
      totals.push(summary!.total);
    }
    expect(totals[0]! / totals[1]!).toBeCloseTo(4, 2);
    expect(engine.counters.liveTensors).toBe(before);
  });

  it('stops when it is told to', async () => {
    const aborter = new AbortController();
    const asked = { ...middle, layer: 'conv4', over: 'draws', draws: 50 } as const;
    const stopped = measureUnit(engine, planOf(network(false)), asked, {
      onProgress: () => aborter.abort(new Error('enough')),
      signal: aborter.signal,
    });
    await expect(stopped).rejects.toThrow('enough');
  });

  it('runs what the unit reads alone, forward and back, for each draw', () => {
    const plan = planOf(network(false));
    expect(partTo(plan.graph, 'conv2').nodes.map(({ id }) => id)).toEqual(['input', 'conv1', 'conv2']);
    const macs = plan.cost.nodes.conv1!.macs + plan.cost.nodes.conv2!.macs;
    expect(effectMacs(plan, { ...middle, layer: 'conv2', over: 'draws', draws: 16 })).toBe(2 * 16 * macs);
    const normed = planOf(network(true));
    expect(effectMacs(normed, { ...middle, layer: 'bn1', over: 'unit', draws: 16 })).toBe(
      3 * normed.cost.nodes.conv1!.macs,
    );
  });
});
