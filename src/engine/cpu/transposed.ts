/**
 * A transposed convolution as plain ones. Along an axis with stride s the outputs o with the same r = (o + p) mod s are reached by the
 * same taps, the t with d t = r (mod s); they stand s / gcd(s, d) apart and read inputs d / gcd(s, d) apart. So each phase (of rows and
 * of columns) is a convolution with stride 1 over the input, with those taps in reverse, and its outputs go s apart.
 */
import { greatestCommonDivisor } from '../../math/integers.ts';
import type { ActivationName } from '../../operators/activation/attributes.ts';
import type { Conv2d } from '../../operators/conv2d/attributes.ts';
import type { ConvTranspose2d } from '../../operators/convTranspose2d/attributes.ts';
import type { ParameterValues, Shape } from '../../operators/operator.ts';
import { applyActivation, type Box, boxesOf, type ConvSource, macsPerValue, taskFor } from './convTask.ts';
import { macsAtOnce, type Threads } from './threads.ts';

/** One axis of a phase: output `first` + i `step` for i < count; input i + `from` + m `dilation` meets tap `taps`[m]. */
interface AxisPhase {
  readonly first: number;
  readonly step: number;
  readonly count: number;
  readonly from: number;
  readonly dilation: number;
  readonly taps: readonly number[];
}

/** A phase: without taps its outputs are the bias alone. */
export interface Phase {
  readonly rows: AxisPhase;
  readonly columns: AxisPhase;
  readonly conv: Conv2d | null;
  readonly parameters: ParameterValues;
}

function axisPhases(conv: ConvTranspose2d, axis: 0 | 1, outputs: number): readonly AxisPhase[] {
  const [step, dilation, kernel] = [conv.stride[axis], conv.dilation[axis], conv.kernelSize[axis]];
  const before = axis === 0 ? conv.padding.top : conv.padding.left;
  const common = greatestCommonDivisor(step, dilation);
  const phases: AxisPhase[] = [];
  for (let first = 0; first < Math.min(step, outputs); first += 1) {
    const reached = Array.from({ length: kernel }, (_, tap) => tap).filter(
      (tap) => (first + before - dilation * tap) % step === 0,
    );
    const taps = reached.toReversed();
    phases.push({
      first,
      step,
      count: Math.ceil((outputs - first) / step),
      from: taps.length > 0 ? (first + before - dilation * taps[0]!) / step : 0,
      dilation: dilation / common,
      taps,
    });
  }
  return phases;
}

/** Weights by phase, made once for each parameters object. */
const weightsOfPhases = new WeakMap<ParameterValues, Map<string, ParameterValues>>();

/** [Cin, Cout/g, kh, kw] and the taps of a phase → [Cout, Cin/g, rows' taps, columns' taps]. */
function phaseParameters(
  conv: ConvTranspose2d,
  parameters: ParameterValues,
  rows: readonly number[],
  columns: readonly number[],
): ParameterValues {
  const known = weightsOfPhases.get(parameters) ?? new Map<string, ParameterValues>();
  weightsOfPhases.set(parameters, known);
  const key = JSON.stringify([conv.groups, conv.kernelSize, rows, columns]);
  const found = known.get(key);
  if (found) return found;
  const [kh, kw] = conv.kernelSize;
  const [slices, filters] = [conv.inChannels / conv.groups, conv.outChannels / conv.groups];
  const weight = new Float32Array(conv.outChannels * slices * rows.length * columns.length);
  let at = 0;
  for (let o = 0; o < conv.outChannels; o += 1) {
    const first = Math.floor(o / filters) * slices;
    for (let c = first; c < first + slices; c += 1) {
      const kernel = (c * filters + (o % filters)) * kh * kw;
      for (const a of rows) {
        for (const b of columns) {
          weight[at] = parameters.weight[kernel + a * kw + b]!;
          at += 1;
        }
      }
    }
  }
  const made = { weight, bias: parameters.bias };
  known.set(key, made);
  return made;
}

