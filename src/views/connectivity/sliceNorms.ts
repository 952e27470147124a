/** How strong each connection of a convolution is: the norm of the slice of its weights between an input and an output channel. */
import type { Operator } from '../../operators/index.ts';

export interface SliceNorms {
  readonly inputs: number;
  readonly outputs: number;
  /** outputs x inputs, row by row; 0 where nothing is connected. */
  readonly norms: Float64Array;
  readonly largest: number;
}

/** `weight` as PyTorch has it: [out, in / groups, kh, kw], of a transposed convolution [in, out / groups, kh, kw]. Null: no convolution. */
export function sliceNorms(operator: Operator, weight: Float32Array): SliceNorms | null {
  switch (operator.kind) {
    case 'conv2d':
    case 'deform_conv2d':
      return normsOf(operator, weight, false);
    case 'conv_transpose2d':
      return normsOf(operator, weight, true);
    default:
      return null;
  }
}

interface Convolution {
  readonly inChannels: number;
  readonly outChannels: number;
  readonly groups: number;
  readonly kernelSize: readonly [number, number];
}

function normsOf(
  { inChannels, outChannels, groups, kernelSize: [kh, kw] }: Convolution,
  weight: Float32Array,
  isTransposed: boolean,
): SliceNorms {
  const [reads, writes] = [inChannels / groups, outChannels / groups];
  const norms = new Float64Array(outChannels * inChannels);
  for (let output = 0; output < outChannels; output++) {
    const group = Math.floor(output / writes);
    for (let slice = 0; slice < reads; slice++) {
      const input = group * reads + slice;
      const row = isTransposed ? input * writes + (output % writes) : output * reads + slice;
      const values = weight.subarray(row * kh * kw, (row + 1) * kh * kw);
      norms[output * inChannels + input] = Math.hypot(...values);
    }
  }
  return { inputs: inChannels, outputs: outChannels, norms, largest: norms.reduce((a, b) => Math.max(a, b), 0) };
}
