/** The part of `npm run channels` that is made of the product: from the files' bytes to what each channel does on the images. */
import { averageZeros, largestMagnitude } from '../../src/analysis/channelSummary.ts';
import { canonicalCorrelations, defaultRidge, pearson, whitened } from '../../src/analysis/correlation.ts';
import { type LayerFacts, rules, weakChannels } from '../../src/analysis/deadChannels.ts';
import { type Batch, type MeasuredChannels, measureChannels } from '../../src/analysis/measureChannels.ts';
import { createCpuEngine } from '../../src/engine/cpu/index.ts';
import { EngineError } from '../../src/engine/engine.ts';
import type { FormatError } from '../../src/formats/formatError.ts';
import { readNpy } from '../../src/formats/npy.ts';
import { shardNames } from '../../src/formats/tfjs/readTfjs.ts';
import { readTrained } from '../../src/formats/trained/readTrained.ts';
import { type ConvolutionLayer, preprocess, type TrainedNetwork } from '../../src/graph/trained/trainedNetwork.ts';
import { problems } from '../../src/i18n/en/problems.ts';
import { type Matrix, rowOf } from '../../src/math/matrix.ts';
import type { HostTensor } from '../../src/operators/operator.ts';

interface Asked {
  /** Of the model's file. */
  readonly name: string;
  readonly model: Uint8Array;
  /** A file beside the model; null where there is none. */
  readonly beside: (name: string) => Uint8Array | null;
  readonly imagesName: string;
  readonly images: Uint8Array;
  readonly pair: readonly [string, string] | null;
}

interface LayerReport {
  readonly name: string;
  readonly out_channels: number;
  readonly zero_filters: readonly number[];
  readonly silent: readonly number[];
  readonly apoz: readonly number[];
  /** Largest |a|. */
  readonly max: readonly number[];
}

interface PairReport {
  readonly raw: readonly (readonly number[])[];
  readonly whitened: readonly (readonly number[])[];
  readonly ridge: number;
  readonly canonical: readonly number[];
}

interface ChannelsReport {
  readonly layers: readonly LayerReport[];
  readonly pair?: PairReport;
}

type Measured =
  | { readonly ok: true; readonly value: ChannelsReport; readonly images: number; readonly network: string }
  | { readonly ok: false; readonly message: string };

/** Says in one sentence why there is no answer. */
class Refused extends Error {}

export async function measure(asked: Asked): Promise<Measured> {
  try {
    const network = readModel(asked);
    const images = readImages(asked, network);
    const layers = asked.pair?.map((name) => layerCalled(network, name)) ?? null;
    const pair = layers?.[0] && layers[1] ? ([layers[0].response, layers[1].response] as const) : null;
    const nodes = network.layers.map(({ response }) => response);
    const measured = await measureAll(network, images, { nodes, pair });
    const value: ChannelsReport = {
      layers: network.layers.map((layer) => reportOf(network, layer, measured)),
      ...(measured.pair ? { pair: pairOf(measured.pair) } : {}),
    };
    return { ok: true, value, images: measured.images, network: network.name };
  } catch (error) {
    if (error instanceof Refused) return { ok: false, message: error.message };
    if (error instanceof EngineError)
      return { ok: false, message: `The network could not be computed: ${error.message}` };
    throw error;
  }
}

function readModel({ name, model, beside }: Asked): TrainedNetwork {
  const shards = new Map<string, Uint8Array>();
  if (!name.endsWith('.safetensors')) {
    const names = shardNames(new TextDecoder().decode(model));
    if (!names.ok) throw new Refused(sentence(names.error, name));
    for (const shard of names.value) {
      const bytes = beside(shard);
      if (bytes) shards.set(shard, bytes);
    }
  }
  const network = readTrained(name, model, shards);
  if (!network.ok) throw new Refused(sentence(network.error, name));
  return network.value;
}

/** The page's own words. */
function sentence({ code, values }: FormatError, name: string): string {
  const words: Readonly<Record<string, string | number>> = { ...values, part: values.name ?? '', name };
  return problems.file[code].what.replace(/\{\{(\w+)\}\}/g, (_, key: string) => String(words[key] ?? ''));
}

function readImages({ imagesName, images }: Asked, network: TrainedNetwork): HostTensor<Float32Array> {
  const file = readNpy(images);
  if (!file.ok) throw new Refused(sentence(file.error, imagesName));
  const { shape, values } = file.value;
  const [n = 0, channels = 0, height = 0, width = 0] = shape;
  if (shape.length !== 4 || n * channels * height * width === 0)
    throw new Refused(`${imagesName} holds [${shape.join(', ')}], not images [N, C, H, W].`);
  const needed = Math.max(...network.preprocessing.order) + 1;
  if (channels !== needed)
    throw new Refused(`${imagesName} has ${channels} channels; ${network.name} reads ${needed}.`);
  // A little is left for the rounding of whoever scaled them.
  if (!values.every((value) => value >= -1e-3 && value <= 1 + 1e-3))
    throw new Refused(`${imagesName} has values outside of 0..1: divide bytes by 255.`);
  return { shape: [n, channels, height, width], values };
}

