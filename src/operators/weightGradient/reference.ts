/** The gradient at a convolution's weight, tap by tap: the sum of gy times what the tap has read. */
import type { FloatArray, HostTensor } from '../operator.ts';
import type { WeightGradient } from './attributes.ts';

/** The outputs whose tap, `offset` pixels from the window's start, stands on one of `size` pixels: from the first to one past the last. */
function outputsInside(offset: number, stride: number, size: number, outputs: number): readonly [number, number] {
  const first = Math.max(0, Math.ceil(-offset / stride));
  return [first, Math.max(first, Math.min(outputs, Math.floor((size - 1 - offset) / stride) + 1))];
}

/** Adds the products to `target` [Cout, Cin/g, kh, kw]. */
export function addProducts<A extends FloatArray>(
  operator: WeightGradient,
  x: HostTensor,
  gy: HostTensor,
  target: A,
): A {
  const { inChannels, outChannels, groups, stride, dilation, padding } = operator;
  const [kh, kw] = operator.kernelSize;
  const [images, , height, width] = x.shape;
  const [, , rows, columns] = gy.shape;
  const [slices, filters] = [inChannels / groups, outChannels / groups];
  let at = 0;
  for (let o = 0; o < outChannels; o++)
    for (let c = 0; c < slices; c++)
      for (let a = 0; a < kh; a++)
        for (let b = 0; b < kw; b++) {
          const [top, left] = [a * dilation[0] - padding[0], b * dilation[1] - padding[1]];
          const [firstRow, rowEnd] = outputsInside(top, stride[0], height, rows);
          const [first, end] = outputsInside(left, stride[1], width, columns);
          let sum = 0;
          for (let n = 0; n < images; n++) {
            const channel = n * inChannels + Math.floor(o / filters) * slices + c;
            for (let u = firstRow; u < rowEnd; u++) {
              const from = (channel * height + u * stride[0] + top) * width + left;
              const gradients = ((n * outChannels + o) * rows + u) * columns;
              sum += lineProduct(gy.values, gradients, x.values, from, stride[1], first, end);
            }
          }
          target[at] = target[at]! + sum;
          at++;
        }
  return target;
}

/** The sum over v in first..end-1 of g[gradients + v] x[from + v stride]. */
function lineProduct(
  g: FloatArray,
  gradients: number,
  x: FloatArray,
  from: number,
  stride: number,
  first: number,
  end: number,
): number {
  let sum = 0;
  for (let v = first; v < end; v++) sum += g[gradients + v]! * x[from + v * stride]!;
  return sum;
}
