/** Where the pixels of the picture that a network reads lie on the photo: a part of it, made smaller. */
import type { PixelSet } from '../../graph/field/receptiveField.ts';
import type { NetworkState } from '../../store/network.ts';
import { type Crop, cropOf } from '../network/networkPicture.ts';
import type { Picture } from '../results.ts';

type Size = Pick<Picture, 'height' | 'width'>;

export interface PhotoPlace {
  /** The pixels of the photo that pixels of the picture stand for; those in the padding lie as far out on the photo. */
  onPhoto(pixels: PixelSet): PixelSet;
  /** The pixel of the picture that a pixel of the photo is part of; null outside of what the network reads. */
  onPicture(y: number, x: number): { readonly y: number; readonly x: number } | null;
}

export function photoPlace(photo: Size, picture: Size, crop: NetworkState['input']['crop']): PhotoPlace {
  const part = cropOf(photo, crop);
  const isSame = part.height === picture.height && part.width === picture.width;
  return {
    onPhoto: ({ rows, columns }) => ({
      rows: isSame ? rows.map((at) => at + part.y) : blocks(rows, picture.height, part.height, part.y),
      columns: isSame ? columns.map((at) => at + part.x) : blocks(columns, picture.width, part.width, part.x),
    }),
    onPicture: (y, x) => (isInside(part, y, x) ? pixelOf(part, picture, y, x) : null),
  };
}

const isInside = ({ y, x, height, width }: Crop, row: number, column: number) =>
  row >= y && row < y + height && column >= x && column < x + width;

function pixelOf(part: Crop, picture: Size, y: number, x: number) {
  const at = (index: number, from: number, to: number) => Math.min(to - 1, Math.floor(((index + 0.5) * to) / from));
  return { y: at(y - part.y, part.height, picture.height), x: at(x - part.x, part.width, picture.width) };
}

/** Each position stands for the `to / from` that it was averaged from, moved by `start`. */
function blocks(positions: readonly number[], from: number, to: number, start: number): readonly number[] {
  const all = new Set<number>();
  for (const at of positions) {
    const first = Math.floor((at * to) / from);
    const last = Math.max(first, Math.ceil(((at + 1) * to) / from) - 1);
    for (let i = first; i <= last; i++) all.add(start + i);
  }
  return [...all].sort((a, b) => a - b);
}
