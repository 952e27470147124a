/** The layers of a Keras model's JSON: class, settings, what each reads, and its weights by their names in the layer. */

import type { Pair } from '../../../operators/operator.ts';
import { ModelError, malformed, unsupported } from '../error.ts';
import { isRecord, type Json, listAt, nameAt, recordAt, textAt } from '../json.ts';
import type { TfTensor } from '../weights.ts';

export interface KerasLayer {
  readonly name: string;
  /** "Conv2D". */
  readonly type: string;
  readonly config: Json;
  readonly inputs: readonly string[];
}

/** `[["name", node, tensor, {...}], ...]`: the layers that one call of a layer reads. */
function calledWith(call: unknown, name: string): readonly string[] {
  return listAt(call, name).map((entry) => {
    const [layer, node = 0, tensor = 0] = listAt(entry, name);
    if (node !== 0 || tensor !== 0) throw unsupported(name, 'a layer that is used more than once');
    return nameAt(layer, name);
  });
}

function layerOf(entry: unknown, before: string | null): KerasLayer {
  const fields = recordAt(entry, 'model_config.layers');
  const config = recordAt(fields.config, 'model_config.layers.config');
  const name = nameAt(fields.name ?? config.name, 'model_config.layers.name');
  const calls = fields.inbound_nodes === undefined ? null : listAt(fields.inbound_nodes, name);
  if (calls && calls.length > 1) throw unsupported(name, 'a layer that is used more than once');
  const inputs = calls ? (calls.length === 0 ? [] : calledWith(calls[0], name)) : before === null ? [] : [before];
  return { name, type: textAt(fields.class_name, name), config, inputs };
}

export interface KerasModel {
  readonly layers: readonly KerasLayer[];
  readonly outputs: readonly string[];
}

/** A functional model, or a sequence, whose first layer says the input's size if it is not itself the input. */
export function layersOf(topology: Json): KerasModel {
  const model = recordAt(topology.model_config ?? topology, 'model_config');
  const config = Array.isArray(model.config) ? { layers: model.config } : recordAt(model.config, 'model_config.config');
  const entries = listAt(config.layers, 'model_config.layers');
  const layers: KerasLayer[] = [];
  const isSequence = model.class_name === 'Sequential';
  for (const entry of entries) {
    const before = isSequence ? (layers.at(-1)?.name ?? null) : null;
    const layer = layerOf(isSequence && isRecord(entry) ? { ...entry, inbound_nodes: undefined } : entry, before);
    const needsInput = isSequence && layers.length === 0 && layer.type !== 'InputLayer';
    if (needsInput) {
      const input = `${layer.name}_input`;
      layers.push({ name: input, type: 'InputLayer', config: layer.config, inputs: [] });
      layers.push({ ...layer, inputs: [input] });
    } else layers.push(layer);
  }
  const last = layers.at(-1);
  if (!last) throw malformed('model_config.layers');
  const declared = Array.isArray(config.output_layers) ? namesOf(config.output_layers) : [];
  return { layers, outputs: declared.length > 0 ? declared : [last.name] };
}

/** `[["name", 0, 0], ...]`, or the one of them without the outer list. */
function namesOf(entries: readonly unknown[]): readonly string[] {
  if (typeof entries[0] === 'string') return [nameAt(entries[0], 'output_layers')];
  return entries.map((entry) => nameAt(listAt(entry, 'output_layers')[0], 'output_layers'));
}

export function textOf({ config, name }: KerasLayer, key: string, otherwise: string): string {
  const value = config[key];
  return value === undefined || value === null ? otherwise : textAt(value, `${name}.${key}`);
}

export function numberOf({ config, name }: KerasLayer, key: string, otherwise: number): number {
  const value = config[key];
  if (value === undefined || value === null) return otherwise;
  if (typeof value !== 'number' || !Number.isFinite(value)) throw malformed(`${name}.${key}`);
  return value;
}

/** One number for both, or one for rows and one for columns. */
export function pairOf({ config, name }: KerasLayer, key: string, otherwise: Pair): Pair {
  const value = config[key];
  if (value === undefined || value === null) return otherwise;
  const [h, w = h] = Array.isArray(value) ? value : [value];
  if (!Number.isSafeInteger(h) || !Number.isSafeInteger(w)) throw malformed(`${name}.${key}`);
  return [h, w];
}

/** The name of an activation: a text, or an object of that class. */
export function activationOf({ config, name }: KerasLayer): string {
  const value = config.activation;
  if (value === undefined || value === null) return 'linear';
  if (!isRecord(value)) return textAt(value, `${name}.activation`);
  return textAt(value.class_name, `${name}.activation`).toLowerCase();
}

/** Channels must be last. */
export function checkLayout(layer: KerasLayer): void {
  const layout = textOf(layer, 'data_format', 'channels_last');
  if (layout !== 'channels_last') throw unsupported(layer.name, layout);
}

/** The weight "<layer>/<part>", whatever stands before it in the manifest's names. */
export type LayerWeights = (layer: KerasLayer, part: string) => TfTensor | null;

export function layerWeights(weights: ReadonlyMap<string, TfTensor>): LayerWeights {
  // Models inside of models, and TensorFlow's variables, have more in front and ":0" behind.
  const byEnd = new Map<string, TfTensor>();
  for (const [name, tensor] of weights) {
    const parts = name.replace(/:0$/, '').split('/');
    byEnd.set(parts.slice(-2).join('/'), tensor);
  }
  return ({ name }, part) => weights.get(`${name}/${part}`) ?? byEnd.get(`${name}/${part}`) ?? null;
}

export function neededWeight(weights: LayerWeights, layer: KerasLayer, part: string): TfTensor {
  const tensor = weights(layer, part);
  if (!tensor) throw new ModelError('model-weight', { name: `${layer.name}/${part}` });
  return tensor;
}
