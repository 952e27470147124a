/** Training on the CPU engine. */
import { afterAll, describe, expect, it } from 'vitest';
import { createCpuEngine } from '../../engine/cpu/index.ts';
import type { Engine, RunRequest } from '../../engine/engine.ts';
import type { Graph } from '../../graph/graph.ts';
import { createConv2d } from '../../operators/conv2d/index.ts';
import { tinyRun, tinyTest } from '../testing/tinyRun.ts';
import { evaluate } from './evaluate.ts';
import { type Progress, type TrainingConfiguration, TrainingRun } from './trainingRun.ts';

const engine = await createCpuEngine();
afterAll(() => engine.destroy());
const never = new AbortController().signal;

async function finish(run: TrainingRun): Promise<Progress> {
  let progress = run.progress;
  while (progress.state === 'running') progress = await run.advance();
  return progress;
}

/** With a dropout before the last layer. */
function dropping(configuration: TrainingConfiguration): TrainingConfiguration {
  const { graph } = configuration.trainee;
  const nodes = graph.nodes.flatMap((node) =>
    node.id === 'conv3b'
      ? [
          { id: 'drop', operator: { kind: 'dropout', p: 0.25 } as const, inputs: node.inputs },
          { ...node, inputs: ['drop'] },
        ]
      : [node],
  );
  return { ...configuration, trainee: { ...configuration.trainee, graph: { nodes } } };
}

describe('a training run on the CPU engine', () => {
  it('tells shapes apart clearly better than by chance (0.1), and leaves nothing behind', async () => {
    const run = await TrainingRun.start(engine, tinyRun());
    expect(await finish(run)).toEqual({ state: 'done' });
    expect([run.step, run.results.length]).toEqual([40, 40]);
    const { trainee } = run.configuration;
    const weights = await run.weights();
    const { accuracy, loss } = await evaluate(engine, { trainee, weights, data: tinyTest, range: run.range }, never);
    expect(accuracy.count).toBe(200);
    expect(accuracy.share).toBeGreaterThan(0.25);
    expect(loss).toBeLessThan(Math.log(10));
    run.free();
    expect(engine.counters.liveTensors).toBe(0);
  });

  it.each(['sgd', 'adamw'] as const)('goes on from a checkpoint with the same bits, by %s', async (method) => {
    const sgd = { method: 'sgd', learningRate: 0.05, momentum: 0.9, nesterov: true, weightDecay: 1e-3 } as const;
    const configuration = dropping(tinyRun({ epochs: 0.4, ...(method === 'sgd' ? { optimizer: sgd } : {}) }));
    const whole = await TrainingRun.start(engine, configuration);
    await finish(whole);
    const first = await TrainingRun.start(engine, configuration);
    for (let step = 0; step < 5; step++) await first.advance();
    const saved = await first.checkpoint();
    const second = await TrainingRun.start(engine, configuration, saved);
    expect(second.step).toBe(5);
    await finish(second);
    expect(second.results).toEqual(whole.results);
    expect(second.programsChanged).toBe(false);
    expect(await second.checkpoint()).toEqual(await whole.checkpoint());
    for (const run of [whole, first, second]) run.free();
  });

  it('asks for the same graph and weights at every step: what changes are numbers', async () => {
    const asked: RunRequest[] = [];
    const watched: Engine = new Proxy(engine, {
      get(target, name) {
        if (name === 'run')
          return (request: RunRequest) => {
            asked.push(request);
            return target.run(request);
          };
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    const run = await TrainingRun.start(watched, dropping(tinyRun({ epochs: 0.2 })));
    asked.length = 0;
    await finish(run);
    run.free();
    expect(asked).toHaveLength(4);
    expect(new Set(asked.map(({ graph }) => graph)).size).toBe(1);
    expect(new Set(asked.map(({ parameters }) => parameters)).size).toBe(1);
    expect(new Set(run.results.map(({ loss }) => loss)).size).toBe(4);
  });

  it('is another one with another seed', async () => {
    const losses = await Promise.all(
      [1, 2].map(async (seed) => {
        const run = await TrainingRun.start(engine, tinyRun({ epochs: 0.05, seed }));
        await finish(run);
        run.free();
        return run.results.map(({ loss }) => loss);
      }),
    );
    expect(losses[0]).toHaveLength(1);
    expect(losses[0]).not.toEqual(losses[1]);
  });

  it('stops with the step whose loss is no number', async () => {
    const optimizer = { method: 'sgd', learningRate: 1e30, momentum: 0, nesterov: false, weightDecay: 0 } as const;
    const run = await TrainingRun.start(engine, tinyRun({ optimizer }, false));
    expect(await finish(run)).toMatchObject({ state: 'stopped', problem: { code: 'loss-not-finite' } });
    expect(run.step).toBeLessThan(10);
    run.free();
  });

  it('refuses what is no checkpoint, or one of another network', async () => {
    const other = await TrainingRun.start(engine, tinyRun({}, false));
    const saved = await other.checkpoint();
    other.free();
    for (const bytes of [saved, saved.subarray(0, 40), new Uint8Array(0)])
      await expect(TrainingRun.start(engine, tinyRun(), bytes)).rejects.toMatchObject({
        problem: { code: 'checkpoint-unreadable' },
      });
    expect(engine.counters.liveTensors).toBe(0);
  });
});

it('running statistics move a tenth of the way, the variance to the unbiased one, as in PyTorch', async () => {
  const graph: Graph = {
    nodes: [
      { id: 'x', operator: { kind: 'input', channels: 1 }, inputs: [] },
      { id: 'norm', operator: { kind: 'batch_norm2d', numFeatures: 1, eps: 1e-5 }, inputs: ['x'] },
      { id: 'y', operator: createConv2d({ inChannels: 1, outChannels: 2, kernelSize: [1, 1] }), inputs: ['norm'] },
    ],
  };
  // Standardised over all, the four images are [-1, -1, 1, 1]: mean 0, variance 1, unbiased 4 / 3.
  const pixels = Uint8Array.of(10, 10, 50, 50);
  const data = { channels: 1, height: 1, width: 1, classes: 2, pixels, labels: Uint8Array.of(0, 0, 1, 1) };
  const still = { augmentation: { flip: false, crop: 0 }, batch: 4, epochs: 1 };
  const run = await TrainingRun.start(engine, tinyRun({ trainee: { graph, input: 'x', logits: 'y' }, data, ...still }));
  expect((await run.weights()).norm).toMatchObject({ runningMean: Float32Array.of(0), runningVar: Float32Array.of(1) });
  await finish(run);
  const { norm } = await run.weights();
  expect(norm?.runningMean?.[0]).toBeCloseTo(0, 6);
  expect(norm?.runningVar?.[0]).toBeCloseTo(0.9 + 0.1 * (4 / 3), 6);
  run.free();
});
