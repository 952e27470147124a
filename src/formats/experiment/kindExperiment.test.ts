import '../../operators/late.ts';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { GraphNode } from '../../graph/graph.ts';
import { inferShapes, type Shapes } from '../../graph/infer.ts';
import { newAttributes } from '../../graph/layers/kindAttributes.ts';
import { fitAttributes, kindLayer } from '../../graph/layers/kindLayer.ts';
import { kindParameters } from '../../graph/layers/kindParameters.ts';
import { type KindName, kindNames } from '../../graph/layers/kinds.ts';
import { layerNodes } from '../../graph/layers/layerNodes.ts';
import { layerKinds, layerOf } from '../../graph/network/kinds.ts';
import { templateGraph } from '../../graph/network/templates.ts';
import { rulesOf } from '../../operators/index.ts';
import { type KindExperiment, kindNpz, kindPyTorch } from './kindExperiment.ts';

const place = { inChannels: 4, inputSize: [5, 6] as const };

function experiment(
  kind: KindName,
  change: Partial<ReturnType<typeof newAttributes>> = {},
): KindExperiment & { readonly shapes: Shapes } {
  const attributes = fitAttributes(kind, { ...newAttributes(kind, 4), ...change }, place);
  const layer = kindLayer(kind, attributes, place);
  const nodes = layerNodes(layer, 'layer', { id: 'bank', shape: [1, 4, 5, 6] });
  const maps = { shape: [1, 4, 5, 6] as const, values: new Float32Array(120) };
  const parameters = kindParameters(layer, nodes, { kernel: 'random', seed: 1 });
  const said = { kind };
  const bank = { id: 'bank', operator: { kind: 'input', channels: 4 }, inputs: [] } as const;
  const shapes = inferShapes({ nodes: [bank, ...nodes] }, { bank: maps.shape });
  if (!shapes.ok) throw new Error(shapes.error.message);
  return {
    shapes: shapes.value,
    nodes,
    parameters,
    source: 'bank',
    activation: 'relu',
    x: maps,
    read: maps,
    constants: {},
    y: maps,
    said,
  };
}

const names = { script: 'cat-pytorch.py', npz: 'cat.npz' };

describe('the arrays of a layer', () => {
  it('have a weight and a bias for each part that has them, in shapes that PyTorch has', () => {
    const files = unzipSync(kindNpz(experiment('separable')));
    expect(Object.keys(files).sort()).toEqual([
      'depthwise.weight.npy',
      'layer.json',
      'pointwise.bias.npy',
      'pointwise.weight.npy',
      'read.npy',
      'x.npy',
      'y.npy',
    ]);
    expect(new TextDecoder().decode(files['depthwise.weight.npy']).slice(0, 80)).toContain("'shape': (4, 1, 3, 3)");
    expect(JSON.parse(new TextDecoder().decode(files['layer.json']))).toEqual({ kind: 'separable' });
  });
});

describe('the script', () => {
  it.each(kindNames)('of a layer computes its parts in order from what it reads: %s', (kind) => {
    const given = experiment(kind);
    const script = kindPyTorch(given, names);
    const assigned = [...script.matchAll(/^(\w+) = /gm)].map(([, name]) => name);
    const parts = given.nodes.map(({ id }) => id.slice(id.indexOf('.') + 1));
    expect(assigned.filter((name, i) => parts.includes(name!) && assigned.indexOf(name) === i)).toEqual(parts);
    expect(script).toContain(`y = F.relu(${parts.at(-1)})`);
    expect(script).toContain('"cat.npz"');
  });

  it('crops a transposed layer, shuffles channels, and weighs samples by a mask', () => {
    const transposed = kindPyTorch(experiment('transposed', { outputPadding: [1, 1] }), names);
    expect(transposed).toContain('stride=(2, 2), output_padding=(1, 1), groups=1');
    expect(transposed).toContain('conv = conv[:, :, 1:conv.shape[2] - 1, 1:conv.shape[3] - 1]');
    expect(kindPyTorch(experiment('shuffled'), names)).toContain('shuffle = F.channel_shuffle(first, 4)');
    const masked = kindPyTorch(experiment('deformable', { hasMask: true }), names);
    expect(masked).toContain('shifts = offsets[0:1, 0:18, 0:5, 0:6]');
    expect(masked).toContain('mask = torch.sigmoid(logits)');
    expect(masked).toContain('mask=mask');
  });
});

