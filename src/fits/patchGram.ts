/**
 * The Gram matrix of the patches that a layer reads: G = Σ p pᵀ over all positions of the output, p the patch as a vector. With it
 * Σ ‖(W - Ŵ) p‖² = tr((W - Ŵ) G (W - Ŵ)ᵀ), so that the picture is read once, whatever is fitted to it.
 */
import { type Matrix, matrix, submatrix } from '../math/matrix.ts';
import type { Conv2d } from '../operators/conv2d/attributes.ts';
import { sourceIndex, windowOf } from '../operators/conv2d/index.ts';
import type { HostTensor } from '../operators/operator.ts';
import { outputSize } from '../operators/window.ts';
import { indexOfTap, type Tap } from './taps.ts';

export interface PatchGram {
  readonly taps: readonly Tap[];
  readonly channels: number;
  /** [channels * taps, channels * taps]; entry of channel c and tap t at c * taps.length + t. */
  readonly values: Matrix;
}

/** Positions that are gathered at once: eight rows of them stay in a core's first cache. */
const chunk = 256;

/**
 * G in float64 over all images of `input` [N, Cin, H, W], padding as the layer's. Yields the share that is done, 0 to 1, every few
 * milliseconds; a caller that does not go on has stopped it. Costs (Cin taps)² / 2 multiply-adds per position.
 */
export function* patchGram(conv: Conv2d, taps: readonly Tap[], input: HostTensor): Generator<number, PatchGram> {
  const [images, channels, height, width] = input.shape;
  const rows = outputSize(windowOf(conv, 'h', height));
  const columns = outputSize(windowOf(conv, 'w', width));
  const size = channels * taps.length;
  // Rows in fours for the loop below; those beyond `size` stay zero.
  const padded = 4 * Math.ceil(size / 4);
  const gram = matrix(padded, padded);
  const patches = new Float64Array(padded * chunk);
  const sources = (positions: number, step: number, length: number, offset: (tap: Tap) => number) =>
    taps.map((tap) =>
      Int32Array.from(
        { length: positions },
        (_, i) => sourceIndex(i * step + offset(tap), length, conv.paddingMode) ?? -1,
      ),
    );
  const sourceRows = sources(rows, conv.stride[0], height, ({ y }) => y);
  const sourceColumns = sources(columns, conv.stride[1], width, ({ x }) => x);
  const perImage = rows * columns;
  for (let image = 0; image < images; image++) {
    for (let first = 0; first < perImage; first += chunk) {
      const count = Math.min(chunk, perImage - first);
      for (let row = 0; row < size; row++) {
        const plane = (image * channels + Math.floor(row / taps.length)) * height * width;
        const ys = sourceRows[row % taps.length]!;
        const xs = sourceColumns[row % taps.length]!;
        for (let i = 0; i < count; i++) {
          const y = ys[Math.floor((first + i) / columns)]!;
          const x = xs[(first + i) % columns]!;
          patches[row * chunk + i] = y < 0 || x < 0 ? 0 : input.values[plane + y * width + x]!;
        }
      }
      addProducts(gram, patches, count);
      yield (image * perImage + first + count) / (images * perImage);
    }
  }
  const all = Int32Array.from({ length: size }, (_, i) => i);
  for (let i = 0; i < padded; i++)
    for (let j = 0; j < i; j++) gram.values[i * padded + j] = gram.values[j * padded + i]!;
  return { taps, channels, values: submatrix(gram, all, all) };
}

/** Adds X Xᵀ on and above the diagonal, in tiles of 4 x 4: sixteen sums per eight values read. */
function addProducts({ rows: size, values }: Matrix, x: Float64Array, count: number): void {
  for (let i = 0; i < size; i += 4) {
    for (let j = i; j < size; j += 4) {
      let [s00, s01, s02, s03, s10, s11, s12, s13] = [0, 0, 0, 0, 0, 0, 0, 0];
      let [s20, s21, s22, s23, s30, s31, s32, s33] = [0, 0, 0, 0, 0, 0, 0, 0];
      for (let k = 0; k < count; k++) {
        const a0 = x[i * chunk + k]!;
        const a1 = x[(i + 1) * chunk + k]!;
        const a2 = x[(i + 2) * chunk + k]!;
        const a3 = x[(i + 3) * chunk + k]!;
        const b0 = x[j * chunk + k]!;
        const b1 = x[(j + 1) * chunk + k]!;
        const b2 = x[(j + 2) * chunk + k]!;
        const b3 = x[(j + 3) * chunk + k]!;
        s00 += a0 * b0;
        s01 += a0 * b1;
        s02 += a0 * b2;
        s03 += a0 * b3;
        s10 += a1 * b0;
        s11 += a1 * b1;
        s12 += a1 * b2;
        s13 += a1 * b3;
        s20 += a2 * b0;
        s21 += a2 * b1;
        s22 += a2 * b2;
        s23 += a2 * b3;
        s30 += a3 * b0;
        s31 += a3 * b1;
        s32 += a3 * b2;
        s33 += a3 * b3;
      }
      const sums = [s00, s01, s02, s03, s10, s11, s12, s13, s20, s21, s22, s23, s30, s31, s32, s33];
      for (let t = 0; t < 16; t++) {
        const at = (i + (t >> 2)) * size + j + (t & 3);
        values[at] = values[at]! + sums[t]!;
      }
    }
  }
}

/** The part of a Gram matrix at `taps`, in their order. Throws where it was not taken on them (`tapsFor` the kind). */
export function gramOn(gram: PatchGram, taps: readonly Tap[]): Matrix {
  const places = taps.map((tap) => {
    const place = indexOfTap(gram.taps, tap);
    if (place < 0) throw new Error(`the Gram matrix knows nothing of the tap at (${tap.y}, ${tap.x})`);
    return place;
  });
  const indices = Int32Array.from(
    { length: gram.channels * taps.length },
    (_, i) => Math.floor(i / taps.length) * gram.taps.length + places[i % taps.length]!,
  );
  return submatrix(gram.values, indices, indices);
}
