/**
 * One map of a transposed convolution and what the other networks make of it, computed by the engine: each with its largest difference from
 * the layer's own map, where it is the same layer. The map of overlap counts is the layer of ones over ones.
 */
import type { DisplayRange, Engine, RunRequest, Tensor } from '../../../../engine/engine.ts';
import {
  type AlternativeName,
  alternativeNames,
  alternativeOf,
  type ChannelLayer,
  layerAlone,
  oneChannel,
  overlapLayer,
  priceOf,
  withDifference,
} from '../../../../graph/transposed/oneChannel.ts';
import type { Output } from '../../../../live/results.ts';
import type { ConvTranspose2d } from '../../../../operators/convTranspose2d/attributes.ts';
import type { Pair, ParameterValues } from '../../../../operators/operator.ts';
import type { Computation } from './newest.ts';

export interface AskedMaps {
  readonly output: Output;
  readonly conv: ConvTranspose2d;
  readonly values: ParameterValues;
  /** What the layer reads. */
  readonly source: Tensor;
  readonly channel: number;
}

export type AlternativeResult =
  /** `largest`: of |its map - the layer's|; null where it is another layer. */
  | { readonly status: 'ready'; readonly tensor: Tensor; readonly largest: number | null }
  | { readonly status: 'impossible' }
  | { readonly status: 'too-large'; readonly bytes: number }
  | { readonly status: 'failed'; readonly message: string };

export interface TransposedMaps {
  readonly output: Output;
  readonly channel: number;
  /** [1, 1, H, W], before any activation. */
  readonly layer: Tensor;
  /** For all maps alike. */
  readonly range: Extract<DisplayRange, { readonly mode: 'fixed' }>;
  readonly alternatives: Readonly<Record<AlternativeName, AlternativeResult>>;
}

/** The stretched or enlarged input is s² times as large as the input: beyond this it is not computed beside the layer. */
const mostBytes = 2 ** 28;

/** The wanted tensors of a run that has finished. */
async function finished(engine: Engine, request: RunRequest): Promise<Readonly<Record<string, Tensor>>> {
  const run = await engine.run(request);
  try {
    await run.completed;
  } catch (error) {
    for (const tensor of Object.values(run.tensors)) tensor.free();
    throw error;
  }
  return run.tensors;
}

function wantedOf(tensors: Readonly<Record<string, Tensor>>, id: string): Tensor {
  const tensor = tensors[id];
  if (!tensor) throw new Error(`the run gave no ${id}`);
  return tensor;
}

async function alternativeMaps(
  engine: Engine,
  name: AlternativeName,
  { source, conv }: AskedMaps,
  single: ChannelLayer,
  layer: Tensor,
): Promise<AlternativeResult> {
  const network = alternativeOf(name, single);
  if (!network) return { status: 'impossible' };
  const [, , height, width] = source.shape;
  const bytes = priceOf(name, conv, [height, width])?.bytes ?? 0;
  if (bytes > mostBytes) return { status: 'too-large', bytes };
  if (name === 'resizeConvolve') {
    const { output } = await finished(engine, { ...network, inputs: { input: source }, outputs: ['output'] });
    return output ? { status: 'ready', tensor: output, largest: null } : { status: 'impossible' };
  }
  const tensors = await finished(engine, {
    ...withDifference(network, layer.shape),
    inputs: { input: source, layer },
    outputs: ['output', 'difference'],
  });
  const [tensor, difference] = [wantedOf(tensors, 'output'), wantedOf(tensors, 'difference')];
  try {
    const [statistics] = await engine.statistics(difference);
    const largest = statistics ? Math.max(Math.abs(statistics.min), Math.abs(statistics.max)) : 0;
    return { status: 'ready', tensor, largest };
  } catch (error) {
    tensor.free();
    throw error;
  } finally {
    difference.free();
  }
}

/** 0 in the middle; the 1st and 99th percentile, as the extremes mostly stand on the border alone. */
async function rangeOf(engine: Engine, layer: Tensor): Promise<TransposedMaps['range']> {
  const [statistics] = await engine.statistics(layer);
  if (!statistics) throw new Error('the map has no statistics');
  const { p1, p99, min, max } = statistics;
  const end = Math.max(Math.abs(p1), Math.abs(p99)) || Math.max(Math.abs(min), Math.abs(max)) || 1;
  return { mode: 'fixed', lo: -end, hi: end };
}

export const transposedMaps: Computation<AskedMaps, TransposedMaps> = {
  async compute(engine, asked, isStale) {
    const { output, conv, values, source, channel } = asked;
    const single = oneChannel(conv, values, channel);
    const layer = wantedOf(
      await finished(engine, { ...layerAlone(single), inputs: { input: source }, outputs: ['output'] }),
      'output',
    );
    const made: Partial<Record<AlternativeName, AlternativeResult>> = {};
    try {
      const range = await rangeOf(engine, layer);
      for (const name of alternativeNames) {
        try {
          made[name] = await alternativeMaps(engine, name, asked, single, layer);
        } catch (error) {
          if (isStale()) throw error;
          made[name] = { status: 'failed', message: error instanceof Error ? error.message : String(error) };
        }
      }
      return { output, channel, layer, range, alternatives: made as TransposedMaps['alternatives'] };
    } catch (error) {
      layer.free();
      freeAlternatives(made);
      throw error;
    }
  },
  free({ layer, alternatives }) {
    layer.free();
    freeAlternatives(alternatives);
  },
};

function freeAlternatives(results: Partial<Record<AlternativeName, AlternativeResult>>): void {
  for (const result of Object.values(results)) if (result.status === 'ready') result.tensor.free();
}

export interface AskedOverlap {
  readonly conv: ConvTranspose2d;
  /** Height and width of what the layer reads. */
  readonly size: Pair;
}

export const overlapCounts: Computation<AskedOverlap, Tensor> = {
  async compute(engine, { conv, size: [height, width] }) {
    const ones = await engine.upload(new Float32Array(height * width).fill(1), [1, 1, height, width]);
    try {
      const request = { ...layerAlone(overlapLayer(conv)), inputs: { input: ones }, outputs: ['output'] };
      return wantedOf(await finished(engine, request), 'output');
    } finally {
      ones.free();
    }
  },
  free: (tensor) => tensor.free(),
};
