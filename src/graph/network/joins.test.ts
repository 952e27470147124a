import { describe, expect, it } from 'vitest';
import { architecture } from '../architectures/index.ts';
import type { Graph } from '../graph.ts';
import { inferShapes } from '../infer.ts';
import { validateGraph } from '../validate.ts';
import { inferEach, needLayers, runnablePart } from './inferEach.ts';
import { addJoinInput, branchFrom, inputFits, joinError, joinRefusals, reconnect, removeJoinInput } from './joins.ts';
import { inOrder } from './order.ts';

const picture = [1, 3, 64, 64] as const;
const vgg = architecture('vgg11', picture);
const inputsOf = (graph: Graph, id: string) => graph.nodes.find((node) => node.id === id)?.inputs;
const joined = (graph: Graph, from: string, to: string, name: 'add' | 'concat') => {
  const result = branchFrom(graph, from, to, name);
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
};

describe('a skip connection', () => {
  it('joins behind its end, and the readers of the end read the join', () => {
    const { graph, focus } = joined(vgg, 'features.8', 'features.9', 'add');
    expect(focus).toBe('features.add');
    expect(inputsOf(graph, 'features.add')).toEqual(['features.9', 'features.8']);
    expect(inputsOf(graph, 'features.10')).toEqual(['features.add']);
    expect(validateGraph(graph).ok).toBe(true);
  });

  it('is one more input where its end is a concatenation already', () => {
    const first = joined(vgg, 'features.3', 'features.4', 'concat');
    const second = joined(first.graph, 'features.3', first.focus, 'concat');
    expect(second.focus).toBe(first.focus);
    expect(inputsOf(second.graph, first.focus)).toEqual(['features.4', 'features.3', 'features.3']);
    const third = addJoinInput(second.graph, first.focus, 'input');
    expect(third.ok && inputsOf(third.value.graph, first.focus)).toHaveLength(4);
  });

  it('backwards would be a cycle, and says so', () => {
    const refused = branchFrom(vgg, 'features.9', 'features.3', 'add');
    expect(refused).toMatchObject({ ok: false, error: { code: 'cycle' } });
    expect(!refused.ok && refused.error.message).toBe(
      "'features.9' reads 'features.3': joined again they would be a cycle",
    );
    expect(branchFrom(vgg, 'features.3', 'features.3', 'add')).toMatchObject({ ok: false, error: { code: 'cycle' } });
    expect(reconnect(vgg, 'features.3', 0, 'features.9')).toMatchObject({ ok: false, error: { code: 'cycle' } });
  });

  it("that does not fit is said in PyTorch's words before it is made", () => {
    expect(
      joinError('add', [
        [1, 64, 32, 32],
        [1, 128, 32, 32],
      ])?.message,
    ).toBe('The size of tensor a (64) must match the size of tensor b (128) at non-singleton dimension 1');
    expect(
      joinError('concat', [
        [1, 64, 32, 32],
        [1, 128, 16, 32],
      ])?.message,
    ).toBe(
      'Sizes of tensors must match except in dimension 1. Expected size 32 but got size 16 for tensor number 1 in the list.',
    );
    expect(
      joinError('concat', [
        [1, 64, 32, 32],
        [1, 128, 32, 32],
      ]),
    ).toBeNull();
  });

  it('is known to fit or not of every layer before anybody tries, with what both give', () => {
    const inferred = inferShapes(vgg, { input: picture });
    const shapes = inferred.ok ? inferred.value : {};
    const refusalOf = joinRefusals(vgg, shapes, 'features.9', 'add');
    // 256 maps of 16 x 16 from both; 128 of 32 x 32 from the layer in front of the pool.
    expect(refusalOf('features.8')).toBeNull();
    expect(refusalOf('features.4')).toMatchObject({
      from: 'features.4',
      to: 'features.9',
      error: {
        code: 'sizes-differ',
        message: 'The size of tensor a (16) must match the size of tensor b (32) at non-singleton dimension 3',
      },
      shapes: [
        { node: 'features.9', shape: [1, 256, 16, 16] },
        { node: 'features.4', shape: [1, 128, 32, 32] },
      ],
    });
    expect(refusalOf('features.12')).toMatchObject({ error: { code: 'cycle' }, shapes: [] });
    expect(joinRefusals(vgg, shapes, 'features.9', 'concat')('features.5')).toBeNull();
    const { graph, focus } = joined(vgg, 'features.8', 'features.9', 'add');
    const fits = inputFits(graph, shapes, focus, 1);
    expect(['features.8', 'features.6', 'features.4'].map(fits)).toEqual([true, true, false]);
  });

  it('goes with its second input, and readers read the first again', () => {
    const { graph, focus } = joined(vgg, 'features.8', 'features.9', 'add');
    expect(removeJoinInput(graph, focus, 1)).toEqual(vgg);
    const three = joined(joined(vgg, 'features.3', 'features.4', 'concat').graph, 'input', 'features.concat', 'concat');
    expect(inputsOf(removeJoinInput(three.graph, three.focus, 0), three.focus)).toEqual(['features.3', 'input']);
  });
});

