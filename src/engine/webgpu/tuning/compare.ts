/**
 * The candidates of one convolution side by side, on its own input and weights: time in rounds that go round all of them, so that whatever
 * else the device does falls on all alike; error against float64 on a sample of rows, and against the default's maps everywhere; and
 * whether a second run gives the same bits.
 */

import type { NodeId, RunParameters } from '../../../graph/graph.ts';
import { inferShapes } from '../../../graph/infer.ts';
import { materialiseAll } from '../../../graph/weights/drawnParameters.ts';
import { candidatesOf } from '../../../operators/conv2d/candidates.ts';
import { type ConvChoice, fastChoice, isFast, labelOf, problemKey } from '../../../operators/conv2d/choice.ts';
import type { HostTensor } from '../../../operators/operator.ts';
import { exactnessBound } from '../../bounds.ts';
import { createSliceChecker, type SliceChecker } from '../../checkSlice.ts';
import type { AlgorithmResult, Precision, Region, RunRequest, RunResult, Tensor, Timing } from '../../engine.ts';
import type { Device } from '../evaluation.ts';
import { choiceOf } from '../plan/convolutionPlans.ts';
import { aloneInput, type LayerAlone, layerAlone } from './layerAlone.ts';
import { sampleRows } from './sample.ts';

/** What a comparison needs of the engine. */
export interface Bench {
  readonly device: Device;
  /** As the engine's own, on a device with other choices. */
  run(request: RunRequest, device: Device): Promise<RunResult>;
  time(request: RunRequest, device: Device): Promise<Timing>;
  read(tensor: Tensor, region: Region): Promise<Float32Array>;
}

const rounds = 3;
/** Inputs of more values are not read back, and nothing is said of errors. */
const mostInputValues = 2 ** 24;
/** Maps of more values are compared with the default's on the sample alone. */
const mostOutputValues = 2 ** 22;
/** Two right results differ by less, in units of 1 + the largest value. */
const agreement = 1e-4;

export interface Compared {
  readonly key: string;
  readonly results: readonly (AlgorithmResult & { readonly choice: ConvChoice })[];
}

/**
 * Null where the node is no convolution. Where its statistics are wanted, times are with them: programs that leave none make a pass
 * necessary that reads every value once more. Rejects with the signal's reason, or with the engine's error. Whatever precision the request
 * asks for, what is compared is computed from exact maps. `withFast`: what a fast run would take is measured beside the others.
 */
export async function compareCandidates(
  bench: Bench,
  { graph, inputs, parameters, statistics = [], precision = 'exact' }: RunRequest,
  node: NodeId,
  signal: AbortSignal,
  withFast = false,
): Promise<Compared | null> {
  const layer = layerAlone(graph, node);
  if (!layer) return null;
  const given = inputs[layer.source];
  const before = given ? null : await bench.run({ graph, inputs, parameters, outputs: [layer.source] }, bench.device);
  const source = given ?? before?.tensors[layer.source];
  if (!source) throw new Error(`the run gave no maps for ${layer.source}`);
  try {
    const isShown = statistics.includes(layer.output) || statistics.includes(node);
    return await compareOn(bench, layer, source, { parameters, precision, withFast, isShown }, signal);
  } finally {
    if (before) source.free();
  }
}

interface Asked {
  readonly parameters: RunParameters;
  /** In which the page's own runs are computed now. */
  readonly precision: Precision;
  readonly withFast: boolean;
  /** Whether the statistics of its maps are wanted. */
  readonly isShown: boolean;
}

