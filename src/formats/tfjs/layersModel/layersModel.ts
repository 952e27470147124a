/** A TensorFlow.js layers model (Keras) as a description that builds the network for any size of picture. */
import type { Value } from '../build/builder.ts';
import { ModelError, malformed } from '../error.ts';
import { type Json, listAt, recordAt } from '../json.ts';
import type { ModelDescription } from '../network.ts';
import type { TfTensor } from '../weights.ts';
import { convolutionLayers } from './convolutions.ts';
import { type KerasLayer, layersOf, layerWeights } from './layers.ts';
import { moveLayers } from './moves.ts';
import { type LayerRule, unknownLayer } from './rule.ts';
import { valueLayers } from './values.ts';

const rules: Readonly<Record<string, LayerRule>> = { ...convolutionLayers, ...valueLayers, ...moveLayers };

/** [N, H, W, C] of the input layer; sizes that are free are null. */
function inputShape({ config, name }: KerasLayer): readonly (number | null)[] {
  const shape = listAt(config.batch_input_shape ?? config.batch_shape, `${name}.batch_input_shape`);
  if (shape.length !== 4) throw malformed(`${name}.batch_input_shape`);
  return shape.map((size) => (Number.isSafeInteger(size) && (size as number) > 0 ? (size as number) : null));
}

export function readLayersModel(model: Json, weights: ReadonlyMap<string, TfTensor>): ModelDescription {
  const { layers, outputs } = layersOf(recordAt(model.modelTopology, 'modelTopology'));
  const names = new Set(layers.map(({ name }) => name));
  if (names.size !== layers.length) throw malformed('model_config.layers.name');
  const places = layers.filter(({ type }) => type === 'InputLayer');
  const [place] = places;
  if (!place || places.length !== 1) throw new ModelError('model-inputs', { count: places.length });
  const [, height = null, width = null, channels = null] = inputShape(place);
  if (channels === null) throw malformed(`${place.name}.batch_input_shape`);
  const ordered = inOrder(layers);
  const weightsOf = layerWeights(weights);
  return {
    input: place.name,
    channels,
    nativeSize: height !== null && width !== null ? { height, width } : null,
    build: (builder, [rows, columns]) => {
      const made = new Map<string, Value>();
      const valueFrom = (name: string): Value => {
        const value = made.get(name);
        if (!value) throw malformed(`model_config.layers: ${name}`);
        return value;
      };
      for (const layer of ordered) {
        if (layer === place) made.set(layer.name, builder.input(layer.name, channels, rows, columns));
        else {
          const rule = Object.hasOwn(rules, layer.type) ? rules[layer.type] : undefined;
          if (!rule) throw unknownLayer(layer);
          made.set(layer.name, rule({ builder, layer, inputs: layer.inputs.map(valueFrom), weights: weightsOf }));
        }
      }
      return outputs.map((name) => ({ name, value: valueFrom(name) }));
    },
  };
}

/** Keras lists a functional model's layers in an order of its own: one that stands before what it reads waits for it. */
function inOrder(layers: readonly KerasLayer[]): readonly KerasLayer[] {
  const ordered: KerasLayer[] = [];
  const done = new Set<string>();
  let waiting = layers;
  while (waiting.length > 0) {
    const later: KerasLayer[] = [];
    for (const layer of waiting) {
      if (!layer.inputs.every((input) => done.has(input))) later.push(layer);
      else {
        ordered.push(layer);
        done.add(layer.name);
      }
    }
    if (later.length === waiting.length) throw malformed(`model_config.layers: ${later[0]?.name ?? ''}`);
    waiting = later;
  }
  return ordered;
}