describe('a layer of a network', () => {
  /** A node called as in ResNet, with arrays of its shapes. */
  const alone = (operator: GraphNode['operator'], inputs = ['layer1.0.relu']) => {
    const node = { id: 'layer1.1.part', operator, inputs };
    const values: Record<string, Float32Array> = {};
    for (const { name, shape } of rulesOf(operator).parameters(operator))
      values[name] = new Float32Array(shape.reduce((a, b) => a * b, 1));
    const { weight, ...others } = values;
    const parameters = weight ? { [node.id]: { bias: null, weight, ...others } } : {};
    const shapes: Shapes = Object.fromEntries(inputs.map((id) => [id, [1, 8, 4, 6]]));
    return { nodes: [node], parameters, shapes, source: 'layer1.0.relu', activation: 'none' as const };
  };
  const statementOf = (operator: GraphNode['operator']) =>
    kindPyTorch(alone(operator), names)
      .split('\n')
      .filter((line) => line.startsWith('layer1_1_part = '))
      .join('\n')
      .replace('layer1_1_part = ', '');

  it.each(layerKinds)('is one statement in the names of Python, over what the layer reads: %s', (kind) => {
    const operator = layerOf(kind, [1, 8, 4, 6]);
    const statement = statementOf(operator);
    expect(statement).toContain('read');
    const { parameters } = rulesOf(operator);
    const arrays = { weight: 'weight', bias: 'bias', runningMean: 'running_mean', runningVar: 'running_var' };
    const wanted = parameters(operator).map(({ name }) => `a["layer1_1_part.${arrays[name]}"]`);
    expect([...statement.matchAll(/a\["[^"]*"\]/g)].map(([array]) => array).sort()).toEqual(wanted.sort());
    const { nodes, ...experiment } = alone(operator);
    const maps = { shape: [1, 8, 4, 6] as const, values: new Float32Array(192) };
    const files = unzipSync(kindNpz({ ...experiment, nodes, x: maps, read: maps, constants: {}, y: maps, said: {} }));
    for (const array of wanted) expect(Object.keys(files)).toContain(`${array.slice(3, -2)}.npy`);
  });

  it('pools, normalises and drops as it does in the network, not as while training', () => {
    expect(statementOf(layerOf('pool2d', [1, 8, 4, 6]))).toBe('nn.MaxPool2d(2)(read)');
    expect(statementOf(layerOf('dropout', [1, 8, 4, 6]))).toBe('read');
    expect(statementOf(layerOf('batch_norm2d', [1, 8, 4, 6]))).toBe(
      'F.batch_norm(read, a["layer1_1_part.running_mean"], a["layer1_1_part.running_var"], a["layer1_1_part.weight"], a["layer1_1_part.bias"], eps=0.00001)',
    );
    expect(kindPyTorch(alone(layerOf('pool2d', [1, 8, 4, 6])), names)).toContain('import torch.nn as nn\n');
    const blocks = { kind: 'space_to_depth', block: 2, mode: 'DCR' } as const;
    expect(kindPyTorch(alone(blocks), names)).toMatch(
      /def space_to_depth\(x, block\):[\s\S]*= space_to_depth\(read, 2\)/,
    );
    const turned = { kind: 'slice', start: [0, 0, 3, 0], count: [1, 8, 2, 6], step: [1, 1, -2, 1] } as const;
    expect(statementOf(turned)).toBe('read[0:1, 0:8, 1:4:2, 0:6].flip(2)');
  });

  it('reads the offsets of a deformable layer from the file', () => {
    const block = templateGraph({ template: 'block', name: 'deformable' }, [1, 8, 4, 6]);
    const deformable = block.ok && block.value.nodes.find(({ operator }) => operator.kind === 'deform_conv2d');
    if (!deformable) throw new Error('the block has no deformable layer');
    const script = kindPyTorch(alone(deformable.operator, ['layer1.0.relu', 'layer1.1.offset']), names);
    expect(script).toContain('layer1_1_offset = a["layer1_1_offset"]\n');
    expect(script).toContain('deform_conv2d(F.pad(read, (1, 1, 1, 1), mode="constant"), layer1_1_offset, ');
  });
});
