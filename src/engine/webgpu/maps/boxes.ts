/** Boxes of feature maps: which box of its input a convolution's box of output reads. */
import type { Conv2d } from '../../../operators/conv2d/attributes.ts';
import { resolvePadding, sourceIndex } from '../../../operators/conv2d/index.ts';
import type { Shape } from '../../../operators/operator.ts';
import { readInterval } from '../../../operators/window.ts';

export interface Box {
  readonly channel: number;
  readonly channels: number;
  readonly y: number;
  readonly x: number;
  readonly height: number;
  readonly width: number;
}

export function wholeBox([, channels, height, width]: Shape): Box {
  return { channel: 0, channels, y: 0, x: 0, height, width };
}

/** Rows and columns of the input that `box` of the output reads, all channels; padding lies outside the input. */
export function inputBox(conv: Conv2d, box: Box): Box {
  const padding = resolvePadding(conv);
  const along = (axis: 0 | 1, before: number, from: number, count: number) =>
    readInterval(
      { kernel: conv.kernelSize[axis], stride: conv.stride[axis], dilation: conv.dilation[axis], before },
      { lo: from, hi: from + count - 1 },
    );
  const rows = along(0, padding.top, box.y, box.height);
  const columns = along(1, padding.left, box.x, box.width);
  return {
    channel: 0,
    channels: conv.inChannels,
    y: rows.lo,
    x: columns.lo,
    height: rows.hi - rows.lo + 1,
    width: columns.hi - columns.lo + 1,
  };
}

/** The part of `box` inside a tensor of [height, width]; at least one pixel, so that there is always something to bind. */
export function clipped(box: Box, height: number, width: number): Box {
  const y = Math.min(Math.max(0, box.y), height - 1);
  const x = Math.min(Math.max(0, box.x), width - 1);
  const bottom = Math.max(y + 1, Math.min(height, box.y + box.height));
  const right = Math.max(x + 1, Math.min(width, box.x + box.width));
  return { ...box, y, x, height: bottom - y, width: right - x };
}

export function contains(outer: Box, inner: Box): boolean {
  return (
    inner.y >= outer.y &&
    inner.x >= outer.x &&
    inner.y + inner.height <= outer.y + outer.height &&
    inner.x + inner.width <= outer.x + outer.width
  );
}

/** The smallest box inside the tensor that holds every value which `box`, with its border, copies. */
export function mappedBox(box: Box, height: number, width: number, mode: Conv2d['paddingMode']): Box {
  const hull = (from: number, count: number, size: number) => {
    let lo = size - 1;
    let hi = 0;
    for (let at = from; at < from + count; at++) {
      const source = sourceIndex(at, size, mode);
      if (source === null) continue;
      lo = Math.min(lo, source);
      hi = Math.max(hi, source);
    }
    return lo <= hi ? { lo, hi } : { lo: 0, hi: 0 };
  };
  const rows = hull(box.y, box.height, height);
  const columns = hull(box.x, box.width, width);
  return { ...box, y: rows.lo, x: columns.lo, height: rows.hi - rows.lo + 1, width: columns.hi - columns.lo + 1 };
}
