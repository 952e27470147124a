/**
 * The arithmetic of one output value, written out: for every input channel of its group the patch that the kernel covers, the
 * kernel slice, their products and the partial sum; then the bias. In float64 from the float32 inputs, so that the sum is exact to
 * more digits than anybody prints.
 */
import type { HostTensor, ParameterValues } from '../operator.ts';
import type { Conv2d } from './attributes.ts';
import { resolvePadding, sourceIndex } from './index.ts';

/** One input channel's share of an output value; arrays are kh x kw in reading order. */
export interface SliceTerms {
  /** The input channel. */
  readonly channel: number;
  readonly patch: Float64Array;
  /** True where the tap lies outside of the input, so that the patch value is padding (zero or a copied pixel). */
  readonly isPadding: readonly boolean[];
  readonly kernel: Float64Array;
  readonly products: Float64Array;
  readonly partial: number;
}

export interface DotProduct {
  readonly slices: readonly SliceTerms[];
  readonly bias: number;
  /** Sum of the partial sums and the bias: the value before the activation. */
  readonly linear: number;
}

/**
 * Writes out output value (channel, y, x) of image 0. `input` is [N, C, H, W]; `parameters.weight` is [Cout, Cin/groups, kh, kw].
 * The unit must lie inside of the output.
 */
export function dotProduct(
  conv: Conv2d,
  parameters: ParameterValues,
  input: HostTensor,
  unit: { readonly channel: number; readonly y: number; readonly x: number },
): DotProduct {
  const [kh, kw] = conv.kernelSize;
  const [, , height, width] = input.shape;
  const { top, left } = resolvePadding(conv);
  const slicesPerGroup = conv.inChannels / conv.groups;
  const group = Math.floor(unit.channel / (conv.outChannels / conv.groups));

  const rows = Array.from({ length: kh }, (_, ky) => unit.y * conv.stride[0] - top + ky * conv.dilation[0]);
  const columns = Array.from({ length: kw }, (_, kx) => unit.x * conv.stride[1] - left + kx * conv.dilation[1]);
  const sourceRows = rows.map((y) => sourceIndex(y, height, conv.paddingMode));
  const sourceColumns = columns.map((x) => sourceIndex(x, width, conv.paddingMode));

  const slices = Array.from({ length: slicesPerGroup }, (_, slice): SliceTerms => {
    const channel = group * slicesPerGroup + slice;
    const patch = new Float64Array(kh * kw);
    const kernel = new Float64Array(kh * kw);
    const products = new Float64Array(kh * kw);
    const isPadding: boolean[] = [];
    let partial = 0;
    for (let ky = 0; ky < kh; ky++) {
      for (let kx = 0; kx < kw; kx++) {
        const tap = ky * kw + kx;
        const y = sourceRows[ky] ?? null;
        const x = sourceColumns[kx] ?? null;
        const value = y === null || x === null ? 0 : (input.values[(channel * height + y) * width + x] ?? 0);
        const weight = parameters.weight[((unit.channel * slicesPerGroup + slice) * kh + ky) * kw + kx] ?? 0;
        isPadding.push(y !== rows[ky] || x !== columns[kx]);
        patch[tap] = value;
        kernel[tap] = weight;
        products[tap] = value * weight;
        partial += value * weight;
      }
    }
    return { channel, patch, isPadding, kernel, products, partial };
  });

  const bias = parameters.bias?.[unit.channel] ?? 0;
  const linear = slices.reduce((sum, slice) => sum + slice.partial, bias);
  return { slices, bias, linear };
}
