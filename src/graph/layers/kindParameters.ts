/**
 * The weights of a layer of any kind: random ones by (seed, node), or one classic filter wherever the layer has a kernel, shared out evenly
 * over the channels that a filter reads. What only mixes channels (1 x 1, fully connected) stays random: a classic filter says nothing
 * about channels.
 */
import { matrix, rowOf } from '../../math/matrix.ts';
import { svd } from '../../math/svd.ts';
import { rulesOf } from '../../operators/index.ts';
import type { LocallyConnected2d } from '../../operators/locallyConnected2d/attributes.ts';
import type { ParameterValues } from '../../operators/operator.ts';
import type { GraphNode, GraphParameters } from '../graph.ts';
import type { NamedFilter } from '../weights/filterState.ts';
import { filterWeight, takesFilters } from '../weights/layerFilters.ts';
import { namedFilter } from '../weights/namedFilter.ts';
import { randomFilter } from '../weights/randomFilter.ts';
import type { Layer } from './layer.ts';
import { randomParameters } from './randomParameters.ts';

export interface KindWeights {
  readonly kernel: 'random' | NamedFilter;
  readonly seed: number;
}

/** Classic filters are made of nothing stored. */
const noSources = { learned: () => null, custom: () => null };

/** Parameters of all of the layer's `nodes` that have some; no bias but zeros. */
export function kindParameters(
  layer: Layer,
  nodes: readonly GraphNode[],
  { kernel, seed }: KindWeights,
): GraphParameters {
  const drawn: Record<string, ParameterValues> = { ...randomParameters(nodes, seed) };
  for (const { id, operator } of nodes) {
    const former = drawn[id];
    if (!former) continue;
    // What makes a deformable layer's offsets is no filter of the picture: it stays random.
    const isOffsets = layer.kind === 'deformable' && operator === layer.offsets;
    if (kernel !== 'random' && takesFilters(operator) && !isOffsets)
      drawn[id] = { ...former, weight: filterWeight(operator, kernel, noSources) };
    else if (operator.kind === 'locally_connected2d') drawn[id] = localParameters(operator, seed);
  }
  if (layer.kind === 'spatially_separable' && kernel !== 'random')
    return { ...drawn, ...rankOnes(layer, nodes, kernel) };
  return drawn;
}

/** Weights [positions, filters, Cin kh kw]: every position draws its own. */
function localParameters(local: LocallyConnected2d, seed: number): ParameterValues {
  const { inChannels, kernelSize } = local;
  const [weight, bias] = rulesOf(local).parameters(local);
  const [positions = 0, filters = 0, each = 0] = weight?.shape ?? [];
  const values = new Float32Array(positions * filters * each);
  const size = { slices: inChannels, size: kernelSize, outChannels: filters };
  for (let index = 0; index < positions * filters; index++) {
    values.set(randomFilter({ distribution: 'he', seed, index }, size), index * each);
  }
  const count = bias?.shape.reduce((product, side) => product * side, 1);
  return { weight: values, bias: count === undefined ? null : new Float32Array(count) };
}

/**
 * The classic filter as columns times rows: middle channel m stands for output m mod N, the first for its best rank 1 (Eckart & Young 1936),
 * the next for the rank that comes next. With as many middle channels as outputs every map shows the best rank 1.
 */
function rankOnes(
  { vertical, horizontal }: Extract<Layer, { readonly kind: 'spatially_separable' }>,
  nodes: readonly GraphNode[],
  name: NamedFilter,
): GraphParameters {
  const [kh, kw] = [vertical.kernelSize[0], horizontal.kernelSize[1]];
  const { values, left, right } = svd(matrix(kh, kw, Float64Array.from(namedFilter(name, [kh, kw]).values)));
  const { inChannels, outChannels: middle } = vertical;
  const outputs = horizontal.outChannels;
  const columns = new Float32Array(middle * inChannels * kh);
  const rows = new Float32Array(outputs * middle * kw);
  for (let m = 0; m < middle; m++) {
    const term = Math.floor(m / outputs);
    const strength = Math.sqrt(values[term] ?? 0);
    if (strength === 0) continue;
    for (let c = 0; c < inChannels; c++)
      for (let a = 0; a < kh; a++)
        columns[(m * inChannels + c) * kh + a] = (strength * rowOf(left, term)[a]!) / inChannels;
    for (let b = 0; b < kw; b++) rows[((m % outputs) * middle + m) * kw + b] = strength * rowOf(right, term)[b]!;
  }
  const [first, second] = nodes;
  if (!first || !second) throw new Error('a spatially separable layer has two convolutions');
  const zeros = (count: number, bias: boolean) => (bias ? new Float32Array(count) : null);
  return {
    [first.id]: { weight: columns, bias: zeros(middle, vertical.bias) },
    [second.id]: { weight: rows, bias: zeros(outputs, horizontal.bias) },
  };
}
