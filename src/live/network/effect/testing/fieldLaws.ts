/** What a measured field is, on any engine. For tests. */
import { expect, it } from 'vitest';
import type { Engine, Tensor } from '../../../../engine/engine.ts';
import { droppedNetwork } from '../../../../graph/effectiveField/dropped.ts';
import { summarise } from '../../../../graph/effectiveField/summary.ts';
import { expectedStd, spreads } from '../../../../graph/effectiveField/theory.ts';
import type { Graph, GraphNode, GraphParameters } from '../../../../graph/graph.ts';
import { inferShapes } from '../../../../graph/infer.ts';
import { normalAt } from '../../../../math/random.ts';
import { createConv2d } from '../../../../operators/conv2d/index.ts';
import { type EffectiveFieldRequest, measureEffectiveField } from '../effectiveField.ts';

const side = 21;
const depth = 4;
const middle = { y: (side - 1) / 2, x: (side - 1) / 2 };
/** Standard deviation sqrt(4 (3^2 - 1) / 12), field 9. */
const expected = spreads(Array.from({ length: depth }, () => ({ kernel: 3, stride: 1, dilation: 1 })))[depth - 1]!;

/** Four 3 x 3 layers of two channels on three, a rectifier behind each. */
function network(): Graph {
  const nodes: GraphNode[] = [{ id: 'x', operator: { kind: 'input', channels: 3 }, inputs: [] }];
  for (let i = 0; i < depth; i++) {
    const inChannels = i === 0 ? 3 : 2;
    const conv = createConv2d({ inChannels, outChannels: 2, kernelSize: [3, 3], padding: 'same', bias: false });
    nodes.push({ id: `conv ${i}`, operator: conv, inputs: [i === 0 ? 'x' : `relu ${i - 1}`] });
    nodes.push({ id: `relu ${i}`, operator: { kind: 'activation', function: 'relu' }, inputs: [`conv ${i}`] });
  }
  return { nodes };
}

function weights(weight: (node: number, index: number) => number): GraphParameters {
  const entries = network().nodes.flatMap(({ id, operator }, node) => {
    if (operator.kind !== 'conv2d') return [];
    return [
      [
        id,
        { weight: Float32Array.from({ length: 18 * operator.inChannels }, (_, i) => weight(node, i)), bias: null },
      ] as const,
    ];
  });
  return Object.fromEntries(entries);
}

async function pictureOf(engine: Engine, value: (i: number) => number): Promise<Tensor> {
  return engine.upload(
    Float32Array.from({ length: 3 * side * side }, (_, i) => value(i)),
    [1, 3, side, side],
  );
}

const unit = { node: `relu ${depth - 1}`, channel: 1, y: middle.y, x: middle.x } as const;

/** Frees the pictures and expects that nothing else is left. */
async function fieldOf(engine: Engine, pictures: readonly Tensor[], more: Partial<EffectiveFieldRequest> = {}) {
  try {
    const parameters = weights(() => 1 / 9);
    const request = {
      engine,
      graph: network(),
      picture: 'x',
      pictures,
      unit,
      measure: 'absolute',
      draws: 1,
      firstSeed: 0,
      limit: Number.POSITIVE_INFINITY,
    } as const;
    return await measureEffectiveField({ ...request, parametersOf: () => parameters, ...more });
  } finally {
    for (const picture of pictures) picture.free();
    expect(engine.counters.liveTensors).toBe(0);
  }
}

/** Laws of `measureEffectiveField`, as tests; `engine` is asked for when they run. */
export function fieldLaws(engine: () => Engine): void {
  it('are as wide as theory has it for uniform kernels: sqrt(4 (9 - 1) / 12) = 1.63', async () => {
    const map = await fieldOf(engine(), [await pictureOf(engine(), () => 1)]);
    const summary = summarise(map, middle)!;
    expect(summary.std.h).toBeCloseTo(expected.std, 4);
    expect(summary.std.w).toBeCloseTo(expected.std, 4);
    expect(summary.mean.y).toBeCloseTo(middle.y, 4);
    // Two channels three times: 2^3 ways for each of three channels, whose kernels add up to 1.
    expect(summary.total).toBeCloseTo(24, 3);
    expect(summarise(map, middle, 1)!.square.side).toBe(expected.size);
  });

  it('are those of the photo: its dark half gives nothing back, the mean over both photos half', async () => {
    const bright = () => pictureOf(engine(), () => 1);
    const dark = () => pictureOf(engine(), () => -1);
    const none = await fieldOf(engine(), [await dark()]);
    expect(summarise(none, middle)).toBeNull();
    const both = await fieldOf(engine(), [await bright(), await dark()]);
    expect(summarise(both, middle)!.total).toBeCloseTo(12, 3);
  });

  it('are as wide as theory has it for random kernels, as the mean square over draws', async () => {
    const linear: Graph = {
      nodes: network().nodes.map((node) =>
        node.operator.kind === 'activation' ? { ...node, operator: { kind: 'activation', function: 'none' } } : node,
      ),
    };
    const map = await fieldOf(engine(), [await pictureOf(engine(), () => 1)], {
      ...{ graph: linear, measure: 'squared', draws: 40, unit: { ...unit, channel: 'random signs' } },
      parametersOf: (draw) => weights((node, i) => normalAt(draw, node, i)),
    });
    const { std } = summarise(map, middle)!;
    expect(Math.abs(std.h / expectedStd(expected.std, 'squared', 'random') - 1)).toBeLessThan(0.2);
  });

  it('take the masks of a network that drops', async () => {
    const nodes: readonly GraphNode[] = network().nodes.map((node) =>
      node.operator.kind === 'activation' ? { ...node, operator: { kind: 'dropout', p: 0.5 } } : node,
    );
    const shapes = inferShapes({ nodes }, { x: [1, 3, side, side] });
    if (!shapes.ok) throw new Error(shapes.error.message);
    const { graph, masks } = droppedNetwork({ nodes }, shapes.value);
    const map = await fieldOf(engine(), [await pictureOf(engine(), () => 1)], { graph, draws: 6, othersOf: masks });
    const whole = summarise(map, middle, 1);
    expect(whole === null || whole.square.side <= expected.size).toBe(true);
    expect(whole?.total ?? 0).not.toBeCloseTo(24, 3);
  });

  it('say how far they are, and stop between two runs', async () => {
    const aborter = new AbortController();
    const done: (readonly [number, number])[] = [];
    const measured = fieldOf(engine(), [await pictureOf(engine(), () => 1)], {
      draws: 5,
      onProgress: (...progress) => {
        done.push(progress);
        if (progress[0] === 2) aborter.abort(new Error('enough'));
      },
      signal: aborter.signal,
    });
    await expect(measured).rejects.toThrow('enough');
    expect(done).toEqual([
      [1, 5],
      [2, 5],
    ]);
  });
}