describe('a network that is wrong in places', () => {
  it('has an error where two shapes do not fit, with both, and goes on elsewhere', () => {
    const { graph, focus } = joined(vgg, 'features.3', 'features.9', 'add');
    const states = inferEach(graph, { input: picture });
    expect(states[focus]).toMatchObject({
      state: 'error',
      error: { code: 'sizes-differ' },
      inputs: [
        [1, 256, 16, 16],
        [1, 128, 32, 32],
      ],
    });
    expect(states['features.10']).toEqual({ state: 'before', node: focus });
    expect(states['classifier.6']).toEqual({ state: 'before', node: focus });
    const part = runnablePart(graph, states);
    expect(part.nodes.map(({ id }) => id)).toContain('features.9');
    expect(validateGraph(part).ok).toBe(true);
  });

  it('says zero sizes, cycles, wrong numbers of inputs, unknown and repeated nodes at their place', () => {
    const relu = { kind: 'activation', function: 'relu' } as const;
    const input = { id: 'input', operator: { kind: 'input', channels: 3 }, inputs: [] } as const;
    const graph: Graph = {
      nodes: [
        input,
        { id: 'crop', operator: { kind: 'adaptive_pool2d', function: 'max', outputSize: [0, 4] }, inputs: ['input'] },
        { id: 'a', operator: relu, inputs: ['b'] },
        { id: 'b', operator: relu, inputs: ['a'] },
        { id: 'two', operator: relu, inputs: ['input', 'input'] },
        { id: 'lost', operator: relu, inputs: ['nowhere'] },
        { id: 'fine', operator: relu, inputs: ['input'] },
        { id: 'twice', operator: relu, inputs: ['input'] },
        { id: 'twice', operator: relu, inputs: ['input'] },
      ],
    };
    const states = inferEach(graph, { input: picture });
    const codes = Object.entries(states).map(([id, state]) => [
      id,
      state.state === 'error' ? state.error.code : state.state,
    ]);
    expect(Object.fromEntries(codes)).toEqual({
      input: 'shape',
      crop: 'output-too-small',
      a: 'cycle',
      b: 'before',
      two: 'wrong-arity',
      lost: 'unknown-node',
      fine: 'shape',
      twice: 'duplicate-node',
    });
    expect(needLayers({ nodes: [input] })).toMatchObject({ ok: false, error: { code: 'empty-network' } });
  });
});

describe('the order of nodes', () => {
  const node = (id: string, ...inputs: string[]) => ({ id, operator: { kind: 'dropout', p: 0 } as const, inputs });

  it('puts each behind what it reads and leaves the rest where it is', () => {
    const ordered = inOrder([node('c', 'b'), node('a'), node('b', 'a'), node('d', 'a')]);
    expect(ordered.ok && ordered.value.nodes.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('names a cycle', () => {
    const refused = inOrder([node('a'), node('b', 'a', 'd'), node('c', 'b'), node('d', 'c')]);
    expect(!refused.ok && refused.error.message).toMatch(/^the network has a cycle: ('\w' -> ){3}'\w'$/);
  });
});
