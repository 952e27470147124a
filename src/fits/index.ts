/**
 * What is lost when a cheaper layer stands in for a standard convolution: the best substitute of each kind in the sense of least
 * squares, either on the weights (no picture needed) or on the responses to one picture. docs/fits.md says which are exact optima.
 */
import { costOf } from '../graph/cost.ts';
import type { Graph, GraphParameters, NodeId } from '../graph/graph.ts';
import { inferShapes } from '../graph/infer.ts';
import { type Matrix, matrix } from '../math/matrix.ts';
import type { Cost, OperatorError, Result } from '../operators/operator.ts';
// The rules of slices, joins and crops, which some substitutes have.
import '../operators/late.ts';
import { fitInput } from './chain.ts';
import { depthwiseSeparableOnResponses, depthwiseSeparableOnWeights } from './depthwiseSeparable.ts';
import { groupedOnResponses, groupedOnWeights } from './grouped.ts';
import { type FitKind, type FittedLayer, fitError } from './kinds.ts';
import { lowRankOnResponses, lowRankOnWeights } from './lowRank.ts';
import { otherTapsOnResponses, otherTapsOnWeights } from './otherTaps.ts';
import { gramOn, type PatchGram } from './patchGram.ts';
import { type FitProblem, relativeError, type Substitute } from './problem.ts';
import { spatiallySeparableOnResponses, spatiallySeparableOnWeights } from './spatiallySeparable.ts';
import { otherConv, placed, tapsFor } from './taps.ts';

export { type FitKind, type FittedLayer, fullRank } from './kinds.ts';
export { type PatchGram, patchGram } from './patchGram.ts';
export { tapsFor } from './taps.ts';

/** What is made least. With a Gram matrix the error on the responses is told either way. */
export type FitCriterion =
  | { readonly by: 'weights'; readonly gram: PatchGram | null }
  | { readonly by: 'responses'; readonly gram: PatchGram };

export interface Fit {
  /** Input node 'input', then the substitute's layers; it gives maps of the layer's own shape. */
  readonly graph: Graph;
  readonly output: NodeId;
  readonly parameters: GraphParameters;
  /** Of the whole substitute on the layer's input, bias included. */
  readonly cost: Cost;
  /** ‖W - Ŵ‖ / ‖W‖, Ŵ the substitute as one kernel, in float64 before its parameters are rounded to float32. */
  readonly relativeErrorOfWeights: number;
  /** ‖Y - Ŷ‖ / ‖Y‖ over all maps, Y without the bias (both have the same one). Null without a Gram matrix. */
  readonly relativeErrorOfResponses: number | null;
  /** Whether it is the optimum of its kind, or what a search found. */
  readonly optimum: 'exact' | 'search';
  /** Weights per filter that the picture leaves open (channels that are equal, or dark): they are as on the weights. */
  readonly undetermined: number;
}

/**
 * Fits one kind of substitute. Yields the share done, 0 to 1, where it takes longer (`fitLayer(...).next()` until `done`). An error where the
 * layer has no such substitute. `criterion.gram` must be taken on `tapsFor(conv, [kind, ...])`.
 */
export function* fitLayer(
  layer: FittedLayer,
  kind: FitKind,
  criterion: FitCriterion = { by: 'weights', gram: null },
): Generator<number, Result<Fit>> {
  const error = fitError(layer.conv, kind);
  if (error) return refuse(error);
  const taps = tapsFor(layer.conv, [kind]);
  const conv = otherConv(layer.conv, kind) ?? placed(layer.conv);
  const problem: FitProblem = { layer, conv, taps, weights: spread(layer, taps.length) };
  const gram = criterion.gram && gramOn(criterion.gram, taps);
  const start = onWeights(problem, kind);
  const lostOf = ({ kernel }: Substitute) => relativeError(problem.weights, kernel, gram);
  let best = start;
  if (criterion.by === 'responses' && gram) {
    const found = yield* onResponses(problem, kind, gram);
    // Equations that are nearly singular may be solved badly; the optimum on the weights is there in any case.
    if (lostOf(found) <= lostOf(start)) best = found;
  }
  const graph: Graph = {
    nodes: [{ id: fitInput, operator: { kind: 'input', channels: layer.conv.inChannels }, inputs: [] }, ...best.nodes],
  };
  const shapes = inferShapes(graph, { [fitInput]: layer.inputShape });
  if (!shapes.ok) return shapes;
  return {
    ok: true,
    value: {
      graph,
      output: graph.nodes.at(-1)?.id ?? fitInput,
      parameters: best.parameters,
      cost: costOf(graph, shapes.value).total,
      relativeErrorOfWeights: relativeError(problem.weights, best.kernel, null),
      relativeErrorOfResponses: gram && lostOf(best),
      optimum: isExact(kind, criterion.by) ? 'exact' : 'search',
      undetermined: best.undetermined,
    },
  };
}

function onWeights(problem: FitProblem, kind: FitKind): Substitute {
  switch (kind.kind) {
    case 'depthwise_separable':
      return depthwiseSeparableOnWeights(problem, kind.multiplier);
    case 'spatially_separable':
      return spatiallySeparableOnWeights(problem, kind.middleChannels);
    case 'grouped':
      return groupedOnWeights(problem, kind);
    case 'low_rank':
      return lowRankOnWeights(problem, kind.rank);
    case 'pointwise':
    case 'smaller_kernel':
    case 'dilated':
      return otherTapsOnWeights(problem);
    default:
      kind satisfies never;
      throw new Error('unknown kind of fit');
  }
}

function* onResponses(problem: FitProblem, kind: FitKind, gram: Matrix): Generator<number, Substitute> {
  switch (kind.kind) {
    case 'depthwise_separable':
      return yield* depthwiseSeparableOnResponses(problem, kind.multiplier, gram);
    case 'spatially_separable':
      return yield* spatiallySeparableOnResponses(problem, kind.middleChannels, gram);
    case 'grouped':
      return yield* groupedOnResponses(problem, kind, gram);
    case 'low_rank':
      return lowRankOnResponses(problem, kind.rank, gram);
    case 'pointwise':
    case 'smaller_kernel':
    case 'dilated':
      return otherTapsOnResponses(problem, gram);
    default:
      kind satisfies never;
      throw new Error('unknown kind of fit');
  }
}

function isExact(kind: FitKind, by: FitCriterion['by']): boolean {
  switch (kind.kind) {
    case 'depthwise_separable':
    case 'spatially_separable':
      return by === 'weights';
    case 'grouped':
      return kind.order === 'given';
    case 'low_rank':
    case 'pointwise':
    case 'smaller_kernel':
    case 'dilated':
      return true;
    default:
      kind satisfies never;
      throw new Error('unknown kind of fit');
  }
}

/** The layer's weights in float64 with room for the taps that only the substitute has, which are 0. */
function spread({ conv, parameters }: FittedLayer, taps: number): Matrix {
  const area = conv.kernelSize[0] * conv.kernelSize[1];
  const weights = matrix(conv.outChannels, conv.inChannels * taps);
  parameters.weight.forEach((value, at) => {
    weights.values[Math.floor(at / area) * taps + (at % area)] = value;
  });
  return weights;
}

function refuse(error: OperatorError): Result<Fit> {
  return { ok: false, error };
}
