import '../../operators/late.ts';
import { describe, expect, it } from 'vitest';
import type { Graph } from '../../graph/graph.ts';
import { inferShapes } from '../../graph/infer.ts';
import type { ActivationName } from '../../operators/activation/attributes.ts';
import type { Conv2d } from '../../operators/conv2d/attributes.ts';
import { createPool2d } from '../../operators/pool2d/index.ts';
import { describeStep, planRun, runStepOf } from './plan.ts';

const conv: Conv2d = {
  kind: 'conv2d',
  inChannels: 1,
  outChannels: 1,
  kernelSize: [3, 3],
  stride: [1, 1],
  padding: 'same',
  dilation: [1, 1],
  groups: 1,
  bias: false,
  paddingMode: 'zeros',
};
const active = (name: ActivationName) => ({ kind: 'activation' as const, function: name });

/** x → a → relu → none → b → tanh, one map of 10 x 10: 400 bytes each. */
const graph: Graph = {
  nodes: [
    { id: 'x', operator: { kind: 'input', channels: 1 }, inputs: [] },
    { id: 'a', operator: conv, inputs: ['x'] },
    { id: 'relu', operator: active('relu'), inputs: ['a'] },
    { id: 'none', operator: active('none'), inputs: ['relu'] },
    { id: 'b', operator: conv, inputs: ['none'] },
    { id: 'tanh', operator: active('tanh'), inputs: ['b'] },
  ],
};

function planned(wanted: readonly string[], budget = 1e9, of = graph): string[] {
  const shapes = inferShapes(of, { x: [1, 1, 10, 10] });
  if (!shapes.ok) throw new Error(shapes.error.message);
  return planRun(of, shapes.value, wanted, budget).map((step) => {
    const what =
      step.kind === 'same'
        ? `= ${step.reads}`
        : `${describeStep(step)} of ${step.reads}${step.isKept ? '' : ', described'}`;
    return `${step.node}: ${what}`;
  });
}

describe('the plan of a run', () => {
  it('joins activations to the convolution before them when nobody asks for what is between', () => {
    expect(planned(['tanh'])).toEqual(['none: conv2d k3 s1 + relu of x', 'tanh: conv2d k3 s1 + tanh of none']);
  });

  it('activates an input as it is, and whatever a pooling gives', () => {
    const of = {
      nodes: [
        graph.nodes[0]!,
        { id: 'direct', operator: active('relu'), inputs: ['x'] },
        { id: 'pool', operator: createPool2d({ function: 'max', kernelSize: [2, 2] }), inputs: ['direct'] },
        { id: 'pooled', operator: active('tanh'), inputs: ['pool'] },
      ],
    };
    expect(planned(['pooled'], 1e9, of)).toEqual(['direct: relu of x', 'pooled: pool2d + tanh of direct']);
  });

  it('says of each step whose programs it runs and what they compute besides', () => {
    const shapes = inferShapes(graph, { x: [1, 1, 10, 10] });
    if (!shapes.ok) throw new Error(shapes.error.message);
    expect(planRun(graph, shapes.value, ['relu', 'none', 'tanh'], 1e9).map(runStepOf)).toEqual([
      { node: 'a', fused: ['relu'], programs: ['conv2d k3 s1 + relu'] },
      { node: 'none', fused: [], programs: [] },
      { node: 'b', fused: ['tanh'], programs: ['conv2d k3 s1 + tanh'] },
    ]);
  });

  it('computes nothing that is not needed', () => {
    expect(planned(['a'])).toEqual(['a: conv2d k3 s1 of x']);
    expect(planned(['x'])).toEqual([]);
  });

  it('keeps the maps before an activation when they are wanted too, and gives "none" the same maps', () => {
    expect(planned(['a', 'none'])).toEqual(['a: conv2d k3 s1 of x', 'none: relu of a']);
    expect(planned(['relu', 'none'])).toEqual(['relu: conv2d k3 s1 + relu of x', 'none: = relu']);
  });

  it('only describes what does not fit into the budget: activations first, never what a convolution reads', () => {
    expect(planned(['b', 'tanh'], 400)).toEqual([
      'none: conv2d k3 s1 + relu of x',
      'b: conv2d k3 s1 of none',
      'tanh: tanh of b, described',
    ]);
    expect(planned(['none', 'tanh'], 0)).toEqual([
      'none: conv2d k3 s1 + relu of x',
      'tanh: conv2d k3 s1 + tanh of none, described',
    ]);
  });
});
