/** A comparison on a bench without a GPU: maps are the float64 reference's, spoilt for some choices. */
import { describe, expect, it } from 'vitest';
import type { Graph } from '../../../graph/graph.ts';
import { runReference } from '../../../graph/referenceRun.ts';
import { materialiseAll } from '../../../graph/weights/drawnParameters.ts';
import { candidatesOf } from '../../../operators/conv2d/candidates.ts';
import { labelOf, problemKey } from '../../../operators/conv2d/choice.ts';
import { createConv2d } from '../../../operators/conv2d/index.ts';
import type { Shape } from '../../../operators/operator.ts';
import type { DeviceTraits } from '../../../operators/programs/program.ts';
import type { RunRequest, Tensor } from '../../engine.ts';
import type { Device } from '../evaluation.ts';
import { type Bench, compareCandidates } from './compare.ts';
import { fastestRight } from './decide.ts';
import { createTuner } from './tuner.ts';

const traits: DeviceTraits = {
  maxStorageBinding: 2 ** 27,
  maxUniformBinding: 65536,
  maxWorkgroupsPerDimension: 65535,
  canBroadcast: false,
  busyInvocations: 16384,
};
const conv = createConv2d({ inChannels: 8, outChannels: 16, kernelSize: [3, 3], bias: false });
const other = createConv2d({ inChannels: 16, outChannels: 16, kernelSize: [1, 1], bias: false });
const shape: Shape = [1, 8, 64, 64];
const extent = { images: 1, height: 62, width: 62 };
const graph: Graph = {
  nodes: [
    { id: 'photo', operator: { kind: 'input', channels: 8 }, inputs: [] },
    { id: 'conv', operator: conv, inputs: ['photo'] },
    { id: 'active', operator: { kind: 'activation', function: 'relu' }, inputs: ['conv'] },
    { id: 'point', operator: other, inputs: ['active'] },
  ],
};
const wave = (length: number) => Float32Array.from({ length }, (_, i) => Math.sin(i * 1.3));
const parameters = {
  conv: { weight: wave(16 * 8 * 9), bias: null },
  point: { weight: wave(16 * 16), bias: null },
};
const labels = candidatesOf(conv, extent, traits).map(labelOf);

class HostMaps implements Tensor {
  isFreed = false;
  constructor(
    readonly shape: Shape,
    readonly values: Float32Array,
  ) {}
  free(): void {
    this.isFreed = true;
  }
}

/** What is wrong with a choice: its values, its second run, or it does not run at all. */
type Fault = 'wrong' | 'unsteady' | 'fails';

function benchWith(faults: Readonly<Record<string, Fault>>, msOf: (label: string) => number) {
  const made: HostMaps[] = [];
  const timed: string[] = [];
  const chosen = (device: Device) => [...device.choices.values()].map(labelOf).at(-1) ?? 'default';
  const device = { traits, choices: new Map() } as unknown as Device;
  const bench: Bench = {
    device,
    async run({ graph: asked, inputs, parameters: values, outputs }: RunRequest, on) {
      const fault = faults[chosen(on)];
      if (fault === 'fails') throw new Error('no room');
      const host = Object.fromEntries(Object.entries(inputs).map(([id, tensor]) => [id, tensor as HostMaps]));
      const all = runReference(asked, host, materialiseAll(asked, values));
      const tensors = outputs.map((id) => {
        const { output } = all[id]!;
        const maps = new HostMaps(output.shape, Float32Array.from(output.values));
        // In the last map's last row: no sample looks at every row, but all look at this one.
        if (fault === 'wrong' || (fault === 'unsteady' && made.length % 2 === 1))
          maps.values[maps.values.length - 3]! += 0.5;
        made.push(maps);
        return [id, maps] as const;
      });
      return { tensors: Object.fromEntries(tensors), programs: [], steps: [], completed: Promise.resolve() };
    },
    async time(_, on) {
      timed.push(chosen(on));
      return { ms: msOf(chosen(on)), method: 'wall', runs: 1 };
    },
    async read(tensor, { channel, channels, y, x, height, width }) {
      const { shape: whole, values } = tensor as HostMaps;
      const at = (i: number) => {
        const [c, r, q] = [Math.floor(i / (height * width)), Math.floor(i / width) % height, i % width];
        return values[((channel + c) * whole[2] + y + r) * whole[3] + x + q]!;
      };
      return Float32Array.from({ length: channels * height * width }, (_, i) => at(i));
    },
  };
  const request: RunRequest = {
    graph,
    parameters,
    inputs: { photo: new HostMaps(shape, wave(8 * 64 * 64)) },
    outputs: ['point'],
  };
  return { bench, request, made, timed, device };
}

