/**
 * Convolution on the host. `referenceRows` is the definition in float64, tap by tap: every kernel is held against it.
 * `computeRows` is the CPU engine's kernel: rows are padded once into a strip, split by phase so that any stride reads
 * contiguously, and each output row gathers four taps per pass; it adds in float64 and rounds once, to float32. Both work on a
 * slab of channels and rows, so that a caller can split the work, report progress and stop.
 */
import type { FloatArray, HostTensor, ParameterValues, ReferenceResult, Shape } from '../operator.ts';
import { firstTap, outputSize, type Window } from '../window.ts';
import type { Conv2d } from './attributes.ts';
import { sourceIndex, windowOf } from './padding.ts';

/** A part of the output: channels `channel`.. and rows `row`.. of one image of the batch. */
export interface Slab {
  readonly image: number;
  readonly channel: number;
  readonly channels: number;
  readonly row: number;
  readonly rows: number;
}

/** Where a slab goes: value (c, y, x) of it at offset + c * channelStride + y * width + x. */
export interface SlabTarget {
  readonly values: Float32Array;
  readonly offset: number;
  readonly channelStride: number;
}

interface Geometry {
  readonly vertical: Window;
  readonly horizontal: Window;
  readonly rows: number;
  readonly columns: number;
}

function geometryOf(conv: Conv2d, input: Shape): Geometry {
  const vertical = windowOf(conv, 'h', input[2]);
  const horizontal = windowOf(conv, 'w', input[3]);
  return { vertical, horizontal, rows: outputSize(vertical), columns: outputSize(horizontal) };
}

function weightsOf(parameters: ParameterValues | null): ParameterValues {
  if (!parameters) throw new Error('a convolution needs weights');
  return parameters;
}

/** The whole output in float64, with the sum of |terms| of each value. */
export function referenceConv2d(
  conv: Conv2d,
  inputs: readonly HostTensor[],
  parameters: ParameterValues | null,
): ReferenceResult {
  const input = inputs[0];
  if (!input) throw new Error('a convolution reads one tensor');
  const { rows, columns } = geometryOf(conv, input.shape);
  const shape: Shape = [input.shape[0], conv.outChannels, rows, columns];
  const perImage = conv.outChannels * rows * columns;
  const values = new Float64Array(shape[0] * perImage);
  const magnitude = new Float64Array(values.length);
  for (let image = 0; image < shape[0]; image++) {
    const slab = { image, channel: 0, channels: conv.outChannels, row: 0, rows };
    const part = referenceRows(conv, input, weightsOf(parameters), slab);
    values.set(part.values, image * perImage);
    magnitude.set(part.magnitude, image * perImage);
  }
  return { output: { shape, values }, magnitude };
}

/** A slab of the output in float64: `values` and `magnitude` are [channels, rows, columns] of the slab. */
export function referenceRows(
  conv: Conv2d,
  input: HostTensor,
  parameters: ParameterValues,
  slab: Slab,
): { readonly values: Float64Array; readonly magnitude: Float64Array } {
  const [, , height, width] = input.shape;
  const { vertical, horizontal, columns } = geometryOf(conv, input.shape);
  const [kh, kw] = conv.kernelSize;
  const slices = conv.inChannels / conv.groups;
  const sourceRows = sources(vertical, slab.row, slab.rows, conv);
  const sourceColumns = sources(horizontal, 0, columns, conv);
  const values = new Float64Array(slab.channels * slab.rows * columns);
  const magnitude = new Float64Array(values.length);
  const x = input.values;
  let at = 0;
  for (let o = slab.channel; o < slab.channel + slab.channels; o++) {
    const group = Math.floor(o / (conv.outChannels / conv.groups));
    const firstPlane = slab.image * conv.inChannels + group * slices;
    const bias = parameters.bias?.[o] ?? 0;
    for (let u = 0; u < slab.rows; u++) {
      for (let v = 0; v < columns; v++) {
        let sum = bias;
        let size = Math.abs(bias);
        for (let c = 0; c < slices; c++) {
          const plane = (firstPlane + c) * height * width;
          const kernel = (o * slices + c) * kh * kw;
          for (let a = 0; a < kh; a++) {
            const row = sourceRows[u * kh + a]!;
            if (row < 0) continue;
            for (let b = 0; b < kw; b++) {
              const column = sourceColumns[v * kw + b]!;
              if (column < 0) continue;
              const term = parameters.weight[kernel + a * kw + b]! * x[plane + row * width + column]!;
              sum += term;
              size += Math.abs(term);
            }
          }
        }
        values[at] = sum;
        magnitude[at] = size;
        at++;
      }
    }
  }
  return { values, magnitude };
}

/** Which input index each tap of outputs first..first+count-1 reads, [count, kernel]; -1 where it reads a zero. */
function sources(window: Window, first: number, count: number, conv: Conv2d): Int32Array {
  const indices = new Int32Array(count * window.kernel);
  for (let u = 0; u < count; u++) {
    for (let tap = 0; tap < window.kernel; tap++) {
      const position = firstTap(window, first + u) + tap * window.dilation;
      indices[u * window.kernel + tap] = sourceIndex(position, window.input, conv.paddingMode) ?? -1;
    }
  }
  return indices;
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
  const line = new Float64Array(geometry.columns);
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
      for (let o = first; o < last; o++) {
        const weights = parameters.weight.subarray(o * offsets.length, (o + 1) * offsets.length);
        const bias = parameters.bias?.[o] ?? 0;
        for (let u = 0; u < rows; u++) {
          line.fill(bias);
          gather(line, strip, u * geometry.vertical.stride * layout.rowLength, offsets, weights);
          target.values.set(line, target.offset + (o - slab.channel) * target.channelStride + (row + u) * line.length);
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

/** line[x] += sum over taps of weight * strip[start + offset + x]. */
function gather(
  line: Float64Array,
  strip: Float64Array,
  start: number,
  offsets: Int32Array,
  weights: FloatArray,
): void {
  let tap = 0;
  for (; tap + 4 <= offsets.length; tap += 4) {
    const w0 = weights[tap]!;
    const w1 = weights[tap + 1]!;
    const w2 = weights[tap + 2]!;
    const w3 = weights[tap + 3]!;
    const o0 = start + offsets[tap]!;
    const o1 = start + offsets[tap + 1]!;
    const o2 = start + offsets[tap + 2]!;
    const o3 = start + offsets[tap + 3]!;
    for (let x = 0; x < line.length; x++) {
      line[x] = line[x]! + w0 * strip[o0 + x]! + w1 * strip[o1 + x]! + w2 * strip[o2 + x]! + w3 * strip[o3 + x]!;
    }
  }
  for (; tap < offsets.length; tap++) {
    const weight = weights[tap]!;
    const offset = start + offsets[tap]!;
    for (let x = 0; x < line.length; x++) line[x] = line[x]! + weight * strip[offset + x]!;
  }
}