/** The phases of a layer whose outputs are [height, width]. */
export function phasesOf(
  conv: ConvTranspose2d,
  parameters: ParameterValues,
  [, , height, width]: Shape,
): readonly Phase[] {
  return axisPhases(conv, 0, height).flatMap((rows) =>
    axisPhases(conv, 1, width).map((columns): Phase => {
      if (rows.taps.length === 0 || columns.taps.length === 0) return { rows, columns, conv: null, parameters };
      return {
        rows,
        columns,
        conv: {
          kind: 'conv2d',
          inChannels: conv.inChannels,
          outChannels: conv.outChannels,
          kernelSize: [rows.taps.length, columns.taps.length],
          stride: [1, 1],
          // Inputs before the first one are zero; a phase that begins further inside crops instead.
          padding: { top: -rows.from, bottom: 0, left: -columns.from, right: 0 },
          dilation: [rows.dilation, columns.dilation],
          groups: conv.groups,
          bias: conv.bias,
          paddingMode: 'zeros',
        },
        parameters: phaseParameters(conv, parameters, rows.taps, columns.taps),
      };
    }),
  );
}

/** What is read, and where the maps of `shape` go. */
export interface Transposition {
  readonly conv: ConvTranspose2d;
  readonly parameters: ParameterValues;
  readonly input: Pick<ConvSource, 'values' | 'shape'>;
  readonly activations: readonly ActivationName[];
  readonly out: Float32Array;
  readonly shape: Shape;
}

/** Computes a transposed convolution and the activations after it, phase by phase. */
export async function transposeInto(work: Transposition, threads: Threads, isUnwanted: () => boolean): Promise<void> {
  const { conv, input, activations, shape } = work;
  const phases = phasesOf(conv, work.parameters, shape);
  for (const phase of phases) if (!phase.conv) placeBias(work, phase);
  const macs =
    shape[0] *
    conv.outChannels *
    phases.reduce(
      (sum, { rows, columns, conv: plain }) => sum + (plain ? macsPerValue(plain) * rows.count * columns.count : 0),
      0,
    );
  function* jobs(): Generator<{ readonly phase: Phase; readonly source: ConvSource; readonly box: Box }> {
    for (let n = 0; n < shape[0]; n += 1) {
      for (const phase of phases) {
        if (!phase.conv) continue;
        const size = [phase.rows.count, phase.columns.count] as const;
        const source: ConvSource = { conv: phase.conv, parameters: phase.parameters, ...input, size };
        const box = { n, c0: 0, c1: conv.outChannels, y0: 0, y1: size[0], x0: 0, x1: size[1] };
        for (const part of boxesOf(phase.conv, box, macsAtOnce(threads, macs))) yield { phase, source, box: part };
      }
    }
  }
  await threads.run(
    jobs(),
    ({ source, box }, allocate) => taskFor(source, box, activations, allocate),
    ({ phase, box }, values) => placePhase(values, box, phase, work),
    isUnwanted,
  );
}

function placePhase(values: Float32Array, box: Box, { rows, columns }: Phase, { out, shape }: Transposition): void {
  const [, channels, height, width] = shape;
  let at = 0;
  for (let c = box.c0; c < box.c1; c += 1) {
    for (let y = box.y0; y < box.y1; y += 1) {
      const row = ((box.n * channels + c) * height + rows.first + y * rows.step) * width + columns.first;
      for (let x = box.x0; x < box.x1; x += 1) {
        out[row + x * columns.step] = values[at]!;
        at += 1;
      }
    }
  }
}

function placeBias({ conv, parameters, activations, out, shape }: Transposition, phase: Phase): void {
  const value = Float32Array.from({ length: conv.outChannels }, (_, o) => parameters.bias?.[o] ?? 0);
  for (const name of activations) applyActivation(name, value);
  const { rows, columns } = phase;
  for (let map = 0; map < shape[0] * shape[1]; map += 1) {
    for (let y = rows.first; y < shape[2]; y += rows.step) {
      const row = (map * shape[2] + y) * shape[3];
      for (let x = columns.first; x < shape[3]; x += columns.step) out[row + x] = value[map % shape[1]]!;
    }
  }
}
