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
import { placeBox } from './maps.ts';
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
    const image = out.subarray(n * channels * height * width, (n + 1) * channels * height * width);
    const whole: Box = { n, c0: 0, c1: channels, y0: 0, y1: height, x0: 0, x1: width };
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
        (box, values) => placeBox(values, { ...box, y0: y + box.y0, y1: y + box.y1 }, image, whole),
        isUnwanted,
      );
    }
  }
}

/** How the four pixels around each place of a row of outputs are weighed: the first of them, the way to the others, four weights. */
interface Places {
  readonly pixel: Int32Array;
  readonly across: Int32Array;
  readonly down: Int32Array;
  readonly weights: readonly [Float32Array, Float32Array, Float32Array, Float32Array];
  /** Places of which a pixel lies outside, and in bits which of the four lie inside. */
  readonly edges: (readonly [place: number, inside: number])[];
}

/** Samples of rows y.. of the outputs of image n: [channel][tap][row][column]. */
function takeSamples(work: Deformation, n: number, y: number, rows: number, samples: Float32Array): void {
  const { conv, inputs, shape } = work;
  const { values, shape: inputShape } = inputs.x;
  const [, channels, height, width] = inputShape;
  const taps = conv.kernelSize[0] * conv.kernelSize[1];
  const perGroup = channels / conv.offsetGroups;
  const length = rows * shape[3];
  const weights = [1, 2, 3, 4].map(() => new Float32Array(length));
  const places: Places = {
    pixel: new Int32Array(length),
    across: new Int32Array(length),
    down: new Int32Array(length),
    weights: [weights[0]!, weights[1]!, weights[2]!, weights[3]!],
    edges: [],
  };
  const { pixel, across, down, edges } = places;
  const [w00, w01, w10, w11] = places.weights;
  for (let group = 0; group < conv.offsetGroups; group += 1) {
    for (let tap = 0; tap < taps; tap += 1) {
      findPlaces(work, { n, group, tap, y, rows }, places);
      for (let c = group * perGroup; c < (group + 1) * perGroup; c += 1) {
        const plane = (n * channels + c) * height * width;
        const to = (c * taps + tap) * length;
        for (let i = 0; i < length; i += 1) {
          const p = plane + pixel[i]!;
          const q = p + down[i]!;
          const right = across[i]!;
          samples[to + i] =
            w00[i]! * values[p]! + w01[i]! * values[p + right]! + w10[i]! * values[q]! + w11[i]! * values[q + right]!;
        }
        // Nothing times infinity is no number: what lies outside must not be read there.
        for (const [i, inside] of edges) {
          if (Number.isFinite(samples[to + i]!)) continue;
          const p = plane + pixel[i]!;
          const q = p + down[i]!;
          const right = across[i]!;
          let sum = 0;
          if (inside & 1) sum += w00[i]! * values[p]!;
          if (inside & 2) sum += w01[i]! * values[p + right]!;
          if (inside & 4) sum += w10[i]! * values[q]!;
          if (inside & 8) sum += w11[i]! * values[q + right]!;
          samples[to + i] = sum;
        }
      }
    }
  }
}

interface Row {
  readonly n: number;
  readonly group: number;
  readonly tap: number;
  readonly y: number;
  readonly rows: number;
}

/** A pixel outside the input weighs nothing, and one inside is read in its place: finite values need no question in the loop over them. */
function findPlaces({ conv, inputs, shape }: Deformation, { n, group, tap, y, rows }: Row, places: Places): void {
  const { offset, mask } = inputs;
  const [, , height, width] = inputs.x.shape;
  const [, , outHeight, outWidth] = shape;
  const [kh, kw] = conv.kernelSize;
  const map = outHeight * outWidth;
  const which = (n * conv.offsetGroups + group) * kh * kw + tap;
  const firstRow = Math.floor(tap / kw) * conv.dilation[0] - conv.padding.top;
  const firstColumn = (tap % kw) * conv.dilation[1] - conv.padding.left;
  const [w00, w01, w10, w11] = places.weights;
  places.edges.length = 0;
  for (let i = 0; i < rows * outWidth; i += 1) {
    const [u, v] = [y + Math.floor(i / outWidth), i % outWidth];
    const at = u * outWidth + v;
    const row = u * conv.stride[0] + firstRow + offset.values[2 * which * map + at]!;
    const column = v * conv.stride[1] + firstColumn + offset.values[(2 * which + 1) * map + at]!;
    const weight = mask ? mask.values[which * map + at]! : 1;
    const [top, left] = [Math.floor(row), Math.floor(column)];
    const [below, right] = [row - top, column - left];
    const hasTop = top >= 0 && top < height;
    const hasBottom = top >= -1 && top < height - 1;
    const hasLeft = left >= 0 && left < width;
    const hasRight = left >= -1 && left < width - 1;
    const isInside = (hasTop || hasBottom) && (hasLeft || hasRight);
    places.pixel[i] = isInside ? (hasTop ? top : top + 1) * width + (hasLeft ? left : left + 1) : 0;
    places.across[i] = hasLeft && hasRight ? 1 : 0;
    places.down[i] = hasTop && hasBottom ? width : 0;
    w00[i] = hasTop && hasLeft ? weight * (1 - below) * (1 - right) : 0;
    w01[i] = hasTop && hasRight ? weight * (1 - below) * right : 0;
    w10[i] = hasBottom && hasLeft ? weight * below * (1 - right) : 0;
    w11[i] = hasBottom && hasRight ? weight * below * right : 0;
    const [columns, above, under] = [Number(hasLeft) + 2 * Number(hasRight), Number(hasTop), Number(hasBottom)];
    const inside = columns * above + 4 * columns * under;
    if (inside !== 15) places.edges.push([i, inside]);
  }
}
