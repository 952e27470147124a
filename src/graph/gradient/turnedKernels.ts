/**
 * The kernels of a locally connected layer sorted by the pixel that they read: weight [OH·OW, Cout, (Cin, kh, kw)] becomes
 * [H·W, Cin, (Cout, kh, kw)], whose tap (kh - 1 - a, kw - 1 - b) at pixel (y, x) is tap (a, b) of the output that reads the pixel by it; 0
 * where there is none.
 */
import type { LocallyConnected2d } from '../../operators/locallyConnected2d/attributes.ts';
import { outputShapeOf } from '../../operators/locallyConnected2d/positions.ts';

export function turnedKernels(layer: LocallyConnected2d, weight: Float32Array): Float32Array {
  const { inChannels, outChannels, inputSize, kernelSize, stride, dilation, padding } = layer;
  const [height, width] = inputSize;
  const [kh, kw] = kernelSize;
  const [, , rows, columns] = outputShapeOf(layer, 1);
  const taps = kh * kw;
  const turned = new Float32Array(height * width * inChannels * outChannels * taps);
  const copyTap = (pixel: number, position: number, tap: number) => {
    for (let c = 0; c < inChannels; c++) {
      for (let o = 0; o < outChannels; o++) {
        const to = ((pixel * inChannels + c) * outChannels + o) * taps + (taps - 1 - tap);
        turned[to] = weight[((position * outChannels + o) * inChannels + c) * taps + tap]!;
      }
    }
  };
  for (let u = 0; u < rows; u++) {
    for (let v = 0; v < columns; v++) {
      for (let tap = 0; tap < taps; tap++) {
        const y = u * stride[0] - padding.top + Math.floor(tap / kw) * dilation[0];
        const x = v * stride[1] - padding.left + (tap % kw) * dilation[1];
        if (y >= 0 && y < height && x >= 0 && x < width) copyTap(y * width + x, u * columns + v, tap);
      }
    }
  }
  return turned;
}
