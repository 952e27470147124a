/**
 * The CPU engine's convolution in float32. Rows are padded once into a strip, split by phase so that any stride reads
 * contiguously; two filters gather four taps per pass over an output row. It adds in float64 and rounds once. Works on a slab of
 * channels and rows, so that a caller can share out the work and stop.
 */
import type { HostTensor, ParameterValues, Shape } from '../operator.ts';
import { firstTap, type Window } from '../window.ts';
import type { Conv2d } from './attributes.ts';
import { sourceIndex, windowOf } from './padding.ts';
import { type Geometry, geometryOf, type Slab, weightsOf } from './slab.ts';

/** Where a slab goes: value (c, y, x) of it at offset + c * channelStride + y * width + x. */
export interface SlabTarget {
  readonly values: Float32Array;
  readonly offset: number;
  readonly channelStride: number;
}

/** The whole output in float32. */
export function computeConv2d(
  conv: Conv2d,
  inputs: readonly HostTensor<Float32Array>[],
  parameters: ParameterValues | null,
): HostTensor<Float32Array> {
  const input = inputs[0];
  if (!input) throw new Error('a convolution reads one tensor');
  const { rows, columns } = geometryOf(conv, input.shape);
  const shape: Shape = [input.shape[0], conv.outChannels, rows, columns];
  const values = new Float32Array(shape[0] * shape[1] * rows * columns);
  for (let image = 0; image < shape[0]; image++) {
    const slab = { image, channel: 0, channels: conv.outChannels, row: 0, rows };
    const offset = image * shape[1] * rows * columns;
    computeRows(conv, input, weightsOf(parameters), slab, { values, offset, channelStride: rows * columns });
  }
  return { shape, values };
}

/** Padded strips are kept near this many values, so that they stay in a core's cache. */
const stripValues = 64 * 1024;

/** Computes a slab of the output in float32 and writes it to `target`. Shapes must be valid. */
export function computeRows(
  conv: Conv2d,
  input: HostTensor<Float32Array>,
  parameters: ParameterValues,
  slab: Slab,
  target: SlabTarget,
): void {
  const geometry = geometryOf(conv, input.shape);
  const filtersPerGroup = conv.outChannels / conv.groups;
  const slices = conv.inChannels / conv.groups;
  const layout = stripLayout(geometry, conv);
  const rowsAtOnce = rowsPerStrip(slices, layout, geometry.vertical, slab.rows);
  const strip = new Float64Array(slices * layout.planeRows(rowsAtOnce) * layout.rowLength);
  const lines = [new Float64Array(geometry.columns), new Float64Array(geometry.columns)] as const;
  const filter = (o: number, length: number) => parameters.weight.subarray(o * length, (o + 1) * length);
  const end = slab.channel + slab.channels;
  for (let first = slab.channel; first < end; ) {
    const group = Math.floor(first / filtersPerGroup);
    const last = Math.min(end, (group + 1) * filtersPerGroup);
    for (let row = 0; row < slab.rows; row += rowsAtOnce) {
      const rows = Math.min(rowsAtOnce, slab.rows - row);
      const planeRows = layout.planeRows(rows);
      const plane = { image: slab.image, channel: group * slices, slices };
      fillStrip(strip, layout, planeRows, firstTap(geometry.vertical, slab.row + row), conv, input, plane);
      const offsets = tapOffsets(conv, layout, planeRows, slices);
      for (let o = first; o < last; o += 2) {
        const other = Math.min(o + 1, last - 1);
        const weights = [filter(o, offsets.length), filter(other, offsets.length)] as const;
        for (let u = 0; u < rows; u++) {
          lines[0].fill(parameters.bias?.[o] ?? 0);
          lines[1].fill(parameters.bias?.[other] ?? 0);
          gatherPair(lines, strip, u * geometry.vertical.stride * layout.rowLength, offsets, weights);
          const at = target.offset + (o - slab.channel) * target.channelStride + (row + u) * geometry.columns;
          target.values.set(lines[0], at);
          if (other > o) target.values.set(lines[1], at + target.channelStride);
        }
      }
    }
    first = last;
  }
}

interface StripLayout {
  /** Padded columns that some tap reads. */
  readonly columns: number;
  /** Values of one phase: every stride-th column. */
  readonly phaseLength: number;
  /** Values of one padded row: all its phases, one after another. */
  readonly rowLength: number;
  /** Padded rows that `outputs` rows of output read. */
  planeRows(outputs: number): number;
}

function stripLayout({ vertical, horizontal, columns }: Geometry, conv: Conv2d): StripLayout {
  const reach = (window: Window, outputs: number) =>
    (outputs - 1) * window.stride + window.dilation * (window.kernel - 1) + 1;
  const padded = reach(horizontal, columns);
  const phaseLength = Math.ceil(padded / conv.stride[1]);
  return {
    columns: padded,
    phaseLength,
    rowLength: phaseLength * conv.stride[1],
    planeRows: (outputs) => reach(vertical, outputs),
  };
}

