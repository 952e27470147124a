import { describe, expect, it } from 'vitest';
import '../../operators/late.ts';
import type { Graph, GraphNode, GraphParameters } from '../../graph/graph.ts';
import { inferShapes, type Shapes } from '../../graph/infer.ts';
import { runReference } from '../../graph/referenceRun.ts';
import { createConv2d } from '../../operators/conv2d/index.ts';
import { type Operator, rulesOf } from '../../operators/index.ts';
import type { HostTensor, Shape } from '../../operators/operator.ts';
import { type Pruned, type PruneOptions, prune } from './prune.ts';

const picture: Shape = [1, 2, 6, 7];

interface Network {
  readonly graph: Graph;
  readonly shapes: Shapes;
  readonly parameters: GraphParameters;
}

const conv = (inChannels: number, outChannels: number, more: object = {}) =>
  createConv2d({ inChannels, outChannels, kernelSize: [3, 3], padding: 'same', ...more });

/** Numbers in -0.5..0.5 that repeat nowhere. */
function values(length: number, seed: number): Float32Array {
  return Float32Array.from(
    { length },
    (_, i) => ((Math.abs(Math.sin(12.9898 * (i + 1) + seed)) * 43758.5453) % 1) - 0.5,
  );
}

function network(...nodes: readonly (readonly [id: string, operator: Operator, ...inputs: string[]])[]): Network {
  const all: GraphNode[] = [{ id: 'input', operator: { kind: 'input', channels: picture[1] }, inputs: [] }];
  for (const [id, operator, ...inputs] of nodes) all.push({ id, operator, inputs });
  const graph = { nodes: all };
  const shapes = inferShapes(graph, { input: picture });
  if (!shapes.ok) throw new Error(shapes.error.message);
  const parameters = all.flatMap(({ id, operator }, i) => {
    const specs = rulesOf(operator).parameters(operator);
    const filled = specs.map(({ name, shape }, j) => {
      const own = values(
        shape.reduce((a, b) => a * b, 1),
        10 * i + j,
      );
      return [name, name === 'runningVar' ? own.map((v) => v + 1) : own] as const;
    });
    return filled.length === 0 ? [] : [[id, { bias: null, ...Object.fromEntries(filled) }] as const];
  });
  return { graph, shapes: shapes.value, parameters: Object.fromEntries(parameters) as GraphParameters };
}

const photo: HostTensor<Float32Array> = { shape: picture, values: values(2 * 6 * 7, 0.5) };

function pruned(
  { graph, shapes, parameters }: Network,
  removal: Record<string, number[]>,
  options: PruneOptions,
): Pruned {
  const result = prune(graph, parameters, shapes, removal, options);
  if (!result.ok) throw new Error(`${result.error.code} at ${result.error.node}`);
  return result.value;
}

function refusal({ graph, shapes, parameters }: Network, removal: Record<string, number[]>) {
  const result = prune(graph, parameters, shapes, removal, { constants: 'drop' });
  return result.ok ? null : result.error;
}

/** Largest |difference| of the channels that stay of a node, with the photo or another picture. */
function difference(before: Network, after: Pruned, id: string): number {
  const full = runReference(before.graph, { input: photo }, before.parameters)[id]!.output;
  const part = runReference(after.graph, { input: photo, ...after.inputs }, after.parameters)[after.nodeOf[id]!]!
    .output;
  const [, , h, w] = full.shape;
  const plane = h * w;
  expect(part.shape).toEqual([full.shape[0], after.kept[id]!.length, h, w]);
  return part.values.reduce((most, value, i) => {
    const channel = after.kept[id]![Math.floor(i / plane)]!;
    return Math.max(most, Math.abs(value - full.values[channel * plane + (i % plane)]!));
  }, 0);
}

/** The network with the filters of some channels all zero, and their biases as given. */
function silenced(whole: Network, id: string, channels: readonly number[], bias: number): Network {
  const { weight, bias: own } = whole.parameters[id]!;
  const [zeros, biases] = [weight.slice(), own!.slice()];
  const each = weight.length / biases.length;
  for (const c of channels) {
    zeros.fill(0, c * each, (c + 1) * each);
    biases[c] = bias;
  }
  return { ...whole, parameters: { ...whole.parameters, [id]: { weight: zeros, bias: biases } } };
}

const relu: Operator = { kind: 'activation', function: 'relu' };
const chain = () => network(['a', conv(2, 4), 'input'], ['relu', relu, 'a'], ['b', conv(4, 3), 'relu']);

