/** Tuning on a device: whatever wins, the answer is the float64 reference's, and the table says what runs. */
import { afterEach, describe, expect, it } from 'vitest';
import type { Engine } from '../../engine.ts';
import { createWebGPUEngine } from '../index.ts';
import { createConv2d, lastProgramOf, onEverySide } from '../testing/convolutions.ts';
import { layerGraph, randomValues } from '../testing/exactness.ts';

const conv = createConv2d({ inChannels: 16, outChannels: 16, kernelSize: [3, 3], padding: onEverySide(1) });
const shape = [1, 16, 48, 48] as const;
const parameters = { conv: { weight: randomValues(16 * 16 * 9, 2), bias: randomValues(16, 3) } };
const open = new AbortController().signal;
/** A program's label as a choice has it. */
const withoutKernel = (program: string) => program.replace(/ k\d+ s\d+/, '');

let engine: Engine;
afterEach(() => engine.destroy());

async function requestOn(made: Engine) {
  const input = await made.upload(randomValues(16 * 48 * 48, 1), shape);
  return { graph: layerGraph(conv, 'relu'), inputs: { input }, parameters, outputs: ['activation'] };
}

describe('tuning', () => {
  it('measures right and steady candidates, runs what won, and says so', async () => {
    engine = await createWebGPUEngine({ gpu: navigator.gpu });
    const request = await requestOn(engine);
    const tuner = (await engine.tuner())!;
    const before = engine.counters.liveTensors;
    const results = await tuner.compare(request, 'conv', open);
    expect(results.length).toBeGreaterThan(2);
    for (const { error, isExact, isRepeatable, ms, failure } of results) {
      expect({ isExact, isRepeatable, failure }).toEqual({ isExact: true, isRepeatable: true, failure: null });
      expect(error).toBeLessThanOrEqual(1e-5);
      expect(ms).toBeGreaterThan(0);
    }
    await tuner.tune(request, open);
    expect(engine.counters.liveTensors).toBe(before);
    const [label] = Object.values(tuner.table);
    const { programs } = await engine.run(request);
    expect(withoutKernel(programs.at(-1)!)).toBe(lastProgramOf(label!));
  });

  it('runs what a table of an earlier visit says', async () => {
    engine = await createWebGPUEngine({ gpu: navigator.gpu });
    const request = await requestOn(engine);
    const tuner = (await engine.tuner())!;
    const results = await tuner.compare(request, 'conv', open);
    const other = results.at(-1)!;
    expect(other.isInUse).toBe(false);
    await tuner.tune(request, open);
    const [key] = Object.keys(tuner.table);
    engine.destroy();

    engine = await createWebGPUEngine({ gpu: navigator.gpu });
    const restored = (await engine.tuner())!;
    restored.restore({ [key!]: other.label });
    const again = await requestOn(engine);
    expect(withoutKernel((await engine.run(again)).programs.at(-1)!)).toBe(lastProgramOf(other.label));
    expect((await restored.compare(again, 'conv', open)).find(({ isInUse }) => isInUse)?.label).toBe(other.label);
  });
});
