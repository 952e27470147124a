import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { networks, picture } from '../../../../tests/support/networkCases.ts';
import { createConv2d } from '../../../operators/conv2d/index.ts';
import { type Operator, rulesOf } from '../../../operators/index.ts';
import type { Shape } from '../../../operators/operator.ts';
import { createPool2d } from '../../../operators/pool2d/index.ts';
import { architecture, architectureNames } from '../../architectures/index.ts';
import { inferEach, shapesIn } from '../inferEach.ts';
import { layerKinds, layerOf } from '../kinds.ts';
import { attributeFields } from './fields.ts';
import { type AttributeValue, setAttribute } from './setAttribute.ts';
import { operatorOf, saidAttributes } from './values.ts';

const input: Shape = [1, 12, 9, 11];
const conv = createConv2d({ inChannels: 12, outChannels: 24, kernelSize: [3, 3] });
const fieldOf = (operator: Operator, key: string) =>
  attributeFields(operator, [input]).find((field) => field.key === key);

describe('the fields of a node', () => {
  it("carry PyTorch's names, and none for what follows from the input", () => {
    expect(attributeFields(conv, [input]).map(({ name }) => name)).toEqual([
      ...['out_channels', 'kernel_size', 'stride', 'padding', 'dilation', 'groups', 'bias', 'padding_mode'],
    ]);
  });

  it('end where the layer would have no output: a kernel as large as the padded map, padding half of a pool', () => {
    expect(fieldOf(conv, 'kernelSize')).toMatchObject({ kind: 'pair', value: [3, 3], max: [9, 11] });
    expect(fieldOf(conv, 'dilation')).toMatchObject({ max: [4, 5] });
    expect(fieldOf(conv, 'groups')).toMatchObject({ allowed: [1, 2, 3, 4, 6, 12] });
    const pool = createPool2d({ function: 'max', kernelSize: [3, 3] });
    expect(fieldOf(pool, 'padding')).toMatchObject({ kind: 'sides', max: { top: 1, bottom: 1, left: 1, right: 1 } });
    expect(fieldOf(layerOf('channel_shuffle', input), 'groups')).toMatchObject({ max: 12 });
  });

  it('there are for every kind, and every one can be set to what it is', () => {
    for (const kind of layerKinds) {
      const shape: Shape = kind === 'linear' ? [1, 12, 1, 1] : input;
      const operator = layerOf(kind, shape);
      for (const field of attributeFields(operator, [shape])) {
        const same = setAttribute(operator, field.key, field.value, [shape]);
        expect(same, `${kind} ${field.key}`).toEqual({ operator, moved: [] });
      }
    }
  });

  it('reach no value that leaves a layer without an output', () => {
    const kinds = fc.constantFrom('conv2d', 'pool2d', 'locally_connected2d', 'channel_shuffle', 'group_norm' as const);
    fc.assert(
      fc.property(kinds, fc.nat(), fc.nat(), (kind, pick, to) => {
        const operator = layerOf(kind as (typeof layerKinds)[number], input);
        const fields = attributeFields(operator, [input]);
        const field = fields[pick % fields.length]!;
        const changed = setAttribute(operator, field.key, extreme(field, to), [input]).operator;
        expect(rulesOf(changed).outputShape(changed, [input]).ok, JSON.stringify(changed)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});

/** A value within the field's range. */
function extreme(field: ReturnType<typeof attributeFields>[number], to: number): AttributeValue {
  const within = (min: number, max: number) => min + (to % (Math.min(max, min + 200) - min + 1));
  switch (field.kind) {
    case 'number':
      if (field.allowed) return field.allowed[to % field.allowed.length]!;
      return field.step === null ? field.value : within(field.min, field.max);
    case 'pair':
      return [within(field.min[0], field.max[0]), field.value[1]];
    case 'sides':
      return { ...field.value, left: within(field.min, field.max.left) };
    case 'boolean':
      return !field.value;
    case 'choice':
      return field.choices[to % field.choices.length]!;
    case 'quad':
    case 'axes':
      return field.value;
    default:
      return field satisfies never;
  }
}

describe('setting an attribute', () => {
  it('moves what has to move, and says it', () => {
    const grouped = setAttribute({ ...conv, groups: 4 }, 'outChannels', 30, [input]);
    expect(grouped.operator).toMatchObject({ outChannels: 30, groups: 3 });
    expect(grouped.moved).toEqual([{ attribute: 'groups', from: '4', to: '3' }]);
    const depthwise = setAttribute({ ...conv, outChannels: 20 }, 'groups', 12, [input]);
    expect(depthwise.moved).toEqual([{ attribute: 'out_channels', from: '20', to: '24' }]);
    const wide = setAttribute({ ...conv, dilation: [4, 4] }, 'kernelSize', [5, 5], [input]);
    expect(wide.operator).toMatchObject({ kernelSize: [5, 5], dilation: [2, 2] });
  });

  it('keeps channels far above those of one layer by itself', () => {
    expect(setAttribute(conv, 'outChannels', 2048, [input]).operator).toMatchObject({ outChannels: 2048 });
    expect(setAttribute({ ...conv, outChannels: 2048 }, 'stride', [2, 2], [input]).operator).toMatchObject({
      outChannels: 2048,
      stride: [2, 2],
    });
  });

  it('takes nothing out of bounds or of another form', () => {
    for (const [key, value] of [
      ['kernelSize', [0, 3]],
      ['kernelSize', 3],
      ['padding', 'wide'],
      ['outChannels', 2.5],
      ['bias', 1],
    ] as const)
      expect(setAttribute(conv, key, value, [input])).toEqual({ operator: conv, moved: [] });
  });
});

describe('attributes as a record', () => {
  it('leave defaults out and come back the same', () => {
    expect(saidAttributes(conv)).toEqual({ inChannels: 12, outChannels: 24, kernelSize: [3, 3] });
    const operators = fc.oneof(
      networks(5).map(({ nodes }) => nodes),
      fc.constantFrom(...architectureNames.slice(0, 30)).map((name) => architecture(name, [1, 3, 64, 64]).nodes),
    );
    fc.assert(
      fc.property(operators, (nodes) => {
        for (const { operator } of nodes)
          expect(operatorOf(operator.kind, saidAttributes(operator))).toEqual({ operator });
      }),
      { numRuns: 40 },
    );
  });

  it('name the first that is missing or out of bounds', () => {
    expect(operatorOf('conv2d', { inChannels: 3, kernelSize: [3, 3] })).toEqual({ wrong: 'out_channels' });
    expect(operatorOf('permute', { dims: [0, 1, 1, 2] })).toEqual({ wrong: 'dims' });
    expect(operatorOf('resize', { mode: 'area' })).toEqual({ wrong: 'mode' });
  });
});

it('the fields of a random network say the values that its nodes have', () => {
  fc.assert(
    fc.property(networks(6), (graph) => {
      const shapes = shapesIn(inferEach(graph, { input: picture }));
      for (const { operator, inputs } of graph.nodes)
        for (const field of attributeFields(
          operator,
          inputs.map((id) => shapes[id]!),
        ))
          if (field.kind === 'number') expect(field.value).toBeLessThanOrEqual(field.max);
    }),
    { numRuns: 20 },
  );
});