const open = new AbortController().signal;

describe('a comparison of algorithms', () => {
  it('measures every candidate in rounds, the default first, and frees what it made', async () => {
    const { bench, request, made, timed } = benchWith({}, () => 2);
    const compared = await compareCandidates(bench, request, 'conv', open);
    expect(compared!.results.map(({ label }) => label)).toEqual(labels);
    expect(compared!.results.every(({ isExact, isRepeatable, ms }) => isExact && isRepeatable && ms === 2)).toBe(true);
    expect(compared!.results.map(({ isInUse }) => isInUse)).toEqual(labels.map((_, i) => i === 0));
    expect(timed).toEqual([...labels, ...labels, ...labels]);
    expect(made.every(({ isFreed }) => isFreed)).toBe(true);
  });

  it('says which is wrong, which is unsteady and which does not run', async () => {
    const [, wrong, unsteady, failing] = labels as [string, string, string, string];
    const { bench, request } = benchWith({ [wrong]: 'wrong', [unsteady]: 'unsteady', [failing]: 'fails' }, () => 2);
    const { results } = (await compareCandidates(bench, request, 'conv', open))!;
    expect(results.map(({ isExact }) => isExact)).toEqual(labels.map((_, i) => ![1, 3].includes(i)));
    expect(results[1]!.error).toBeGreaterThan(1e-5);
    expect(results.map(({ isRepeatable }) => isRepeatable)).toEqual(labels.map((_, i) => ![2, 3].includes(i)));
    expect(results.map(({ failure }) => failure)).toEqual(labels.map((_, i) => (i === 3 ? 'no room' : null)));
    expect(results[3]!.ms).toBeNull();
  });

  it('computes what a deeper layer reads, and says nothing of other operators', async () => {
    const { bench, request, made } = benchWith({}, () => 2);
    const compared = await compareCandidates(bench, request, 'point', open);
    expect(compared!.results.every(({ isExact }) => isExact)).toBe(true);
    expect(made.every(({ isFreed }) => isFreed)).toBe(true);
    expect(await compareCandidates(bench, request, 'active', open)).toBeNull();
  });

  it('measures exact runs whatever the page runs; what a fast one takes stands beside them, and is no exact one', async () => {
    const { bench, request } = benchWith({}, (label) => (label.includes('f16') ? 1 : 2));
    const half = { ...bench, device: { ...bench.device, traits: { ...traits, half: 'native' as const } } };
    const asked: RunRequest[] = [];
    const heard: Bench = {
      ...half,
      run: (each, on) => {
        asked.push(each);
        return half.run(each, on);
      },
      time: (each, on) => {
        asked.push(each);
        return half.time(each, on);
      },
    };
    const fast = { ...request, precision: 'fast' as const };
    const { results } = (await compareCandidates(heard, fast, 'conv', open, true))!;
    expect(asked.every(({ precision = 'exact' }) => precision === 'exact')).toBe(true);
    expect(results.map(({ label }) => label)).toEqual([...labels, labels[0]!.replace('dense', 'dense f16')]);
    expect(results.at(-1)).toMatchObject({ precision: 'fast', isExact: false, isInUse: true, ms: 1 });
    // The tuner does not try it, however fast it is.
    const tuner = createTuner(heard, new Map());
    await tuner.tune(fast, open);
    expect(Object.values(tuner.table).join()).not.toMatch(/f16/);
  });

  it('times the statistics with the maps that are shown with them, and no others', async () => {
    const { bench, request } = benchWith({}, () => 2);
    const timed: RunRequest['statistics'][] = [];
    const heard: Bench = {
      ...bench,
      time: (each, on) => {
        timed.push(each.statistics);
        return bench.time(each, on);
      },
    };
    const shown = { ...request, statistics: ['active'] };
    await compareCandidates(heard, shown, 'conv', open);
    expect(new Set(timed.splice(0))).toEqual(new Set([['active']]));
    await compareCandidates(heard, shown, 'point', open);
    expect(new Set(timed)).toEqual(new Set([undefined]));
  });

  it('stops where it is told to', async () => {
    const { bench, request, made } = benchWith({}, () => 2);
    const stop = new AbortController();
    const going = compareCandidates(bench, request, 'conv', stop.signal);
    stop.abort(new Error('enough'));
    await expect(going).rejects.toThrow('enough');
    expect(made.every(({ isFreed }) => isFreed)).toBe(true);
  });
});

