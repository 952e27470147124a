import '../operators/late.ts';
import { describe, expect, it } from 'vitest';
import { samplingPoints } from '../operators/deformConv2d/points.ts';
import { rulesOf } from '../operators/index.ts';
import type { HostTensor } from '../operators/operator.ts';
import { inferShapes } from './infer.ts';
import { newAttributes } from './layers/kindAttributes.ts';
import { fitAttributes, kindLayer } from './layers/kindLayer.ts';
import { kindParameters } from './layers/kindParameters.ts';
import { type KindName, kindNames } from './layers/kinds.ts';
import { layerNodes } from './layers/layerNodes.ts';
import { runReference } from './referenceRun.ts';
import { type TermOperator, termBox, unitTerms } from './terms.ts';

const input: HostTensor<Float32Array> = {
  shape: [1, 8, 7, 9],
  values: Float32Array.from({ length: 8 * 7 * 9 }, (_, i) => Math.sin(i * 1.7)),
};
const place = { inChannels: 8, inputSize: [7, 9] as const };

/** Every unit of every node with weights, its terms added up against the float64 reference. */
function largestDifference(kind: KindName, change: Partial<ReturnType<typeof newAttributes>> = {}): number {
  const attributes = fitAttributes(kind, { ...newAttributes(kind, 8), ...change }, place);
  const layer = kindLayer(kind, attributes, place);
  const nodes = layerNodes(layer, 'layer', { id: 'input', shape: input.shape });
  const parameters = kindParameters(layer, nodes, { kernel: 'random', seed: 3 });
  const graph = { nodes: [{ id: 'input', operator: { kind: 'input' as const, channels: 8 }, inputs: [] }, ...nodes] };
  const shapes = inferShapes(graph, { input: input.shape });
  if (!shapes.ok) throw new Error(shapes.error.message);
  const results = runReference(graph, { input }, parameters);
  let most = 0;
  for (const { id, operator, inputs } of nodes) {
    if (rulesOf(operator).parameters(operator).length === 0) continue;
    const terms = operator as TermOperator;
    const read = operator.kind === 'linear' ? input : results[inputs[0]!]!.output;
    const [, channels, height, width] = results[id]!.output.shape;
    for (let at = 0; at < channels * height * width; at += 7) {
      const unit = { channel: Math.floor(at / (height * width)), y: Math.floor(at / width) % height, x: at % width };
      const samples =
        operator.kind === 'deform_conv2d'
          ? samplingPoints(
              operator,
              {
                x: read,
                offset: results[inputs[1]!]!.output,
                mask: operator.hasMask ? results[inputs[2]!]!.output : null,
              },
              { u: unit.y, v: unit.x },
            )
          : undefined;
      const where = { operator: terms, input: read.shape, unit, ...(samples ? { samples } : {}) };
      const box = termBox(where);
      const values = new Float32Array(box ? box.channels * box.height * box.width : 0);
      const [, , H, W] = read.shape;
      if (box)
        for (let i = 0; i < values.length; i++) {
          const c = box.channel + Math.floor(i / (box.height * box.width));
          const y = box.y + (Math.floor(i / box.width) % box.height);
          values[i] = read.values[(c * H + y) * W + box.x + (i % box.width)]!;
        }
      const { sum } = unitTerms(
        where,
        { weightAt: (at) => parameters[id]!.weight[at]!, bias: parameters[id]!.bias },
        box,
        values,
      );
      most = Math.max(most, Math.abs(sum - results[id]!.output.values[at]!));
    }
  }
  return most;
}

describe('the terms of a unit add up to its value', () => {
  it.each(kindNames)('%s', (kind) => {
    expect(largestDifference(kind)).toBeLessThan(1e-5);
  });

  it('with stride, padding that copies, groups, output_padding, masks and offset groups', () => {
    for (const paddingMode of ['reflect', 'circular', 'replicate'] as const)
      expect(largestDifference('grouped', { paddingMode, stride: [2, 1], groups: 2 })).toBeLessThan(1e-5);
    expect(largestDifference('transposed', { outputPadding: [1, 1], groups: 4, kernelSize: [3, 3] })).toBeLessThan(
      1e-5,
    );
    expect(largestDifference('deformable', { hasMask: true, offsetGroups: 2, groups: 2 })).toBeLessThan(1e-5);
    expect(largestDifference('locally_connected', { stride: [2, 2], dilation: [2, 1] })).toBeLessThan(1e-5);
  });
});
