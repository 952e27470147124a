/** Networks that ship, pruned, written as files and read back. */
import { describe, expect, it } from 'vitest';
import '../../../operators/late.ts';
import { type Constants, type Pruned, prune } from '../../../analysis/pruning/prune.ts';
import { weightsFor } from '../../../formats/networkText/networkWeights.ts';
import { readNetwork } from '../../../formats/networkText/readModule.ts';
import { readDescribedSafetensors } from '../../../formats/safetensors.ts';
import type { TrainedSampleName } from '../../../formats/trained/samples.ts';
import { sampleOfDisk } from '../../../formats/trained/testing/samplesOfDisk.ts';
import type { Graph } from '../../../graph/graph.ts';
import { subjectOf } from '../subject.ts';
import { pruneBaseOf, weightsOf } from './pruneBase.ts';
import { prunedModule, prunedWeights } from './prunedFiles.ts';

const side = 33;
const picture = {
  ...{ width: side, height: side, fullWidth: side, fullHeight: side, channels: 3, name: 'test', opaque: true },
  rgba: new Uint8ClampedArray(4 * side * side),
  values: new Float32Array(3 * side * side).fill(0.5),
};

async function pruned(name: TrainedSampleName, layer: number, channels: readonly number[], constants: Constants) {
  const base = pruneBaseOf(subjectOf(await sampleOfDisk(name)), picture);
  const { graph, shapes, subject } = base;
  const made = prune(graph, weightsOf(base), shapes, { [subject.layers[layer]!.node]: channels }, { constants });
  if (!made.ok) throw new Error(`${made.error.code} at ${made.error.node}`);
  return { base, made: made.value };
}

/** What a graph is but for the names of its nodes: operators, and where each reads. */
function structure({ nodes }: Graph) {
  const places = new Map(nodes.map(({ id }, at) => [id, at]));
  // Padding counts in no maximum, whatever the attribute says.
  const known = ({ operator }: Graph['nodes'][number]) =>
    operator.kind === 'pool2d' && operator.function === 'max' ? { ...operator, countIncludePad: true } : operator;
  return nodes.map((node) => ({ operator: known(node), inputs: node.inputs.map((id) => places.get(id)) }));
}

const valuesOf = ({ nodes }: Graph, parameters: Pruned['parameters']) =>
  nodes.flatMap(({ id }) => {
    const values = parameters[id];
    return values ? [{ weight: values.weight, bias: values.bias }] : [];
  });

describe.each([
  ['posenet', 0, [2, 3], 'bias'],
  // A padded convolution reads them: its border is kept exact by a map.
  ['nin-g04', 0, [0, 1, 2, 3], 'bias-map'],
  ['blazeface-front', 0, [1], 'bias'],
] as const)('%s without channels of layer %i', (name, layer, channels, constants) => {
  it('comes back from its module and its weights', async () => {
    const { base, made } = await pruned(name, layer, channels, constants);
    const text = await prunedModule(base, made).text();
    const file = prunedWeights(base, made);
    expect(text).toContain(`def load(path="${file.name}"):`);
    const back = readNetwork(text, made.shapes[base.subject.input]!, { buffers: true });
    if (!back.ok) throw new Error(`${back.error.message}\n${text}`);
    expect(structure(back.value)).toEqual(structure(made.graph));
    const tensors = readDescribedSafetensors(new Uint8Array(await file.arrayBuffer()));
    if (!tensors.ok) throw new Error(tensors.error.code);
    const parameters = weightsFor(back.value, tensors.value.tensors);
    if (!parameters.ok) throw new Error(JSON.stringify(parameters.error));
    expect(valuesOf(back.value, parameters.value)).toEqual(valuesOf(made.graph, made.parameters));
    for (const { shape, values } of Object.values(made.inputs))
      expect([...tensors.value.tensors.values()]).toContainEqual({ shape, values });
  });
});
