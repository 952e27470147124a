/** The trust check speaks of exact maps, whatever is on the screen. */
import { describe, expect, it } from 'vitest';
import type { Engine, Precision, RunRequest, Tensor } from '../engine/engine.ts';
import { activationNodeAfter, convOf, exploreGraph, exploreNodes } from '../graph/explore.ts';
import { runReference } from '../graph/referenceRun.ts';
import { createConv2d } from '../operators/conv2d/index.ts';
import { defaultWorkspace } from '../store/defaultWorkspace.ts';
import { checkOutput } from './checkOutput.ts';
import type { Output, ResultsState } from './results.ts';

const graph = exploreGraph(createConv2d({ inChannels: 1, outChannels: 2, kernelSize: [3, 3] }), 'relu');
const shown = activationNodeAfter(graph, exploreNodes.conv)!.id;
const values = Float32Array.from({ length: 64 }, (_, i) => Math.sin(i));
const parameters = {
  [exploreNodes.conv]: { weight: Float32Array.from({ length: 18 }, (_, i) => Math.cos(i)), bias: null },
};
const exact = runReference(graph, { [exploreNodes.input]: { shape: [1, 1, 8, 8], values } }, parameters)[shown]!.output;

/** An engine whose maps are right where it is asked for exact ones; those on the screen are off by 1e-3. */
function setUp(precision: Precision) {
  const requests: RunRequest[] = [];
  const live = new Set<object>();
  const tensor = (off: number) => {
    const made = { shape: exact.shape, off, free: () => live.delete(made) };
    live.add(made);
    return made;
  };
  const engine = {
    upload: async () => tensor(0),
    run: async (request: RunRequest) => {
      requests.push(request);
      return { tensors: { [shown]: tensor(request.precision === 'fast' ? 1e-3 : 0) } };
    },
    read: async (read: Tensor, { channel, channels, y, height, width }: Parameters<Engine['read']>[1]) => {
      const { off } = read as unknown as { readonly off: number };
      const from = channel * 36 + y * width;
      return Float32Array.from(exact.values.subarray(from, from + channels * height * width), (value) => value + off);
    },
  } as unknown as Engine;
  const maps = tensor(precision === 'fast' ? 1e-3 : 0) as unknown as Tensor;
  const picture = { channels: 1, height: 8, width: 8, values };
  const output = { graph, parameters, picture, maps, kind: null, precision } as unknown as Output;
  const workspace = { ...defaultWorkspace(), focus: exploreNodes.conv };
  const check = () =>
    checkOutput({ running: engine, output } as ResultsState, workspace, () => undefined, new AbortController().signal);
  return { check, requests, live };
}

describe('the check of what is on the screen', () => {
  it('reads the maps of an exact run as they are', async () => {
    expect(convOf(graph, exploreNodes.conv).outChannels).toBe(2);
    const { check, requests } = setUp('exact');
    expect((await check()).passed).toBe(true);
    expect(requests).toEqual([]);
  });

  it('computes those of a fast run again, exactly, and frees what it made', async () => {
    const { check, requests, live } = setUp('fast');
    const { passed, values: count } = await check();
    expect({ passed, count }).toEqual({ passed: true, count: 72 });
    expect(requests.map(({ precision }) => precision)).toEqual(['exact']);
    expect(live.size).toBe(1);
  });
});
