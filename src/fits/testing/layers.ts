/** Layers and pictures for the tests of fits, and the error of a substitute as running both layers shows it. */
import type { Graph, GraphParameters } from '../../graph/graph.ts';
import { runReference } from '../../graph/referenceRun.ts';
import { normalAt } from '../../math/random.ts';
import type { Conv2d } from '../../operators/conv2d/attributes.ts';
import { createConv2d } from '../../operators/conv2d/index.ts';
import { referenceConv2d } from '../../operators/conv2d/reference.ts';
import type { HostTensor } from '../../operators/operator.ts';
import { type Fit, type FitCriterion, type FitKind, type FittedLayer, fitLayer, patchGram, tapsFor } from '../index.ts';

export interface FitCase {
  readonly layer: FittedLayer;
  readonly input: HostTensor<Float32Array>;
}

/** Runs a generator to its end. */
export function complete<T>(steps: Generator<number, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** A layer with normal weights on a picture whose neighbouring pixels and channels are alike, as in photos. */
export function fitCase(
  attributes: Parameters<typeof createConv2d>[0],
  size: readonly [h: number, w: number] = [11, 12],
  seed = 1,
): FitCase {
  const conv = createConv2d(attributes);
  const [kh, kw] = conv.kernelSize;
  const weight = Float32Array.from({ length: conv.outChannels * conv.inChannels * kh * kw }, (_, i) =>
    normalAt(seed, 0, i),
  );
  const bias = conv.bias ? Float32Array.from({ length: conv.outChannels }, (_, i) => normalAt(seed, 1, i)) : null;
  const shape = [1, conv.inChannels, ...size] as const;
  const values = Float32Array.from({ length: conv.inChannels * size[0] * size[1] }, (_, i) => {
    const [c, y, x] = [Math.floor(i / (size[0] * size[1])), Math.floor(i / size[1]) % size[0], i % size[1]];
    return 1 + Math.sin(0.7 * y + 0.3 * c) * Math.cos(0.5 * x + c) + 0.3 * normalAt(seed, 2, i);
  });
  return { layer: { conv, parameters: { weight, bias }, inputShape: shape }, input: { shape, values } };
}

export function withWeights(fitted: FitCase, weight: Float32Array): FitCase {
  return { ...fitted, layer: { ...fitted.layer, parameters: { ...fitted.layer.parameters, weight } } };
}

export function gramOf({ layer, input }: FitCase, kinds: readonly FitKind[]) {
  return complete(patchGram(layer.conv, tapsFor(layer.conv, kinds), input));
}

/** The fit; the test fails where there is none. With the errors on the responses, whatever is made least. */
export function fitted(fitCase: FitCase, kind: FitKind, by: FitCriterion['by']): Fit {
  const result = complete(fitLayer(fitCase.layer, kind, { by, gram: gramOf(fitCase, [kind]) }));
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

/** ‖Y - Ŷ‖ / ‖Y - bias‖ from running layer and substitute in float64. */
export function measuredError(
  { layer, input }: FitCase,
  { graph, output }: { readonly graph: Graph; readonly output: string },
  parameters: GraphParameters,
): number {
  const { conv, parameters: own } = layer;
  const wanted = referenceConv2d(conv, [input], own).output;
  const unbiased: Conv2d = { ...conv, bias: false };
  const scale = referenceConv2d(unbiased, [input], { ...own, bias: null }).output.values;
  const got = runReference(graph, { input }, parameters)[output]?.output;
  if (got?.shape.join() !== wanted.shape.join()) throw new Error(`maps of ${got?.shape} for ${wanted.shape}`);
  const lost = wanted.values.reduce((sum, value, i) => sum + (value - got.values[i]!) ** 2, 0);
  return Math.sqrt(lost / scale.reduce((sum, value) => sum + value ** 2, 0));
}
