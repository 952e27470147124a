/** What the effective field of a unit of the network on the screen is, on any engine. For tests. */
import '../../../../operators/late.ts';
import { expect, it } from 'vitest';
import type { Engine } from '../../../../engine/engine.ts';
import { NetworkBuilder } from '../../../../graph/architectures/builder.ts';
import { type Altered, alterationsOf, type Ingredient } from '../../../../graph/effectiveField/alteration/index.ts';
import { expectedStd, spreads } from '../../../../graph/effectiveField/theory.ts';
import type { Graph } from '../../../../graph/graph.ts';
import { defaultNetwork } from '../../../../store/network.ts';
import { writeGraph } from '../../../../store/networkRecord/graphRecord.ts';
import type { Picture } from '../../../results.ts';
import { createPlanner } from '../../networkPlan.ts';
import { type EffectNetwork, effectMacs, effectNetwork, measureUnit } from '../unitEffect.ts';

const side = 21;
const input = [1, 3, side, side] as const;

function picture(contrast: number): Picture {
  const size = { width: side, height: side, fullWidth: side, fullHeight: side };
  const values = Float32Array.from({ length: 3 * side * side }, (_, i) => contrast * (((i * 37) % 101) / 101));
  return { rgba: new Uint8ClampedArray(4 * side * side), ...size, opaque: true, values, channels: 3, name: 'test' };
}

/** Four 3 x 3 layers, a norm and a rectifier behind each where they are wanted, and a layer that nothing of them reads. */
function network(hasNorms: boolean, hasRectifiers = false): Graph {
  const net = new NetworkBuilder(input);
  let at = 'input';
  for (let i = 1; i <= 4; i++) {
    at = net.conv(`conv${i}`, at, 8, { kernel: 3, padding: 1 });
    if (hasNorms) at = net.batchNorm(`bn${i}`, at);
    if (hasRectifiers) at = net.activation(`relu${i}`, at, 'relu');
  }
  net.conv('after', at, 4, { kernel: 3, padding: 1 });
  return net.graph;
}

const planOf = (graph: Graph, contrast = 1) =>
  createPlanner().plan({ ...defaultNetwork, layers: JSON.stringify(writeGraph(graph, null)) }, picture(contrast), side);
const measuredOf = (graph: Graph, contrast = 1) => effectNetwork(planOf(graph, contrast));

const middle = { channel: 0, y: 10, x: 10, seed: null, measure: 'squared' } as const;
const options = { limit: Number.POSITIVE_INFINITY, onProgress: () => undefined, signal: new AbortController().signal };

/** sqrt(4 (9 - 1) / 12) = 1.63. */
const { std: theory } = spreads(Array.from({ length: 4 }, () => ({ kernel: 3, stride: 1, dilation: 1 }))).at(-1)!;

function altered(network: EffectNetwork, ingredient: Ingredient): EffectNetwork & Pick<Altered, 'layer'> {
  const alteration = alterationsOf(network, 'conv4')[ingredient];
  if (alteration.kind !== 'altered') throw new Error(alteration.reason);
  return { ...network, ...alteration.network, drops: alteration.drops, layer: alteration.layer };
}