describe('channels that always give the same', () => {
  it('go without a trace where they gave 0', () => {
    const whole = silenced(chain(), 'a', [0, 2], -1);
    const after = pruned(whole, { a: [0, 2] }, { constants: 'drop' });
    expect(difference(whole, after, 'b')).toBe(0);
    expect(after.carried).toEqual([]);
    // (4·2·9 + 4) + (3·4·9 + 3) before, half of what the removed channels touch after.
    expect(after.cost.before.total.parameters).toBe(187);
    expect(after.cost.after.total.parameters).toBe(2 * 2 * 9 + 2 + 3 * 2 * 9 + 3);
    expect(after.cost.after.total.macs).toBe(42 * (2 * 2 * 9 + 3 * 2 * 9));
  });

  it('leave their constant in the bias, and at the border the error that is told', () => {
    const whole = silenced(chain(), 'a', [1], 0.75);
    const dropped = pruned(whole, { a: [1] }, { constants: 'drop' });
    const biased = pruned(whole, { a: [1] }, { constants: 'bias' });
    const exact = pruned(whole, { a: [1] }, { constants: 'bias-map' });
    const told = (after: Pruned) => after.carried[0]!;
    expect(difference(whole, dropped, 'b')).toBeCloseTo(told(dropped).error, 6);
    expect(difference(whole, biased, 'b')).toBeCloseTo(told(biased).error, 6);
    expect(told(biased).error).toBeGreaterThan(0.05);
    // All but the 4 x 5 positions inside.
    expect(told(biased).errorShare).toBeCloseTo(1 - 20 / 42, 12);
    expect(told(exact)).toMatchObject({ done: 'bias-map', error: 0, errorShare: 0 });
    expect(difference(whole, exact, 'b')).toBeLessThan(1e-6);
    expect(Object.values(exact.inputs).map(({ shape }) => shape)).toEqual([[1, 3, 6, 7]]);
  });

  it('need no map where the reader does not pad', () => {
    const whole = silenced(
      network(
        ['a', conv(2, 4), 'input'],
        ['relu', relu, 'a'],
        ['b', conv(4, 3, { padding: 'valid', bias: false }), 'relu'],
      ),
      ...(['a', [3], 0.75] as const),
    );
    const after = pruned(whole, { a: [3] }, { constants: 'bias-map' });
    expect(after.inputs).toEqual({});
    expect(after.carried).toMatchObject([{ node: 'b', done: 'bias', error: 0 }]);
    expect(difference(whole, after, 'b')).toBeLessThan(1e-6);
  });

  it('are followed through norms, layers with filters of their own, concatenations, pools and flattening', () => {
    const whole = silenced(
      network(
        ['a', conv(2, 4), 'input'],
        ['norm', { kind: 'batch_norm2d', numFeatures: 4, eps: 1e-5 }, 'a'],
        ['dw', conv(4, 8, { groups: 4, stride: [2, 2], padding: { top: 1, bottom: 1, left: 1, right: 1 } }), 'norm'],
        ['side', conv(4, 2, { stride: [2, 2], padding: { top: 1, bottom: 1, left: 1, right: 1 } }), 'norm'],
        ['cat', { kind: 'concat', axis: 1 }, 'side', 'dw'],
        ['shuffle', { kind: 'channel_shuffle', groups: 2 }, 'cat'],
        ['flat', { kind: 'reshape', shape: [1, 120, 1, 1] }, 'shuffle'],
        ['fc', { kind: 'linear', inFeatures: 120, outFeatures: 5, bias: true }, 'flat'],
      ),
      ...(['a', [1, 2], 0.75] as const),
    );
    const after = pruned(whole, { a: [1, 2] }, { constants: 'bias-map' });
    expect(after.kept.dw).toEqual([0, 1, 6, 7]);
    expect(after.shapes.flat).toEqual([1, 72, 1, 1]);
    expect(difference(whole, after, 'fc')).toBeLessThan(1e-5);
    expect(after.notCarried).toEqual([]);
  });
});

