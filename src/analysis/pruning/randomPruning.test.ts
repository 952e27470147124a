/** The law of pruning, on random networks: what nobody hears is not missed, and what cannot go says why. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type RandomNetwork, randomNetworks } from '../../../tests/support/randomNetworks.ts';
import type { GraphParameters, NodeId } from '../../graph/graph.ts';
import { inferShapes } from '../../graph/infer.ts';
import { runReference } from '../../graph/referenceRun.ts';
import { createConv2d } from '../../operators/conv2d/index.ts';
import { elementsOf } from '../../operators/tensors.ts';
import { channelClasses } from './channelClasses.ts';
import { isDepthwise } from './channelFlow.ts';
import { prune } from './prune.ts';

/** The network with a layer of one channel at every end, so that the ends can lose channels. */
function ended({ graph, shapes, parameters }: RandomNetwork) {
  const read = new Set(graph.nodes.flatMap(({ inputs }) => inputs));
  const ends = graph.nodes.filter(({ id }) => !read.has(id));
  const layers = ends.map(({ id }) => ({
    id: `end-${id}`,
    operator: createConv2d({ inChannels: shapes[id]![1], outChannels: 1, kernelSize: [1, 1] }),
    inputs: [id],
  }));
  const all = { nodes: [...graph.nodes, ...layers] };
  const inferred = inferShapes(all, shapes);
  if (!inferred.ok) throw new Error(inferred.error.message);
  const own = layers.map(({ id, operator }) => [
    id,
    { weight: Float32Array.from({ length: operator.inChannels }, (_, i) => 1 - 0.3 * i), bias: Float32Array.of(0.5) },
  ]);
  const values: GraphParameters = { ...parameters, ...Object.fromEntries(own) };
  return { graph: all, shapes: inferred.value, parameters: values };
}

/** Weights with which readers hear nothing of channels: the columns of those are 0. */
function deafened(
  network: ReturnType<typeof ended>,
  isGone: (node: NodeId, channel: number) => boolean,
): GraphParameters {
  const all: Record<NodeId, GraphParameters[string]> = { ...network.parameters };
  for (const { id, operator, inputs } of network.graph.nodes) {
    const [input] = inputs;
    const isReader =
      (operator.kind === 'conv2d' && !isDepthwise(operator)) ||
      (operator.kind === 'conv_transpose2d' && operator.groups === 1);
    if (!isReader || input === undefined) continue;
    const weight = all[id]!.weight.slice();
    const taps = operator.kernelSize[0] * operator.kernelSize[1];
    for (let i = 0; i < weight.length; i++) {
      const columns = operator.inChannels / operator.groups;
      const row = Math.floor(i / taps / columns);
      const group = Math.floor(row / (operator.outChannels / operator.groups));
      const column =
        operator.kind === 'conv2d'
          ? group * columns + (Math.floor(i / taps) % columns)
          : Math.floor(i / taps / operator.outChannels);
      if (isGone(input, column)) weight[i] = 0;
    }
    all[id] = { ...all[id]!, weight };
  }
  return all;
}

const codes = new Set([
  'read-together',
  'network-input',
  'network-output',
  'uneven-groups',
  'order-differs',
  'nothing-left',
]);

it('removing channels that no layer hears changes no output, shapes follow, and refusals have a code', () => {
  let removed = 0;
  fc.assert(
    fc.property(
      randomNetworks(() => 1),
      fc.nat(99),
      fc.nat(99),
      (random, which, channel) => {
        const network = ended(random);
        const { graph, shapes } = network;
        const makers = graph.nodes.filter(
          ({ operator }) => operator.kind === 'conv2d' || operator.kind === 'conv_transpose2d',
        );
        const maker = makers[which % makers.length]!;
        const wanted = { [maker.id]: [channel % shapes[maker.id]![1]] };
        const classes = channelClasses(graph, shapes);
        const isGone = (node: NodeId, c: number) => {
          const [one] = wanted[maker.id]!;
          return classes.classOf(node, c).members === classes.classOf(maker.id, one!).members;
        };
        const parameters = deafened(network, isGone);
        const result = prune(graph, parameters, shapes, wanted, { constants: 'drop' });
        if (!result.ok) return codes.has(result.error.code);
        removed++;
        const { value: after } = result;
        const values = Float32Array.from({ length: elementsOf(shapes.input!) }, (_, i) => Math.abs(Math.sin(i)));
        const inputs = { input: { shape: shapes.input!, values } };
        const whole = runReference(graph, inputs, parameters);
        const part = runReference(after.graph, inputs, after.parameters);
        for (const { id } of graph.nodes) expect(part[id]!.output.shape, id).toEqual(after.shapes[id]);
        for (const { id } of graph.nodes.filter((node) => node.id.startsWith('end-'))) {
          const scale = Math.max(1, ...whole[id]!.magnitude);
          part[id]!.output.values.forEach((value, i) => {
            expect(Math.abs(value - whole[id]!.output.values[i]!) / scale, id).toBeLessThan(1e-9);
          });
        }
        expect(after.cost.after.total.parameters).toBeLessThan(after.cost.before.total.parameters);
        return true;
      },
    ),
    { numRuns: 600 },
  );
  expect(removed).toBeGreaterThan(10);
});
