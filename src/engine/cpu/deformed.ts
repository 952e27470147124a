/**
 * A deformable convolution as a plain one: its samples, taken between pixels, are the channels of a map of the output's size, each
 * tap of each channel one, and a 1 x 1 convolution with the same weights adds them up. Samples are taken for some rows at a time.
 */
import type { ActivationName } from '../../operators/activation/attributes.ts';
import type { Conv2d } from '../../operators/conv2d/attributes.ts';
import type { DeformConv2d } from '../../operators/deformConv2d/attributes.ts';
import type { DeformInputs } from '../../operators/deformConv2d/samples.ts';
import type { HostTensor, ParameterValues, Shape } from '../../operators/operator.ts';
import { type Box, boxesOf, boxSize, type ConvSource, macsPerValue, taskFor } from './convTask.ts';
import { macsAtOnce, type Threads } from './threads.ts';

/** Samples that are held at a time. */
const samplesAtOnce = 1 << 20;

type Inputs = DeformInputs<HostTensor<Float32Array>>;

export interface Deformation {
  readonly conv: DeformConv2d;
  readonly parameters: ParameterValues;
  readonly inputs: Inputs;
  readonly activations: readonly ActivationName[];
  readonly out: Float32Array;
  readonly shape: Shape;
}

/** Computes a deformable convolution and the activations after it. */
export async function deformInto(work: Deformation, threads: Threads, isUnwanted: () => boolean): Promise<void> {
  const { conv, parameters, activations, out, shape } = work;
  const [images, channels, height, width] = shape;
  const taps = conv.inChannels * conv.kernelSize[0] * conv.kernelSize[1];
  const plain: Conv2d = {
    kind: 'conv2d',
    inChannels: taps,
    outChannels: conv.outChannels,
    kernelSize: [1, 1],
    stride: [1, 1],
    padding: 'valid',
    dilation: [1, 1],
    groups: conv.groups,
    bias: conv.bias,
    paddingMode: 'zeros',
  };
  const rowsAtOnce = Math.max(1, Math.min(height, Math.floor(samplesAtOnce / (taps * width))));
  const samples = new Float32Array(taps * rowsAtOnce * width);
  for (let n = 0; n < images; n += 1) {
    for (let y = 0; y < height; y += rowsAtOnce) {
      if (isUnwanted()) return;
      const rows = Math.min(rowsAtOnce, height - y);
      takeSamples(work, n, y, rows, samples);
      const source: ConvSource = {
        conv: plain,
        parameters,
        values: samples,
        shape: [1, taps, rows, width],
        size: [height, width],
      };
      const band: Box = { n: 0, c0: 0, c1: channels, y0: 0, y1: rows, x0: 0, x1: width };
      await threads.run(
        boxesOf(plain, band, macsAtOnce(threads, boxSize(band) * macsPerValue(plain))),
        (box, allocate) => taskFor(source, box, activations, allocate),
        (box, values) => {
          const length = (box.y1 - box.y0) * width;
          for (let c = box.c0; c < box.c1; c += 1) {
            const from = (c - box.c0) * length;
            out.set(values.subarray(from, from + length), ((n * channels + c) * height + y + box.y0) * width + box.x0);
          }
        },
        isUnwanted,
      );
    }
  }
}

/** Samples of rows y.. of the outputs of image n: [channel][tap][row][column]. Pixels outside the input are zero. */
function takeSamples(
  { conv, inputs, shape }: Deformation,
  n: number,
  y: number,
  rows: number,
  samples: Float32Array,
): void {
  const { x: input, offset, mask } = inputs;
  const [, channels, height, width] = input.shape;
  const [, , outHeight, outWidth] = shape;
  const [kh, kw] = conv.kernelSize;
  const taps = kh * kw;
  const perGroup = channels / conv.offsetGroups;
  const { values } = input;
  const plane = height * width;
  const map = outHeight * outWidth;
  for (let group = 0; group < conv.offsetGroups; group += 1) {
    const firstPlane = (n * channels + group * perGroup) * plane;
    for (let tap = 0; tap < taps; tap += 1) {
      const which = (n * conv.offsetGroups + group) * taps + tap;
      const firstRow = Math.floor(tap / kw) * conv.dilation[0] - conv.padding.top;
      const firstColumn = (tap % kw) * conv.dilation[1] - conv.padding.left;
      for (let u = y; u < y + rows; u += 1) {
        for (let v = 0; v < outWidth; v += 1) {
          const pixel = u * outWidth + v;
          const row = u * conv.stride[0] + firstRow + offset.values[2 * which * map + pixel]!;
          const column = v * conv.stride[1] + firstColumn + offset.values[(2 * which + 1) * map + pixel]!;
          const weight = mask ? mask.values[which * map + pixel]! : 1;
          const top = Math.floor(row);
          const left = Math.floor(column);
          const [below, right] = [row - top, column - left];
          // A corner outside weighs nothing, and the pixel read in its place is one inside.
          const hasTop = top >= 0 && top < height;
          const hasBottom = top >= -1 && top < height - 1;
          const hasLeft = left >= 0 && left < width;
          const hasRight = left >= -1 && left < width - 1;
          let to = (group * perGroup * taps + tap) * rows * outWidth + (u - y) * outWidth + v;
          const step = taps * rows * outWidth;
          if (!((hasTop || hasBottom) && (hasLeft || hasRight))) {
            for (let c = 0; c < perGroup; c += 1, to += step) samples[to] = 0;
            continue;
          }
          const w00 = hasTop && hasLeft ? weight * (1 - below) * (1 - right) : 0;
          const w01 = hasTop && hasRight ? weight * (1 - below) * right : 0;
          const w10 = hasBottom && hasLeft ? weight * below * (1 - right) : 0;
          const w11 = hasBottom && hasRight ? weight * below * right : 0;
          const p00 = firstPlane + (hasTop ? top : top + 1) * width + (hasLeft ? left : left + 1);
          const across = hasLeft && hasRight ? 1 : 0;
          const down = hasTop && hasBottom ? width : 0;
          for (let c = 0, p = p00; c < perGroup; c += 1, p += plane, to += step) {
            samples[to] =
              w00 * values[p]! + w01 * values[p + across]! + w10 * values[p + down]! + w11 * values[p + down + across]!;
          }
        }
      }
    }
  }
}