describe('what goes along, and what cannot go', () => {
  const residual = () =>
    network(
      ['a', conv(2, 4), 'input'],
      ['b', conv(4, 4), 'a'],
      ['sum', { kind: 'arithmetic', function: 'add' }, 'a', 'b'],
      ['c', conv(4, 2), 'sum'],
    );

  it('is the channel of the other branch of an addition', () => {
    const after = pruned(residual(), { b: [2] }, { constants: 'drop' });
    expect(after.removal).toEqual({ a: [2], b: [2] });
    expect(after.shapes.sum![1]).toBe(3);
  });

  it("is refused at the network's output and input, and for channels that are not there", () => {
    expect(refusal(residual(), { c: [0] })).toEqual({ code: 'network-output', node: 'c' });
    expect(refusal(residual(), { input: [0] })).toEqual({ code: 'network-input', node: 'input' });
    expect(refusal(residual(), { a: [9] })).toEqual({ code: 'no-such-channel', node: 'a' });
    expect(refusal(residual(), { gone: [0] })).toEqual({ code: 'no-such-channel', node: 'gone' });
    expect(refusal(residual(), { a: [0, 1, 2, 3] })).toEqual({ code: 'nothing-left', node: 'a' });
  });

  it('must leave groups even', () => {
    const grouped = network(['a', conv(2, 4), 'input'], ['b', conv(4, 6, { groups: 2 }), 'a'], ['c', conv(6, 1), 'b']);
    expect(refusal(grouped, { a: [0] })).toEqual({ code: 'uneven-groups', node: 'b', groups: 2 });
    expect(refusal(grouped, { b: [0, 1] })).toEqual({ code: 'uneven-groups', node: 'b', groups: 2 });
    const after = pruned(silenced(grouped, 'a', [1, 2], 0.5), { a: [1, 2] }, { constants: 'bias-map' });
    expect(difference(silenced(grouped, 'a', [1, 2], 0.5), after, 'c')).toBeLessThan(1e-5);
  });
});

describe('a copy', () => {
  const pool: Operator = {
    ...{ kind: 'pool2d', function: 'max', kernelSize: [2, 2], stride: [2, 2], dilation: [1, 1] },
    ...{ padding: { top: 0, bottom: 0, left: 0, right: 0 }, ceilMode: false, countIncludePad: true },
  };
  const pooled = () => network(['a', conv(2, 3), 'input'], ['pool', pool, 'a'], ['b', conv(3, 2), 'pool']);

  /** Channel 2 of a is slope x channel 0 + intercept. */
  function copied(whole: Network, slope: number, intercept: number): Network {
    const { weight, bias } = whole.parameters.a!;
    const [weights, biases] = [weight.slice(), bias!.slice()];
    for (let i = 0; i < 18; i++) weights[36 + i] = slope * weight[i]!;
    biases[2] = slope * bias![0]! + intercept;
    return { ...whole, parameters: { ...whole.parameters, a: { weight: weights, bias: biases } } };
  }
  const merge = (slope: number, intercept: number) => ({ node: 'a', kept: 0, copy: 2, slope, intercept });

  it('is merged into what it is a copy of, its constant too, and nothing changes', () => {
    const whole = copied(pooled(), 0.5, 0.25);
    const after = pruned(whole, {}, { constants: 'bias-map', merges: [merge(0.5, 0.25)] });
    expect(after.removal).toEqual({ a: [2] });
    expect(difference(whole, after, 'b')).toBeLessThan(1e-6);
    expect(difference(whole, pruned(whole, { a: [2] }, { constants: 'bias-map' }), 'b')).toBeGreaterThan(0.05);
  });

  it('says why it is not', () => {
    const why = (whole: Network, options: PruneOptions, removal = {}) => {
      const result = prune(whole.graph, whole.parameters, whole.shapes, removal, options);
      return result.ok ? null : result.error;
    };
    const options: PruneOptions = { constants: 'bias', merges: [merge(-0.5, 0)] };
    expect(why(pooled(), options)).toEqual({ code: 'negative-slope', node: 'pool' });
    expect(why(chain(), { constants: 'bias', merges: [merge(0.5, 0.1)] })).toEqual({ code: 'bends', node: 'relu' });
    expect(why(pooled(), { constants: 'bias', merges: [merge(0.5, 0)] }, { a: [0] })).toEqual({
      ...{ code: 'copy-of-removed', node: 'a' },
    });
    const twice = network(
      ['a', conv(2, 3), 'input'],
      ['relu', relu, 'a'],
      ['b', conv(3, 2), 'relu'],
      ['c', conv(3, 2), 'a'],
    );
    const late: PruneOptions = { constants: 'bias', merges: [{ ...merge(0.5, 0), node: 'relu' }] };
    expect(why(twice, late)).toEqual({ code: 'read-before', node: 'c' });
  });
});
