/** What a rule of a Keras layer sees. */
import type { NetworkBuilder, Value } from '../build/builder.ts';
import { kerasActivation } from '../build/functions.ts';
import { ModelError, unsupported } from '../error.ts';
import type { TfTensor } from '../weights.ts';
import { activationOf, type KerasLayer, type LayerWeights, neededWeight } from './layers.ts';

export interface LayerContext {
  readonly builder: NetworkBuilder;
  readonly layer: KerasLayer;
  readonly inputs: readonly Value[];
  readonly weights: LayerWeights;
}

export type LayerRule = (context: LayerContext) => Value;

/** The one input of a layer that reads one. */
export function inputOf({ layer, inputs }: LayerContext): Value {
  const input = inputs[0];
  if (!input || inputs.length !== 1) throw unsupported(layer.name, `${inputs.length} inputs`);
  return input;
}

export function weightOf({ layer, weights }: LayerContext, part: string): TfTensor {
  return neededWeight(weights, layer, part);
}

/** The bias where the layer uses one. */
export function biasOf(context: LayerContext): TfTensor | null {
  return context.layer.config.use_bias === false ? null : weightOf(context, 'bias');
}

/** The layer's own activation, as a node behind it. */
export function activated({ builder, layer }: LayerContext, value: Value): Value {
  return kerasActivation(builder, `${layer.name}:activation`, value, activationOf(layer));
}

export function unknownLayer({ type, name }: KerasLayer): ModelError {
  return new ModelError('model-operator', { operator: type, node: name });
}
