/**
 * The learned tensors of a network under the names that they have in PyTorch's `state_dict` of the module that `writeModule.ts` writes, and
 * back: `conv1.weight`, `bn1.running_mean`. Files of them are loaded there by `load_state_dict`.
 */
import type { Graph, GraphParameters, NodeId } from '../../graph/graph.ts';
import { rulesOf } from '../../operators/index.ts';
import type { HostTensor, ParameterSpec, ParameterValues } from '../../operators/operator.ts';
import { type FormatResult, formatError } from '../formatError.ts';
import type { NamedTensor } from '../safetensors.ts';
import { identifiersOf } from './write/identifiers.ts';

const names: Readonly<Record<ParameterSpec['name'], string>> = {
  weight: 'weight',
  bias: 'bias',
  runningMean: 'running_mean',
  runningVar: 'running_var',
};

/** Every learned tensor of the graph: its node, its name in files and its shape. */
function tensorsOf({ nodes }: Graph) {
  const identifiers = identifiersOf(nodes.map(({ id }) => id));
  return nodes.flatMap(({ id, operator }) =>
    rulesOf(operator)
      .parameters(operator)
      .map((spec) => ({ id, spec, name: `${identifiers.get(id)}.${names[spec.name]}` })),
  );
}

/** Tensors that a node does not have (statistics that were not measured) are left out. */
export function namedWeights(graph: Graph, parameters: GraphParameters): ReadonlyMap<string, NamedTensor> {
  const tensors = new Map<string, NamedTensor>();
  for (const { id, spec, name } of tensorsOf(graph)) {
    const values = parameters[id]?.[spec.name];
    if (values) tensors.set(name, { shape: spec.shape, values: Float32Array.from(values) });
  }
  return tensors;
}

/** Tensors of the module's own that `writeModule` was told of, by the names that they have there. */
export function namedBuffers(
  { nodes }: Graph,
  buffers: Readonly<Record<NodeId, HostTensor<Float32Array>>>,
): ReadonlyMap<string, NamedTensor> {
  const names = identifiersOf(nodes.map(({ id }) => id));
  return new Map(
    Object.entries(buffers).map(([id, { shape, values }]) => [
      names.get(id)!,
      { shape, values: Float32Array.from(values) },
    ]),
  );
}

/** The parameters of a graph from a file's tensors; refused where a weight or a bias is missing or of another shape. */
export function weightsFor(graph: Graph, tensors: ReadonlyMap<string, NamedTensor>): FormatResult<GraphParameters> {
  const parameters: Record<NodeId, ParameterValues> = {};
  for (const { id, spec, name } of tensorsOf(graph)) {
    const tensor = tensors.get(name);
    const isStatistic = spec.name === 'runningMean' || spec.name === 'runningVar';
    if (!tensor && isStatistic) continue;
    if (tensor?.shape.join() !== spec.shape.join())
      return formatError('file-malformed', { format: `safetensors, ${name}` });
    const before: ParameterValues = parameters[id] ?? { weight: tensor.values, bias: null };
    parameters[id] = { ...before, [spec.name]: tensor.values };
  }
  return { ok: true, value: parameters };
}

/**
 * The written module with a function that loads its weights from `file`, a name in letters, digits and `-_.`. The counter of batches that
 * PyTorch keeps beside a norm's statistics is no weight and in no file of ours.
 */
export function withLoading(module: string, file: string): string {
  return `${module}

def load(path="${file}"):
    from safetensors.torch import load_file

    network = Network()
    missing, unexpected = network.load_state_dict(load_file(path), strict=False)
    missing = [name for name in missing if not name.endswith("num_batches_tracked")]
    assert not missing and not unexpected, (missing, unexpected)
    return network.eval()
`;
}