describe('the fastest right algorithm', () => {
  const result = (label: string, ms: number | null, isExact = true, isRepeatable = true) => {
    return { label, ms, error: 0, precision: 'exact' as const, isExact, isRepeatable, isInUse: false, failure: null };
  };

  it('must beat the default by more than noise', () => {
    expect(fastestRight([result('a', 10), result('b', 9.5)])?.label).toBe('a');
    expect(fastestRight([result('a', 10), result('b', 9), result('c', 8)])?.label).toBe('c');
  });

  it('is never one that is wrong, unsteady or did not run', () => {
    expect(
      fastestRight([result('a', 10), result('b', 1, false), result('c', 1, true, false), result('d', null)])?.label,
    ).toBe('a');
    expect(fastestRight([result('a', null), result('b', 1)])).toBeNull();
  });
});

describe('a tuner', () => {
  const fast = labels.slice(1).find((label) => label.startsWith('dense'))!;
  const msOf = (label: string) => (label === fast ? 1 : 2);

  it('makes the fastest right candidate the choice, once, and says which nodes changed', async () => {
    const { bench, request, timed, device } = benchWith({}, msOf);
    const choices = new Map();
    device.choices = choices;
    const tuner = createTuner(bench, choices);
    expect(await tuner.tune(request, open)).toEqual(['conv']);
    expect([...choices.values()].map(labelOf)).toContain(fast);
    expect(Object.values(tuner.table)).toContain(fast);
    const { length } = timed;
    expect(await tuner.tune(request, open)).toEqual([]);
    expect(timed).toHaveLength(length);
  });

  it('never takes F(4,3), whose digits depend on the values', async () => {
    const { bench, request } = benchWith({}, (label) => (label.startsWith('winograd F(4,3)') ? 0.1 : msOf(label)));
    const tuner = createTuner(bench, new Map());
    const compared = await tuner.compare(request, 'conv', open);
    expect(compared.some(({ label }) => label.startsWith('winograd F(4,3)'))).toBe(true);
    await tuner.tune(request, open);
    expect(Object.values(tuner.table)).toEqual([fast]);
  });

  it('takes back a table for candidates that there are, and forgets others', async () => {
    const first = benchWith({}, msOf);
    const found = createTuner(first.bench, new Map());
    await found.tune(first.request, open);
    const choices = new Map();
    const again = createTuner(benchWith({}, () => 2).bench, choices);
    again.restore({ ...found.table, [problemKey(other, extent)]: 'magic P3C5' });
    again.apply(graph, { photo: shape, conv: [1, 16, 62, 62], active: [1, 16, 62, 62], point: [1, 16, 62, 62] });
    expect([...choices.values()].map(labelOf)).toEqual([fast]);
    expect(Object.values(again.table)).toEqual([fast]);
  });
});
