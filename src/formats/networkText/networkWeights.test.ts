/** A network that was pruned, saved as Python and as weights, and both read back. */
import { expect, it } from 'vitest';
import { type Constants, prune } from '../../analysis/pruning/prune.ts';
import type { Graph, GraphParameters } from '../../graph/graph.ts';
import { inferShapes } from '../../graph/infer.ts';
import { createConv2d } from '../../operators/conv2d/index.ts';
import { rulesOf } from '../../operators/index.ts';
import '../../operators/late.ts';
import type { Shape } from '../../operators/operator.ts';
import { readDescribedSafetensors } from '../safetensors.ts';
import { writeSafetensors } from '../writeSafetensors.ts';
import { namedBuffers, namedWeights, weightsFor, withLoading } from './networkWeights.ts';
import { readNetwork } from './readModule.ts';
import { writeModule } from './writeModule.ts';

const picture: Shape = [1, 3, 8, 9];
const graph: Graph = {
  nodes: [
    { id: 'input', operator: { kind: 'input', channels: 3 }, inputs: [] },
    {
      id: 'stage1.conv',
      operator: createConv2d({ inChannels: 3, outChannels: 4, kernelSize: [3, 3] }),
      inputs: ['input'],
    },
    { id: 'stage1.bn', operator: { kind: 'batch_norm2d', numFeatures: 4, eps: 1e-5 }, inputs: ['stage1.conv'] },
    { id: 'relu', operator: { kind: 'activation', function: 'relu' }, inputs: ['stage1.bn'] },
    {
      id: 'conv2',
      operator: createConv2d({ inChannels: 4, outChannels: 2, kernelSize: [3, 3], bias: false }),
      inputs: ['relu'],
    },
    { id: 'flatten', operator: { kind: 'reshape', shape: [1, 40, 1, 1] }, inputs: ['conv2'] },
    { id: 'fc', operator: { kind: 'linear', inFeatures: 40, outFeatures: 5, bias: true }, inputs: ['flatten'] },
  ],
};

function drawn(): GraphParameters {
  const all = graph.nodes.flatMap(({ id, operator }, i) => {
    const specs = rulesOf(operator).parameters(operator);
    const own = specs.map(({ name, shape }, j) => {
      const length = shape.reduce((a, b) => a * b, 1);
      return [name, Float32Array.from({ length }, (_, k) => 1.5 + Math.sin(i + 2 * j + 3 * k))];
    });
    return own.length === 0 ? [] : [[id, { bias: null, ...Object.fromEntries(own) }]];
  });
  return Object.fromEntries(all);
}

function pruned(constants: Constants = 'bias') {
  const shapes = inferShapes(graph, { input: picture });
  if (!shapes.ok) throw new Error(shapes.error.message);
  const result = prune(graph, drawn(), shapes.value, { 'stage1.conv': [1, 3] }, { constants });
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}

it('comes back as the same graph and the same numbers, under the names that PyTorch gives them', () => {
  const after = pruned();
  const bytes = writeSafetensors(namedWeights(after.graph, after.parameters), { network: 'small' });
  const text = withLoading(writeModule(after.graph, after.shapes).text, 'small.safetensors');
  expect(text).toContain('def load(path="small.safetensors"):');
  expect(text).toContain('self.stage1_conv = nn.Conv2d(3, 2');
  const back = readNetwork(text, picture);
  const file = readDescribedSafetensors(bytes);
  if (!back.ok || !file.ok) throw new Error(`not read:\n${text}`);
  expect(back.value).toEqual(after.graph);
  expect(file.value.metadata.get('network')).toBe('small');
  expect([...file.value.tensors].map(([name, { shape }]) => `${name} ${shape.join('x')}`)).toEqual([
    ...['stage1_conv.weight 2x3x3x3', 'stage1_conv.bias 2', 'stage1_bn.weight 2', 'stage1_bn.bias 2'],
    ...['stage1_bn.running_mean 2', 'stage1_bn.running_var 2', 'conv2.weight 2x2x3x3', 'conv2.bias 2'],
    ...['fc.weight 5x40', 'fc.bias 5'],
  ]);
  expect(weightsFor(back.value, file.value.tensors)).toEqual({ ok: true, value: after.parameters });
});

it('comes back with the map that keeps the border exact, as a registered buffer', () => {
  const padded = padding();
  const { graph: made, shapes, inputs, parameters } = padded;
  expect(Object.keys(inputs)).toEqual(['conv2_bias_map']);
  const tensors = new Map([...namedWeights(made, parameters), ...namedBuffers(made, inputs)]);
  const { text } = writeModule(made, shapes, Object.keys(inputs));
  expect(text).toContain('self.register_buffer("conv2_bias_map", torch.zeros(1, 2, 8, 9))');
  expect(text).toContain('def forward(self, x):');
  const back = readNetwork(text, picture, { buffers: true });
  if (!back.ok) throw new Error(`${back.error.message}\n${text}`);
  expect(back.value).toEqual(made);
  const file = readDescribedSafetensors(writeSafetensors(tensors));
  if (!file.ok) throw new Error(file.error.code);
  expect(file.value.tensors.get('conv2_bias_map')).toEqual(inputs.conv2_bias_map);
  // Where a network of one picture is wanted it has no place.
  expect(readNetwork(text, picture)).toMatchObject({ ok: false });
});

/** Two convolutions of which the second pads, the first without two channels that are constant. */
function padding() {
  const [input, first] = [graph.nodes[0]!, graph.nodes[1]!];
  const operator = createConv2d({
    inChannels: 4,
    outChannels: 2,
    kernelSize: [3, 3],
    padding: { top: 1, bottom: 1, left: 1, right: 1 },
  });
  const conv1 = createConv2d({
    inChannels: 3,
    outChannels: 4,
    kernelSize: [3, 3],
    padding: { top: 1, bottom: 1, left: 1, right: 1 },
  });
  const nodes = [input, { ...first, operator: conv1 }, { id: 'conv2', operator, inputs: [first.id] }];
  const shapes = inferShapes({ nodes }, { input: picture });
  if (!shapes.ok) throw new Error(shapes.error.message);
  const filled = (length: number) => Float32Array.from({ length }, (_, i) => 1 + Math.sin(i));
  const parameters = {
    [first.id]: { weight: filled(4 * 27), bias: filled(4) },
    conv2: { weight: filled(2 * 36), bias: filled(2) },
  };
  const result = prune({ nodes }, parameters, shapes.value, { [first.id]: [1, 3] }, { constants: 'bias-map' });
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}

it('is refused where a tensor is missing or of another shape', () => {
  const after = pruned();
  const tensors = new Map(namedWeights(after.graph, after.parameters));
  tensors.delete('fc.bias');
  expect(weightsFor(after.graph, tensors)).toMatchObject({ ok: false });
  expect(weightsFor(graph, namedWeights(after.graph, after.parameters))).toMatchObject({ ok: false });
});
