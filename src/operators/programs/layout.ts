/**
 * How feature maps lie in a buffer. `planar`: one map after another (NCHW), as images come. `blocked`: NC4HW4, four channels
 * side by side in one vec4, as `dense` reads and every convolution writes. In both the buffer begins with 16 bytes that are zero
 * for ever (what padding reads); the data follow.
 */
export type Layout = 'planar' | 'blocked';

/** Floats of zeros at the start of every activation buffer. */
export const headFloats = 4;

/** A contiguous array of maps in one buffer; sizes in pixels, channels as the network counts them. */
export interface ArrayShape {
  readonly layout: Layout;
  readonly images: number;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

/** In floats. Element (n, c, y, x) stands at base + n*image + (c/4)*block + (c%4)*lane + y*row + x*column. */
export interface Strides {
  readonly base: number;
  readonly image: number;
  readonly block: number;
  readonly lane: number;
  readonly row: number;
  readonly column: number;
}

/** Channels that the array has room for: blocked arrays hold whole blocks of four. */
export function storedChannels(array: ArrayShape): number {
  return array.layout === 'blocked' ? Math.ceil(array.channels / 4) * 4 : array.channels;
}

export function stridesOf(array: ArrayShape): Strides {
  const plane = array.height * array.width;
  const image = storedChannels(array) * plane;
  return array.layout === 'blocked'
    ? { base: headFloats, image, block: 4 * plane, lane: 1, row: 4 * array.width, column: 4 }
    : { base: headFloats, image, block: 4 * plane, lane: plane, row: array.width, column: 1 };
}

/** Floats of the data, without the head. */
export function floatsOf(array: ArrayShape): number {
  return array.images * storedChannels(array) * array.height * array.width;
}

export function bytesOf(array: ArrayShape): number {
  // Rounded up to whole vec4, as programs that read vec4 see the buffer.
  return 4 * (headFloats + Math.ceil(floatsOf(array) / 4) * 4);
}
