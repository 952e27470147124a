/**
 * The gradient at a convolution's weight as plain convolutions: what the layer's output is to its kernel, its kernel's gradient is to its
 * output's. Each input channel, the batch as its channels, is convolved with the gradients at the outputs as kernels, one filter for each
 * output channel; stride and dilation change places, and as many outputs as the kernel has taps are computed. So the kernels of
 * the forward pass do it, on all threads.
 */
import type { Conv2d } from '../../operators/conv2d/attributes.ts';
import type { HostTensor, ParameterValues, Shape } from '../../operators/operator.ts';
import type { WeightGradient } from '../../operators/weightGradient/attributes.ts';
import { type Box, boxesOf, type ConvSource, macsPerValue, taskFor } from './convTask.ts';
import { placeBox } from './maps.ts';
import { macsAtOnce, type Threads } from './threads.ts';

export interface Differentiation {
  readonly operator: WeightGradient;
  /** [N, Cin, H, W] and [N, Cout, OH, OW]. */
  readonly x: HostTensor<Float32Array>;
  readonly gy: HostTensor<Float32Array>;
  /** [Cout, Cin/g, kh, kw]. */
  readonly out: Float32Array;
}

/** [N, C, H, W] → [C, N, H, W]. */
function channelsFirst({ values, shape: [images, channels, height, width] }: HostTensor<Float32Array>): Float32Array {
  const plane = height * width;
  const turned = new Float32Array(values.length);
  for (let n = 0; n < images; n += 1) {
    for (let c = 0; c < channels; c += 1) {
      const from = (n * channels + c) * plane;
      turned.set(values.subarray(from, from + plane), (c * images + n) * plane);
    }
  }
  return turned;
}

/** One input channel: the filters of its group are convolved with it, and their results stand in the rows `first`, `first + slices` ... */
interface Job {
  readonly source: ConvSource;
  readonly box: Box;
  readonly group: number;
  readonly channel: number;
}

export async function differentiateInto(
  { operator, x, gy, out }: Differentiation,
  threads: Threads,
  isUnwanted: () => boolean,
): Promise<void> {
  const { inChannels, outChannels, groups, kernelSize, stride, dilation, padding } = operator;
  const [images, , height, width] = x.shape;
  const [, , rows, columns] = gy.shape;
  const [slices, filters] = [inChannels / groups, outChannels / groups];
  const conv: Conv2d = {
    kind: 'conv2d',
    inChannels: images,
    outChannels: filters,
    kernelSize: [rows, columns],
    stride: dilation,
    dilation: stride,
    padding: { top: padding[0], bottom: 0, left: padding[1], right: 0 },
    groups: 1,
    bias: false,
    paddingMode: 'zeros',
  };
  const maps = channelsFirst(x);
  const gradients = channelsFirst(gy);
  const shape: Shape = [inChannels, images, height, width];
  const perFilter = images * rows * columns;
  const taps = kernelSize[0] * kernelSize[1];
  const macs = outChannels * slices * taps * macsPerValue(conv);
  function* jobs(): Generator<Job> {
    for (let group = 0; group < groups; group += 1) {
      const first = group * filters;
      const weight = gradients.slice(first * perFilter, (first + filters) * perFilter);
      const parameters: ParameterValues = { weight, bias: null };
      const source: ConvSource = { conv, parameters, values: maps, shape, size: kernelSize };
      for (let channel = group * slices; channel < (group + 1) * slices; channel += 1) {
        const box: Box = { n: channel, c0: 0, c1: filters, y0: 0, y1: kernelSize[0], x0: 0, x1: kernelSize[1] };
        for (const part of boxesOf(conv, box, macsAtOnce(threads, macs))) yield { source, box: part, group, channel };
      }
    }
  }
  const result = new Float32Array(filters * taps);
  const whole: Box = { n: 0, c0: 0, c1: filters, y0: 0, y1: kernelSize[0], x0: 0, x1: kernelSize[1] };
  await threads.run(
    jobs(),
    ({ source, box }, allocate) => taskFor(source, box, [], allocate),
    ({ box, group, channel }, values) => {
      placeBox(values, box, result, whole);
      for (let o = box.c0; o < box.c1; o += 1) {
        const row = ((group * filters + o) * slices + (channel - group * slices)) * taps;
        for (let y = box.y0; y < box.y1; y += 1) {
          const [from, to] = [o * taps + y * kernelSize[1] + box.x0, row + y * kernelSize[1] + box.x0];
          out.set(result.subarray(from, from + box.x1 - box.x0), to);
        }
      }
    },
    isUnwanted,
  );
}
