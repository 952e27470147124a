import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Graph } from '../graph/graph.ts';
import type { Shape } from '../operators/operator.ts';
import { checkAgainstFloat64 } from './check.ts';
import { slicesOf } from './checkSlice.ts';
import { createCpuEngine } from './cpu/index.ts';
import type { Engine, Tensor } from './engine.ts';

const graph: Graph = {
  nodes: [
    { id: 'input', operator: { kind: 'input', channels: 2 }, inputs: [] },
    {
      id: 'conv',
      operator: {
        kind: 'conv2d',
        inChannels: 2,
        outChannels: 3,
        kernelSize: [3, 3],
        stride: [1, 1],
        padding: 'same',
        dilation: [1, 1],
        groups: 1,
        bias: true,
        paddingMode: 'reflect',
      },
      inputs: ['input'],
    },
    { id: 'activation', operator: { kind: 'activation', function: 'gelu' }, inputs: ['conv'] },
    {
      id: 'second',
      operator: {
        kind: 'conv2d',
        inChannels: 3,
        outChannels: 2,
        kernelSize: [1, 2],
        stride: [1, 1],
        padding: 'valid',
        dilation: [1, 1],
        groups: 1,
        bias: false,
        paddingMode: 'zeros',
      },
      inputs: ['activation'],
    },
  ],
};
const parameters = {
  conv: { weight: Float32Array.from({ length: 54 }, (_, i) => Math.sin(i)), bias: new Float32Array([0.5, -0.5, 0]) },
  second: { weight: Float32Array.from({ length: 12 }, (_, i) => Math.cos(i)), bias: null },
};
const shape: Shape = [1, 2, 20, 30];
const values = Float32Array.from({ length: 1200 }, (_, i) => Math.sin(i * i));

describe('the check against float64', () => {
  let engine: Engine;
  let input: Tensor;
  beforeAll(async () => {
    engine = await createCpuEngine();
    input = await engine.upload(values, shape);
  });
  afterAll(() => engine.destroy());

  const job = (node: string) => ({ graph, parameters, inputs: { input: { shape, values } }, node });

  it('passes what the engine computed and reports where the largest error is', async () => {
    for (const [node, count] of [
      ['conv', 1800],
      ['activation', 1800],
      ['second', 1160],
      ['input', 1200],
    ] as const) {
      const run = await engine.run({ graph, parameters, inputs: { input }, outputs: [node] });
      const shares: number[] = [];
      const output = run.tensors[node]!;
      const report = await checkAgainstFloat64(
        engine,
        { ...job(node), output },
        (share) => shares.push(share),
        new AbortController().signal,
      );
      expect(report).toMatchObject({ passed: true, values: count });
      expect(report.maxAbsolute).toBeLessThan(1e-5);
      expect(report.maxRelative).toBeLessThanOrEqual(report.maxAbsolute);
      expect(shares.at(-1)).toBe(1);
    }
  });

  it('finds one wrong value, and a value that is no number', async () => {
    const run = await engine.run({ graph, parameters, inputs: { input }, outputs: ['conv'] });
    const right = await engine.read(run.tensors.conv!, { channel: 0, channels: 3, y: 0, x: 0, height: 20, width: 30 });
    for (const wrong of [right[777]! + 0.25, Number.NaN]) {
      const output = await engine.upload(right.with(777, wrong), [1, 3, 20, 30]);
      const report = await checkAgainstFloat64(
        engine,
        { ...job('conv'), output },
        () => undefined,
        new AbortController().signal,
      );
      // 777 = 1 * 600 + 5 * 30 + 27.
      expect(report).toMatchObject({ passed: false, at: { channel: 1, y: 5, x: 27 } });
      if (!Number.isNaN(wrong)) expect(report.maxAbsolute).toBeCloseTo(0.25, 4);
    }
  });

  it('stops when it is aborted', async () => {
    const run = await engine.run({ graph, parameters, inputs: { input }, outputs: ['conv'] });
    const abort = new AbortController();
    const check = checkAgainstFloat64(
      engine,
      { ...job('conv'), output: run.tensors.conv! },
      () => undefined,
      abort.signal,
    );
    abort.abort(new Error('enough'));
    await expect(check).rejects.toThrow('enough');
  });

  it('cuts maps into slices that cover every row of every map once', () => {
    for (const [maps, macs] of [
      [[1, 5, 7, 11], 1],
      [[1, 3, 40, 1000], 900],
      [[1, 2, 3, 4_000_000], 1],
    ] as const) {
      const [, channels, height] = maps;
      const seen = new Set<string>();
      for (const slice of slicesOf(maps, macs)) {
        for (let c = 0; c < slice.channels; c += 1) {
          for (let row = 0; row < slice.rows; row += 1) seen.add(`${slice.channel + c}/${slice.row + row}`);
        }
      }
      expect(seen.size).toBe(channels * height);
    }
  });
});
