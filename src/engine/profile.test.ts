/** What a profile says of each operator, on the CPU engine in this thread; rates by hand. */
import { describe, expect, it } from 'vitest';
import type { Graph } from '../graph/graph.ts';
import { createConv2d } from '../operators/conv2d/index.ts';
import { createPool2d } from '../operators/pool2d/index.ts';
import { createCpuEngine } from './cpu/index.ts';
import { profileRun, ratesOf } from './profile.ts';

const conv = (inChannels: number, outChannels: number) =>
  createConv2d({ inChannels, outChannels, kernelSize: [3, 3], padding: { top: 1, bottom: 1, left: 1, right: 1 } });

/** Two convolutions of which the second also reads around the first's pooling: maps that are read twice. */
const graph: Graph = {
  nodes: [
    { id: 'x', operator: { kind: 'input', channels: 1 }, inputs: [] },
    { id: 'first', operator: conv(1, 2), inputs: ['x'] },
    { id: 'relu', operator: { kind: 'activation', function: 'relu' }, inputs: ['first'] },
    { id: 'pool', operator: createPool2d({ function: 'max', kernelSize: [2, 2] }), inputs: ['relu'] },
    { id: 'second', operator: conv(2, 1), inputs: ['pool'] },
    { id: 'same', operator: { kind: 'activation', function: 'none' }, inputs: ['x'] },
    { id: 'sum', operator: { kind: 'arithmetic', function: 'add' }, inputs: ['same', 'x'] },
  ],
};
const parameters = {
  first: { weight: new Float32Array(18).fill(0.1), bias: new Float32Array(2) },
  second: { weight: new Float32Array(18).fill(0.1), bias: new Float32Array(1) },
};

describe('the profile of a run', () => {
  it('says of each operator its programs, its work and the least that it must move', async () => {
    const engine = await createCpuEngine({ threads: 1 });
    const x = await engine.upload(new Float32Array(64).fill(1), [1, 1, 8, 8]);
    const heard: number[] = [];
    const request = { graph, parameters, inputs: { x }, outputs: ['second', 'sum'] };
    const profile = await profileRun(engine, request, (share) => heard.push(share), new AbortController().signal);

    const told = profile.operators.map(({ node, fused, macs, bytes }) => ({ node, fused, macs, bytes }));
    expect(told).toEqual([
      // 2 · 64 outputs of 9 taps; 64 values in, 18 + 2 weights, 128 values out.
      { node: 'first', fused: ['relu'], macs: 1152, bytes: 4 * (64 + 20 + 128) },
      { node: 'pool', fused: [], macs: 0, bytes: 4 * (128 + 32) },
      { node: 'second', fused: [], macs: 288, bytes: 4 * (32 + 19 + 16) },
      { node: 'same', fused: [], macs: 0, bytes: 4 * 128 },
      { node: 'sum', fused: [], macs: 0, bytes: 4 * 192 },
    ]);
    const [first, , , same] = profile.operators;
    expect(first).toMatchObject({ programs: ['conv2d k3 s1 + relu'], shape: [1, 2, 8, 8], outputBytes: 512 });
    expect(first!.timing!.ms).toBeGreaterThan(0);
    expect(same!.timing).toBeNull();
    expect(profile.whole.ms).toBeGreaterThan(0);
    expect(profile.peak).toBeNull();
    expect(heard.every((share, i) => share > (heard[i - 1] ?? 0) && share <= 1)).toBe(true);
    expect(engine.counters.liveTensors).toBe(1);
    engine.destroy();
  });

  it('is given up with the reason of the signal, and holds nothing', async () => {
    const engine = await createCpuEngine({ threads: 1 });
    const x = await engine.upload(new Float32Array(64), [1, 1, 8, 8]);
    const abort = new AbortController();
    const request = { graph, parameters, inputs: { x }, outputs: ['second'] };
    const profile = profileRun(engine, request, () => abort.abort(new Error('closed')), abort.signal);
    await expect(profile).rejects.toThrow('closed');
    expect(engine.counters.liveTensors).toBe(1);
    engine.destroy();
  });
});

describe('rates', () => {
  const timing = { ms: 2, method: 'wall', runs: 1 } as const;
  const peak = { gflops: 100, gigabytesPerSecond: 10, method: 'wall' } as const;

  it('are shares of the tighter of the two peaks', () => {
    // 100 MFLOP in 2 ms are 50 GFLOP/s; 2 MB in 2 ms are 1 GB/s.
    expect(ratesOf({ macs: 5e7, bytes: 2e6, timing }, peak)).toEqual({
      gflops: 50,
      gigabytesPerSecond: 1,
      intensity: 50,
      share: 0.5,
      boundBy: 'arithmetic',
    });
    expect(ratesOf({ macs: 0, bytes: 8e6, timing }, peak)).toMatchObject({ gflops: 0, share: 0.4, boundBy: 'memory' });
  });

  it('are no shares without a peak, and nothing without a time', () => {
    expect(ratesOf({ macs: 1, bytes: 1, timing }, null)).toMatchObject({ share: null, boundBy: null });
    expect(ratesOf({ macs: 1, bytes: 1, timing: null }, peak)).toBeNull();
  });
});