/** Laws of `measureUnit`, as tests; `engineOf` is asked for when they run. */
export function unitLaws(engineOf: () => Engine): void {
  const measure = (...[network, question, more]: [EffectNetwork, Parameters<typeof measureUnit>[2], object?]) =>
    measureUnit(engineOf(), network, question, { ...options, ...more });
  const overDraws = { ...middle, layer: 'conv4', over: 'draws', draws: 24 } as const;

  it('is as wide as theory has it, in the mean over draws: four 3 x 3 layers spread it by sqrt(4 (9 - 1) / 12) to both sides', async () => {
    const done: number[] = [];
    const { summary } = await measure(measuredOf(network(false)), overDraws, {
      onProgress: (share: number) => done.push(share),
    });
    expect(Math.abs(summary!.std.h / theory - 1)).toBeLessThan(0.07);
    expect(summary!.square.side).toBeLessThanOrEqual(9);
    expect(done).toHaveLength(24);
    expect(done.at(-1)).toBe(1);
  });

  it('with norms takes the statistics of its own maps: twice the contrast moves the unit half as much; nothing stays on the engine', async () => {
    const before = engineOf().counters.liveTensors;
    const asked = { ...middle, layer: 'bn4', over: 'unit', draws: 1 } as const;
    const totals: number[] = [];
    for (const contrast of [1, 2]) {
      const { summary } = await measure(measuredOf(network(true), contrast), asked);
      totals.push(summary!.total);
    }
    expect(totals[0]! / totals[1]!).toBeCloseTo(4, 2);
    // Over both photos it is the mean of both, each with statistics of its own.
    const both = { ...measuredOf(network(true)), pictures: [picture(1), picture(2)] };
    const { summary } = await measure(both, asked);
    expect(summary!.total / ((totals[0]! + totals[1]!) / 2)).toBeCloseTo(1, 4);
    expect(engineOf().counters.liveTensors).toBe(before);
  });

  it('is drawn from the seeds that are asked for: two draws are the mean of each of them', async () => {
    const own = measuredOf(network(false));
    const totalOf = async (seed: number | null, draws: number) =>
      (await measure(own, { ...overDraws, draws, seed })).summary!.total;
    const [first, second] = [await totalOf(40, 1), await totalOf(41, 1)];
    expect(first).not.toBeCloseTo(second, 3);
    expect((await totalOf(40, 2)) / ((first + second) / 2)).toBeCloseTo(1, 5);
    expect(await totalOf(null, 1)).toBe(await totalOf(own.weights.seed, 1));
  });

  it('is the same in segments, which hold less; what needs more still is refused with both sizes; nothing stays on the engine', async () => {
    const asked = { ...middle, layer: 'relu4', over: 'draws' } as const;
    const before = engineOf().counters.liveTensors;
    const within = async (limit: number) => {
      let runs = 0;
      const { map } = await measure(
        measuredOf(network(true, true)),
        { ...asked, draws: 1 },
        { limit, onProgress: () => runs++ },
      );
      expect(engineOf().counters.liveTensors).toBe(before);
      return { runs, values: map.values };
    };
    // One map of 8 channels is 14112 bytes.
    const whole = await within(Number.POSITIVE_INFINITY);
    const cut = await within(5.5 * 14112);
    expect([whole.runs, cut.runs]).toEqual([1, 3]);
    const most = Math.max(...whole.values);
    expect(most).toBeGreaterThan(0);
    const errors = cut.values.map((value, i) => Math.abs(value - whole.values[i]!) / most);
    expect(Math.max(...errors)).toBeLessThan(1e-5);
    await expect(within(14112)).rejects.toMatchObject({ code: 'gradient-over-memory', values: { node: 'relu4' } });
    expect(engineOf().counters.liveTensors).toBe(before);
  });

  it('in segments stops between two of them', async () => {
    const before = engineOf().counters.liveTensors;
    const aborter = new AbortController();
    const shares: number[] = [];
    const onProgress = (share: number) => {
      shares.push(share);
      if (shares.length === 2) aborter.abort(new Error('enough'));
    };
    const asked = { ...middle, layer: 'relu4', over: 'unit', draws: 1 } as const;
    const more = { limit: 5.5 * 14112, onProgress, signal: aborter.signal };
    await expect(measure(measuredOf(network(true, true)), asked, more)).rejects.toThrow('enough');
    expect(shares).toEqual([1 / 3, 2 / 3]);
    expect(engineOf().counters.liveTensors).toBe(before);
  });

  it('stops when it is told to', async () => {
    const aborter = new AbortController();
    const stopped = measure(
      measuredOf(network(false)),
      { ...overDraws, draws: 50 },
      { onProgress: () => aborter.abort(new Error('enough')), signal: aborter.signal },
    );
    await expect(stopped).rejects.toThrow('enough');
  });

  it('runs what the unit reads alone, forward and back, for each draw and each picture', () => {
    const plan = planOf(network(false));
    const macs = plan.cost.nodes.conv1!.macs + plan.cost.nodes.conv2!.macs;
    const asked = { ...overDraws, layer: 'conv2', draws: 16 } as const;
    expect(effectMacs(effectNetwork(plan), asked)).toBe(2 * 16 * macs);
    expect(effectMacs(effectNetwork(plan, [picture(2), picture(3)]), asked)).toBe(3 * 2 * 16 * macs);
    const normed = planOf(network(true));
    const unit = { ...asked, layer: 'bn1', over: 'unit' } as const;
    expect(effectMacs(effectNetwork(normed), unit)).toBe(3 * normed.cost.nodes.conv1!.macs);
  });

  it('widens with dilation as theory has it, to twice the deviation', async () => {
    const { layer, ...dilated } = altered(measuredOf(network(false)), 'dilation');
    const { summary } = await measure(dilated, { ...overDraws, layer });
    expect(Math.abs(summary!.std.h / (2 * theory) - 1)).toBeLessThan(0.1);
  });

  it('narrows with skips', async () => {
    const { layer, ...skipped } = altered(measuredOf(network(false)), 'skip');
    const { summary } = await measure(skipped, { ...overDraws, layer });
    expect(summary!.std.h).toBeLessThan(0.93 * theory);
  });

  it('stays as wide with dropout in the mean over draws, each of which has other masks', async () => {
    const { layer, ...dropping } = altered(measuredOf(network(false)), 'dropout');
    const { summary } = await measure(dropping, { ...overDraws, layer });
    expect(Math.abs(summary!.std.h / expectedStd(theory, 'squared', 'random') - 1)).toBeLessThan(0.1);
    const seeds = await Promise.all(
      [11, 12].map(async (seed) => (await measure(dropping, { ...overDraws, draws: 1, seed, layer })).summary?.total),
    );
    expect(seeds[0]).not.toBe(seeds[1]);
  });
}