function layerCalled(network: TrainedNetwork, name: string): ConvolutionLayer {
  const layer = network.layers.find((one) => one.name === name);
  if (layer) return layer;
  const names = network.layers.map((one) => one.name).join(', ');
  throw new Refused(`${network.name} has no convolution "${name}": it has ${names}.`);
}

/** Few enough pixels that the maps of a batch stay small beside the memory. */
const pixelsAtOnce = 32 * 1024;

function* batches(network: TrainedNetwork, images: HostTensor<Float32Array>): Generator<Batch> {
  const [n, channels, height, width] = images.shape;
  const plane = channels * height * width;
  const count = Math.max(1, Math.floor(pixelsAtOnce / (height * width)));
  for (let first = 0; first < n; first += count) {
    const some = Math.min(count, n - first);
    const built = network.graphAt(height, width, some);
    if (!built.ok) throw new Refused(`${built.error.node ?? network.name}: ${built.error.message}`);
    const part = images.values.subarray(first * plane, (first + some) * plane);
    const input = preprocess(network.preprocessing, { shape: [some, channels, height, width], values: part });
    yield { ...input, graph: built.value.graph, parameters: network.parameters, input: network.input };
  }
}

async function measureAll(
  network: TrainedNetwork,
  images: HostTensor<Float32Array>,
  wanted: Parameters<typeof measureChannels>[2],
): Promise<MeasuredChannels> {
  const engine = await createCpuEngine();
  try {
    let last: MeasuredChannels | null = null;
    const { signal } = new AbortController();
    for await (const known of measureChannels(engine, batches(network, images), wanted, signal)) last = known;
    if (!last) throw new Refused('There is no image.');
    return last;
  } finally {
    engine.destroy();
  }
}

/** The layer's weights with one row for each output channel. */
function factsOf(network: TrainedNetwork, { node }: ConvolutionLayer, responses: LayerFacts['responses']): LayerFacts {
  const { weight } = network.parameters[node] ?? {};
  const outChannels = responses?.length ?? 0;
  if (!weight || outChannels === 0) throw new Refused(`${node} has no weights.`);
  const { graph } = firstGraph(network);
  const operator = graph.nodes.find(({ id }) => id === node)?.operator;
  const rows = operator?.kind === 'conv_transpose2d' ? outputsFirst(weight, operator.inChannels, outChannels) : weight;
  return { weight: rows, outChannels, responses, normScale: null };
}

function firstGraph(network: TrainedNetwork) {
  const { height, width } = network.nativeSize ?? { height: 128, width: 128 };
  const built = network.graphAt(height, width);
  if (!built.ok) throw new Refused(built.error.message);
  return built.value;
}

/** [in, out, taps] → [out, in, taps]. */
function outputsFirst(weight: Float32Array, inChannels: number, outChannels: number): Float32Array {
  const taps = weight.length / (inChannels * outChannels);
  return weight.map((_, at) => {
    const [tap, i, o] = [at % taps, Math.floor(at / taps) % inChannels, Math.floor(at / (taps * inChannels))];
    return weight[(i * outChannels + o) * taps + tap] ?? 0;
  });
}

function reportOf(network: TrainedNetwork, layer: ConvolutionLayer, { nodes }: MeasuredChannels): LayerReport {
  const responses = nodes[layer.response] ?? [];
  const facts = factsOf(network, layer, responses);
  const weak = (name: 'zero_filter' | 'silent') => {
    const values = rules[name].values(facts);
    return values ? weakChannels(rules[name], values, rules[name].threshold) : [];
  };
  return {
    name: layer.name,
    out_channels: facts.outChannels,
    zero_filters: weak('zero_filter'),
    silent: weak('silent'),
    apoz: responses.map(averageZeros),
    max: responses.map(largestMagnitude),
  };
}

function pairOf(moments: NonNullable<MeasuredChannels['pair']>): PairReport {
  const m = whitened(moments, defaultRidge);
  const rows = (matrix: Matrix) => Array.from({ length: matrix.rows }, (_, i) => [...rowOf(matrix, i)]);
  return {
    raw: rows(pearson(moments)),
    whitened: rows(m),
    ridge: defaultRidge,
    canonical: [...canonicalCorrelations(m)],
  };
}
