/**
 * The kernel from every input channel to every output channel, as a matrix of kernels: of one convolution (zeros outside of its groups),
 * and of two in a row without an activation between, the second of 1 x 1: K[o, i] = sum over m of B[o, m] A[m, i].
 */
import type { Conv2d } from '../operators/conv2d/attributes.ts';
import type { FloatArray } from '../operators/operator.ts';

export interface ChannelKernels {
  readonly outputs: number;
  readonly inputs: number;
  /** kh kw. */
  readonly taps: number;
  /** [outputs, inputs, taps]. */
  readonly values: Float64Array;
  /** [outputs, inputs]: 1 where there is a weight, or a path of them. */
  readonly connected: Uint8Array;
}

function emptyKernels(outputs: number, inputs: number, taps: number): ChannelKernels {
  const values = new Float64Array(outputs * inputs * taps);
  return { outputs, inputs, taps, values, connected: new Uint8Array(outputs * inputs) };
}

/** Of weights [N, C/groups, kh, kw]. */
export function channelKernels(
  { inChannels, outChannels, kernelSize, groups }: Conv2d,
  weight: FloatArray,
): ChannelKernels {
  const kernels = emptyKernels(outChannels, inChannels, kernelSize[0] * kernelSize[1]);
  const [reads, writes] = [inChannels / groups, outChannels / groups];
  const { taps } = kernels;
  for (let o = 0; o < outChannels; o++) {
    const first = Math.floor(o / writes) * reads;
    const at = o * inChannels + first;
    kernels.values.set(weight.subarray(o * reads * taps, (o + 1) * reads * taps), at * taps);
    kernels.connected.fill(1, at, at + reads);
  }
  return kernels;
}

/** `second` behind `first`; its input m is output sources[m] of the first (a shuffle), or m. Throws where `second` has more than one tap. */
export function composedKernels(
  first: ChannelKernels,
  second: ChannelKernels,
  sources: readonly number[] | null = null,
): ChannelKernels {
  if (second.taps !== 1) throw new Error(`a second kernel of ${second.taps} taps`);
  const { inputs, taps } = first;
  const kernels = emptyKernels(second.outputs, inputs, taps);
  for (let o = 0; o < second.outputs; o++)
    for (let m = 0; m < second.inputs; m++) {
      if (!second.connected[o * second.inputs + m]) continue;
      const weight = second.values[o * second.inputs + m]!;
      const from = sources?.[m] ?? m;
      for (let i = 0; i < inputs; i++) {
        if (!first.connected[from * inputs + i]) continue;
        kernels.connected[o * inputs + i] = 1;
        const [target, source] = [(o * inputs + i) * taps, (from * inputs + i) * taps];
        for (let tap = 0; tap < taps; tap++)
          kernels.values[target + tap] = kernels.values[target + tap]! + weight * first.values[source + tap]!;
      }
    }
  return kernels;
}

/** [outputs, inputs]: the root of the sum of w² of each kernel. */
export function sliceNorms({ outputs, inputs, taps, values }: ChannelKernels): Float64Array {
  return Float64Array.from({ length: outputs * inputs }, (_, i) =>
    Math.hypot(...values.subarray(i * taps, (i + 1) * taps)),
  );
}
