/** Where a locally connected layer's windows stand, and how its weights count them. */
import type { Axis, Shape } from '../operator.ts';
import { firstTap, outputSize, type Window } from '../window.ts';
import type { LocallyConnected2d } from './attributes.ts';

export function windowOf(layer: LocallyConnected2d, axis: Axis): Window {
  const i = axis === 'h' ? 0 : 1;
  const { top, bottom, left, right } = layer.padding;
  return {
    input: layer.inputSize[i],
    kernel: layer.kernelSize[i],
    stride: layer.stride[i],
    dilation: layer.dilation[i],
    before: axis === 'h' ? top : left,
    after: axis === 'h' ? bottom : right,
  };
}

export function outputShapeOf(layer: LocallyConnected2d, images: number): Shape {
  return [images, layer.outChannels, outputSize(windowOf(layer, 'h')), outputSize(windowOf(layer, 'w'))];
}

/** Weights of one filter at one position: Cin kh kw. */
export function weightsPerKernel({ inChannels, kernelSize }: LocallyConnected2d): number {
  return inChannels * kernelSize[0] * kernelSize[1];
}

/**
 * Where output position (u, v) reads each of its weights' pixels, within one image: element channel*H*W + y*W + x for weight
 * (channel, a, b) in that order; -1 where the tap lies outside.
 */
export function patchOf(layer: LocallyConnected2d, u: number, v: number): Int32Array {
  const [height, width] = layer.inputSize;
  const [kh, kw] = layer.kernelSize;
  const y0 = firstTap(windowOf(layer, 'h'), u);
  const x0 = firstTap(windowOf(layer, 'w'), v);
  return Int32Array.from({ length: weightsPerKernel(layer) }, (_, i) => {
    const y = y0 + (Math.floor(i / kw) % kh) * layer.dilation[0];
    const x = x0 + (i % kw) * layer.dilation[1];
    const isInside = y >= 0 && y < height && x >= 0 && x < width;
    return isInside ? (Math.floor(i / (kh * kw)) * height + y) * width + x : -1;
  });
}
