/**
 * A transposed convolution as a sub-pixel convolution: a convolution to s² times the channels, whose blocks of s² channels are then laid out
 * as s x s pixels (Shi et al. 2016, "Is the deconvolution layer the same as a convolutional layer?"). Output pixel u = s m + i reads input
 * m + e through tap t where i + p - d t = s e, so each phase i has a small kernel of its own over e.
 */
import { createConv2d } from '../../operators/conv2d/index.ts';
import type { ConvTranspose2d } from '../../operators/convTranspose2d/attributes.ts';
import type { Axis, Pair, ParameterValues } from '../../operators/operator.ts';
import { effectiveKernel } from '../../operators/window.ts';
import type { Alternative } from './direct.ts';

interface SubpixelAxis {
  readonly kernel: number;
  readonly before: number;
  readonly after: number;
  /** Outputs beyond those of the transposed layer: blocks are whole. */
  readonly extra: number;
  /** tap[i][a]: the transposed layer's tap that phase i has at its own tap a; -1 where it has none. */
  readonly taps: readonly (readonly number[])[];
}

function subpixelAxis(conv: ConvTranspose2d, name: Axis): SubpixelAxis {
  const axis = name === 'h' ? 0 : 1;
  const { top, bottom, left, right } = conv.padding;
  const [crop, cropped] = name === 'h' ? [top, top + bottom] : [left, left + right];
  const [kernel, stride, dilation] = [conv.kernelSize[axis], conv.stride[axis], conv.dilation[axis]];
  const tapAt = (phase: number, e: number): number => {
    const tap = (phase + crop - stride * e) / dilation;
    return Number.isInteger(tap) && tap >= 0 && tap < kernel ? tap : -1;
  };
  // Outputs are s (i - 1) + reach many: in whole blocks, so many blocks more than inputs.
  const reach = effectiveKernel(kernel, dilation) + conv.outputPadding[axis] - cropped;
  const blocks = Math.ceil(reach / stride) - 1;
  const first = Math.min(0, Math.ceil((crop - effectiveKernel(kernel, dilation) + 1) / stride));
  const last = Math.max(0, Math.floor((stride - 1 + crop) / stride), -blocks);
  const positions = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  return {
    kernel: positions.length,
    before: -first,
    after: blocks + last,
    extra: stride * (blocks + 1) - reach,
    taps: Array.from({ length: stride }, (_, phase) => positions.map((e) => tapAt(phase, e))),
  };
}

/** The network, and how many rows and columns it has below and to the right of the transposed layer's; [0, 0]: it is the same layer. */
export type PixelShuffleAlternative = Alternative & { readonly extra: Pair };

/** Null where rows and columns are enlarged by different factors, which a pixel shuffle cannot. */
export function pixelShuffleAlternative(
  transposed: ConvTranspose2d,
  values: ParameterValues,
): PixelShuffleAlternative | null {
  const { inChannels, outChannels, groups, stride, bias } = transposed;
  const [block] = stride;
  if (block !== stride[1]) return null;
  const h = subpixelAxis(transposed, 'h');
  const w = subpixelAxis(transposed, 'w');
  const conv = createConv2d({
    inChannels,
    outChannels: outChannels * block ** 2,
    kernelSize: [h.kernel, w.kernel],
    padding: { top: h.before, bottom: h.after, left: w.before, right: w.after },
    groups,
    bias,
  });
  const repeated = Float32Array.from(
    { length: conv.outChannels },
    (_, o) => values.bias?.[Math.floor(o / block ** 2)] ?? 0,
  );
  return {
    graph: {
      nodes: [
        { id: 'input', operator: { kind: 'input', channels: inChannels }, inputs: [] },
        { id: 'phases', operator: conv, inputs: ['input'] },
        { id: 'output', operator: { kind: 'depth_to_space', block, mode: 'CRD' }, inputs: ['phases'] },
      ],
    },
    parameters: {
      phases: { weight: phaseWeights(transposed, h, w, values.weight), bias: values.bias && repeated },
    },
    extra: [h.extra, w.extra],
  };
}

/** [Cin, Cout/g, kh, kw] → [Cout s², Cin/g, kernel h, kernel w]: channel o s² + i s + j holds the taps of phase (i, j). */
function phaseWeights(
  { inChannels, outChannels, groups, kernelSize }: ConvTranspose2d,
  h: SubpixelAxis,
  w: SubpixelAxis,
  weight: Float32Array,
): Float32Array<ArrayBuffer> {
  const [filters, slices] = [outChannels / groups, inChannels / groups];
  const packed: number[] = [];
  const kernelOf = (rows: readonly number[], columns: readonly number[], start: number) =>
    rows.flatMap((a) => columns.map((b) => (a < 0 || b < 0 ? 0 : weight[start + a * kernelSize[1] + b]!)));
  for (let o = 0; o < outChannels; o++) {
    const firstChannel = Math.floor(o / filters) * slices;
    for (const rows of h.taps) {
      for (const columns of w.taps) {
        for (let c = 0; c < slices; c++) {
          const start = ((firstChannel + c) * filters + (o % filters)) * kernelSize[0] * kernelSize[1];
          packed.push(...kernelOf(rows, columns, start));
        }
      }
    }
  }
  return Float32Array.from(packed);
}