async function compareOn(
  bench: Bench,
  layer: LayerAlone,
  source: Tensor,
  { parameters, precision, withFast, isShown }: Asked,
  signal: AbortSignal,
): Promise<Compared> {
  const { conv, graph, output } = layer;
  const shapes = inferShapes(graph, { [aloneInput]: source.shape });
  if (!shapes.ok) throw new Error(shapes.error.message);
  const [images, channels, height, width] = shapes.value[output]!;
  const extent = { images, height, width };
  const key = problemKey(conv, extent);
  const { traits } = bench.device;
  const exact = candidatesOf(conv, extent, traits);
  const fast = exact.map((choice) => fastChoice(choice, conv, extent, traits)).find(isFast);
  const candidates = withFast && fast ? [...exact, fast] : exact;
  const request: RunRequest = { graph, parameters, inputs: { [aloneInput]: source }, outputs: [output] };
  const on = (choice: ConvChoice): Device => ({ ...bench.device, choices: new Map([[key, choice]]) });

  const host = await hostCopy(bench, source);
  const checker =
    host &&
    createSliceChecker({
      graph,
      parameters: materialiseAll(graph, parameters),
      inputs: { [aloneInput]: host },
      node: output,
    });
  const whole: Region | null =
    channels * height * width <= mostOutputValues ? { channel: 0, channels, y: 0, x: 0, height, width } : null;
  let standard: Float32Array | null = null;
  const found: Checked[] = [];
  for (const choice of candidates) {
    signal.throwIfAborted();
    // What a fast run computes need not agree with the default as closely as an exact one.
    const like = isFast(choice) ? null : standard;
    const checked = await checkOne(bench, request, output, on(choice), checker, whole, like);
    standard ??= checked.values;
    found.push(checked);
  }

  const timed: RunRequest = isShown ? { ...request, statistics: [output] } : request;
  const times = candidates.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [i, choice] of candidates.entries()) {
      signal.throwIfAborted();
      if (found[i]!.failure === null) times[i]!.push((await bench.time(timed, on(choice))).ms);
    }
  }
  // Now, for a run may have taken up what a table says.
  const inUse = labelOf(choiceOf(bench.device, conv, extent, precision));
  const results = candidates.map((choice, i) => {
    const { error, isExact, isRepeatable, failure } = found[i]!;
    const label = labelOf(choice);
    const ms = times[i]!.toSorted((a, b) => a - b)[rounds >> 1] ?? null;
    const held: Pick<AlgorithmResult, 'precision' | 'isExact'> = isFast(choice)
      ? { precision: 'fast', isExact: false }
      : { precision: 'exact', isExact };
    return { choice, label, ms, error, ...held, isRepeatable, failure, isInUse: label === inUse };
  });
  return { key, results };
}

interface Checked extends Pick<AlgorithmResult, 'error' | 'isExact' | 'isRepeatable' | 'failure'> {
  /** All maps, where they are few enough to be compared. */
  readonly values: Float32Array | null;
}

/** Runs a candidate twice. What it cannot do is said, not thrown: the others go on. */
async function checkOne(
  bench: Bench,
  request: RunRequest,
  output: NodeId,
  device: Device,
  checker: SliceChecker | null,
  whole: Region | null,
  standard: Float32Array | null,
): Promise<Checked> {
  const made: Tensor[] = [];
  try {
    for (let i = 0; i < 2; i++) {
      const run = await bench.run(request, device);
      const maps = run.tensors[output]!;
      made.push(maps);
      await run.completed;
    }
    const [first, second] = made as [Tensor, Tensor];
    let error = 0;
    let isRepeatable = true;
    for (const slice of sampleRows(first.shape)) {
      const region = { channel: slice.channel, channels: 1, y: slice.row, x: 0, height: 1, width: first.shape[3] };
      const values = await bench.read(first, region);
      isRepeatable &&= sameBits(values, await bench.read(second, region));
      if (checker) error = Math.max(error, checker(slice, values).maxRelative);
    }
    const values = whole && (await bench.read(first, whole));
    const agrees = !values || !standard || agree(standard, values);
    const isExact = checker !== null && error <= exactnessBound && agrees;
    return { error: checker && error, isExact, isRepeatable, failure: null, values };
  } catch (thrown) {
    const failure = thrown instanceof Error ? thrown.message : String(thrown);
    return { error: null, isExact: false, isRepeatable: false, failure, values: null };
  } finally {
    for (const maps of made) maps.free();
  }
}

async function hostCopy(bench: Bench, tensor: Tensor): Promise<HostTensor<Float32Array> | null> {
  const [, channels, height, width] = tensor.shape;
  if (channels * height * width > mostInputValues) return null;
  const values = await bench.read(tensor, { channel: 0, channels, y: 0, x: 0, height, width });
  return { shape: [1, channels, height, width], values };
}

function sameBits(a: Float32Array, b: Float32Array): boolean {
  const bits = (values: Float32Array) => new Uint32Array(values.buffer, values.byteOffset, values.length);
  const other = bits(b);
  return bits(a).every((word, i) => word === other[i]);
}

/** Not a number agrees with nothing. */
function agree(expected: Float32Array, values: Float32Array): boolean {
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return values.every((value, i) => Math.abs(value - expected[i]!) <= agreement * (1 + largest));
}
