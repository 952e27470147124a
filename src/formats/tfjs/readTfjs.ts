/**
 * TensorFlow.js models, both forms: a graph model (TensorFlow's operators) and a layers model (Keras). A JSON file holds the network and
 * the list of weights, files beside it (shards) the numbers.
 */
import type { TrainedNetwork } from '../../graph/trained/trainedNetwork.ts';
import type { FormatResult } from '../formatError.ts';
import { attempt, malformed } from './error.ts';
import { readGraphModel } from './graphModel/graphModel.ts';
import { isRecord, type Json, parseJson } from './json.ts';
import { readLayersModel } from './layersModel/layersModel.ts';
import { type FactsOf, type ModelDescription, trainedNetwork } from './network.ts';
import { readWeights, type Shards, shardPaths } from './weights.ts';

/** The files of weights that a model's JSON names. */
export function shardNames(json: string): FormatResult<readonly string[]> {
  return attempt(() => shardPaths(parseJson(json)));
}

export function readTfjs(json: string, shards: Shards, factsOf: FactsOf): FormatResult<TrainedNetwork> {
  return attempt(() => trainedNetwork(describedBy(parseJson(json), shards), factsOf));
}

function describedBy(model: Json, shards: Shards): ModelDescription {
  const topology = model.modelTopology;
  if (!isRecord(topology)) throw malformed('modelTopology');
  const weights = readWeights(model, shards);
  // Older files do not say which they are.
  return 'node' in topology ? readGraphModel(model, weights) : readLayersModel(model, weights);
}
