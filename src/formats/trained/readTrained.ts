/** A trained network from a person's files: a TensorFlow.js model with its files of weights, or one safetensors file. */
import type { TrainedNetwork } from '../../graph/trained/trainedNetwork.ts';
import type { FormatResult } from '../formatError.ts';
import { readTfjs } from '../tfjs/readTfjs.ts';
import type { Shards } from '../tfjs/weights.ts';
import { factsOfFile } from './knownModels.ts';
import { readLayerList } from './layerList.ts';

/** `bytes` of the file `name`; `shards` beside it where it is a model's JSON. */
export function readTrained(name: string, bytes: Uint8Array, shards: Shards): FormatResult<TrainedNetwork> {
  if (/\.safetensors$/i.test(name)) return readLayerList(bytes, { name, source: { title: name, licence: null } });
  return readTfjs(new TextDecoder().decode(bytes), shards, factsOfFile(name));
}