function rowsPerStrip(slices: number, layout: StripLayout, vertical: Window, rows: number): number {
  const perRow = slices * layout.rowLength;
  const overlap = layout.planeRows(1) * perRow;
  return Math.max(1, Math.min(rows, Math.floor((stripValues - overlap) / (perRow * vertical.stride)), 1 + rows));
}

/** Copies the padded rows that start at input row `firstRow` into `strip`, [slices, planeRows, phases, phaseLength]. */
function fillStrip(
  strip: Float64Array,
  layout: StripLayout,
  planeRows: number,
  firstRow: number,
  conv: Conv2d,
  input: HostTensor<Float32Array>,
  plane: { readonly image: number; readonly channel: number; readonly slices: number },
): void {
  const [, , height, width] = input.shape;
  const stride = conv.stride[1];
  const left = windowOf(conv, 'w', width).before;
  const sourceOf = new Int32Array(layout.columns);
  for (let q = 0; q < layout.columns; q++) sourceOf[q] = sourceIndex(q - left, width, conv.paddingMode) ?? -1;
  for (let c = 0; c < plane.slices; c++) {
    const source = (plane.image * conv.inChannels + plane.channel + c) * height * width;
    for (let r = 0; r < planeRows; r++) {
      const to = (c * planeRows + r) * layout.rowLength;
      const row = sourceIndex(firstRow + r, height, conv.paddingMode);
      if (row === null) {
        strip.fill(0, to, to + layout.rowLength);
        continue;
      }
      const from = source + row * width;
      for (let phase = 0; phase < stride; phase++) {
        let at = to + phase * layout.phaseLength;
        for (let q = phase; q < layout.columns; q += stride) {
          const column = sourceOf[q]!;
          strip[at++] = column < 0 ? 0 : input.values[from + column]!;
        }
      }
    }
  }
}

/** Where each tap of the kernel starts in the strip for output row 0, in the order of the weights [slices, kh, kw]. */
function tapOffsets(conv: Conv2d, layout: StripLayout, planeRows: number, slices: number): Int32Array {
  const [kh, kw] = conv.kernelSize;
  const stride = conv.stride[1];
  const offsets = new Int32Array(slices * kh * kw);
  let at = 0;
  for (let c = 0; c < slices; c++) {
    for (let a = 0; a < kh; a++) {
      const row = (c * planeRows + a * conv.dilation[0]) * layout.rowLength;
      for (let b = 0; b < kw; b++) {
        const column = b * conv.dilation[1];
        offsets[at++] = row + (column % stride) * layout.phaseLength + Math.floor(column / stride);
      }
    }
  }
  return offsets;
}

/** lines[j][x] += sum over taps of weights[j][tap] * strip[start + offset + x], for the two filters j. */
function gatherPair(
  lines: readonly [Float64Array, Float64Array],
  strip: Float64Array,
  start: number,
  offsets: Int32Array,
  weights: readonly [Float32Array, Float32Array],
): void {
  const [p, q] = lines;
  const [wp, wq] = weights;
  let tap = 0;
  for (; tap + 4 <= offsets.length; tap += 4) {
    const p0 = wp[tap]!;
    const p1 = wp[tap + 1]!;
    const p2 = wp[tap + 2]!;
    const p3 = wp[tap + 3]!;
    const q0 = wq[tap]!;
    const q1 = wq[tap + 1]!;
    const q2 = wq[tap + 2]!;
    const q3 = wq[tap + 3]!;
    const o0 = start + offsets[tap]!;
    const o1 = start + offsets[tap + 1]!;
    const o2 = start + offsets[tap + 2]!;
    const o3 = start + offsets[tap + 3]!;
    for (let x = 0; x < p.length; x++) {
      const s0 = strip[o0 + x]!;
      const s1 = strip[o1 + x]!;
      const s2 = strip[o2 + x]!;
      const s3 = strip[o3 + x]!;
      p[x] = p[x]! + p0 * s0 + p1 * s1 + p2 * s2 + p3 * s3;
      q[x] = q[x]! + q0 * s0 + q1 * s1 + q2 * s2 + q3 * s3;
    }
  }
  for (; tap < offsets.length; tap++) {
    const wP = wp[tap]!;
    const wQ = wq[tap]!;
    const offset = start + offsets[tap]!;
    for (let x = 0; x < p.length; x++) {
      const value = strip[offset + x]!;
      p[x] = p[x]! + wP * value;
      q[x] = q[x]! + wQ * value;
    }
  }
}
