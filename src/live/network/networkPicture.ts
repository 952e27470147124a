/** What a network reads of the photo: the whole or the square around its centre, as large as was chosen. */
import { sidesAt } from '../../math/sides.ts';
import { type NetworkState, networkSizes } from '../../store/network.ts';
import { smallPicture } from '../kinds/smallPicture.ts';
import type { Picture } from '../results.ts';

/** The part of a picture that a network reads, before it is made smaller. */
export interface Crop {
  readonly y: number;
  readonly x: number;
  readonly height: number;
  readonly width: number;
}

export function cropOf(
  { height, width }: Pick<Picture, 'height' | 'width'>,
  crop: NetworkState['input']['crop'],
): Crop {
  if (crop === 'whole') return { y: 0, x: 0, height, width };
  const side = Math.min(height, width);
  return { y: Math.floor((height - side) / 2), x: Math.floor((width - side) / 2), height: side, width: side };
}

/**
 * The longest side that a network can be given of a photo. `chosen`: the working size, where a person has set one; else the photo is
 * made as large as the network is told to read (`pictureKeeper.ts`).
 */
export function longestInput(
  photo: Pick<Picture, 'height' | 'width' | 'fullHeight' | 'fullWidth'>,
  crop: NetworkState['input']['crop'],
  chosen: number | null,
): number {
  const size = chosen === null ? { height: photo.fullHeight, width: photo.fullWidth } : photo;
  const part = cropOf(size, crop);
  return Math.min(networkSizes.max, Math.max(part.height, part.width));
}

/** The picture with `size` pixels on its longest side, averaged down; never larger than the photo that is there. */
export function networkPicture(picture: Picture, crop: NetworkState['input']['crop'], size: number): Picture {
  const part = cropped(picture, cropOf(picture, crop));
  const longest = Math.min(size, Math.max(part.height, part.width));
  return smallPicture(part, sidesAt(longest, [part.height, part.width]));
}

/** A part of a picture. */
export function cropped(picture: Picture, { y, x, height, width }: Crop): Picture {
  if (height === picture.height && width === picture.width) return picture;
  const values = new Float32Array(picture.channels * height * width);
  const rgba = new Uint8ClampedArray(4 * height * width);
  for (let row = 0; row < height; row++) {
    const from = (y + row) * picture.width + x;
    rgba.set(picture.rgba.subarray(4 * from, 4 * (from + width)), 4 * row * width);
    for (let c = 0; c < picture.channels; c++) {
      const plane = c * picture.height * picture.width;
      values.set(picture.values.subarray(plane + from, plane + from + width), (c * height + row) * width);
    }
  }
  return { ...picture, rgba, values, height, width };
}
