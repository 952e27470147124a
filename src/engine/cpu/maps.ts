/**
 * Feature maps in the worker. They are either kept as values, or described: by the operator, and the maps it reads, from which
 * any box of them can be computed again. Readers ask for boxes and see no difference. Owners are counted; the last one frees.
 */
import type { ActivationName } from '../../operators/activation/attributes.ts';
import type { Conv2d } from '../../operators/conv2d/attributes.ts';
import type { ParameterValues, Shape } from '../../operators/operator.ts';
import { EngineError } from '../engine.ts';
import { applyActivation, type Box, boxesOf, boxSize, type ConvSource, macsPerValue, taskFor } from './convTask.ts';
import type { MapFacts } from './statistics.ts';
import { macsAtOnce, type Threads } from './threads.ts';

/** Either a convolution, or only activations of the maps read. */
export interface Recipe {
  readonly conv: Conv2d | null;
  /** Of the convolution. */
  readonly parameters: (() => Promise<ParameterValues>) | null;
  readonly activations: readonly ActivationName[];
  readonly reads: Maps;
}

/** A smaller copy of a map: each value is the mean of factor x factor map pixels (of fewer at the right and bottom edges). */
export interface Preview {
  readonly factor: number;
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

export interface Maps {
  readonly shape: Shape;
  owners: number;
  /** [N, C, H, W], or null when the maps are only described. */
  values: Float32Array<ArrayBuffer> | null;
  readonly recipe: Recipe | null;
  /** Settles when the maps can be read; rejects when their run failed or was given up. */
  ready: Promise<void>;
  /** Of each map of batch 0, once known. */
  readonly statistics: (MapFacts | undefined)[];
  readonly previews: (Preview | undefined)[];
}

export function newMaps(shape: Shape, values: Float32Array<ArrayBuffer> | null, recipe: Recipe | null): Maps {
  if (recipe) recipe.reads.owners += 1;
  return { shape, owners: 1, values, recipe, ready: Promise.resolve(), statistics: [], previews: [] };
}

/** The memory that a set of maps gives back when its last owner is gone. */
export function release(maps: Maps, giveBack: (values: Float32Array<ArrayBuffer>) => void): void {
  maps.owners -= 1;
  if (maps.owners > 0) return;
  if (maps.values) giveBack(maps.values);
  maps.values = null;
  if (maps.recipe) release(maps.recipe.reads, giveBack);
}

/** The values of a box, [channels, rows, columns], copied. */
export async function readBox(
  maps: Maps,
  box: Box,
  threads: Threads,
  isUnwanted: () => boolean,
): Promise<Float32Array<ArrayBuffer>> {
  if (maps.values) return copyBox(maps.values, maps.shape, box);
  const { recipe } = maps;
  if (!recipe) throw new EngineError('internal', 'The tensor has been freed.');
  const values = new Float32Array(boxSize(box));
  if (recipe.conv) {
    await convolveInto(await sourceOf(recipe, maps.shape), recipe.activations, box, values, box, threads, isUnwanted);
    return values;
  }
  const read = await readBox(recipe.reads, box, threads, isUnwanted);
  for (const name of recipe.activations) applyActivation(name, read);
  return read;
}

async function sourceOf({ conv, parameters: given, reads }: Recipe, [, , height, width]: Shape): Promise<ConvSource> {
  const parameters = await given?.();
  if (!conv || !parameters || !reads.values) throw new EngineError('internal', 'A convolution has nothing to read.');
  return { conv, parameters, values: reads.values, shape: reads.shape, size: [height, width] };
}

/**
 * Computes the box `wanted` of a convolution and its activations into `out`, which holds the box `outBox` (for whole maps: of
 * the image that is meant).
 */
export function convolveInto(
  source: ConvSource,
  activations: readonly ActivationName[],
  wanted: Box,
  out: Float32Array,
  outBox: Box,
  threads: Threads,
  isUnwanted: () => boolean,
): Promise<void> {
  return threads.run(
    boxesOf(source.conv, wanted, macsAtOnce(threads, boxSize(wanted) * macsPerValue(source.conv))),
    (box, allocate) => taskFor(source, box, activations, allocate),
    (box, values) => placeBox(values, box, out, outBox),
    isUnwanted,
  );
}

/** Copies the values of `box` to their places among those of `outBox`, which contains it. */
export function placeBox(values: Float32Array, box: Box, out: Float32Array, outBox: Box): void {
  const width = box.x1 - box.x0;
  const outWidth = outBox.x1 - outBox.x0;
  const outHeight = outBox.y1 - outBox.y0;
  if (width === outWidth && box.y1 - box.y0 === outHeight) {
    out.set(values, (box.c0 - outBox.c0) * outHeight * outWidth);
    return;
  }
  let from = 0;
  for (let c = box.c0; c < box.c1; c += 1) {
    const plane = (c - outBox.c0) * outHeight;
    if (width === outWidth) {
      const length = (box.y1 - box.y0) * width;
      out.set(values.subarray(from, from + length), (plane + box.y0 - outBox.y0) * outWidth);
      from += length;
      continue;
    }
    for (let y = box.y0; y < box.y1; y += 1) {
      out.set(values.subarray(from, from + width), (plane + y - outBox.y0) * outWidth + box.x0 - outBox.x0);
      from += width;
    }
  }
}

function copyBox(values: Float32Array, shape: Shape, box: Box): Float32Array<ArrayBuffer> {
  const [, channels, height, width] = shape;
  const out = new Float32Array(boxSize(box));
  let to = 0;
  for (let c = box.c0; c < box.c1; c += 1) {
    for (let y = box.y0; y < box.y1; y += 1) {
      const line = ((box.n * channels + c) * height + y) * width;
      out.set(values.subarray(line + box.x0, line + box.x1), to);
      to += box.x1 - box.x0;
    }
  }
  return out;
}

/** All rows and columns of some maps of batch 0. */
export function mapsBox(shape: Shape, c0: number, c1: number, n = 0): Box {
  return { n, c0, c1, y0: 0, y1: shape[2], x0: 0, x1: shape[3] };
}

/** Longest side of a preview, in pixels. */
const previewSide = 1024;

/** The means of factor x factor blocks of a map [height, width]. */
export function previewOf(values: Float32Array, width: number, height: number): Preview {
  const factor = Math.ceil(Math.max(width, height) / previewSide);
  const across = Math.ceil(width / factor);
  const down = Math.ceil(height / factor);
  const out = new Float32Array(across * down);
  for (let row = 0; row < down; row += 1) {
    const y1 = Math.min(height, (row + 1) * factor);
    for (let column = 0; column < across; column += 1) {
      const x0 = column * factor;
      const x1 = Math.min(width, x0 + factor);
      let sum = 0;
      for (let y = row * factor; y < y1; y += 1) for (let x = x0; x < x1; x += 1) sum += values[y * width + x]!;
      out[row * across + column] = sum / ((x1 - x0) * (y1 - row * factor));
    }
  }
  return { factor, width: across, height: down, values: out };
}
