/**
 * The working picture: the photo at the size at which it is convolved, over its ground, with what was painted on it. All
 * arithmetic is in integers with one rounding at the end, so a state gives the same bytes on every engine.
 */
import type { Photo } from './photo.ts';
import { type Raster, resample } from './resample.ts';
import { workingDimensions } from './workingSize.ts';

/** RGBA bytes of a transparent layer painted over the working picture, at the size at which they were painted. */
export interface Painting {
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
}

export interface WorkingPicture extends Raster {
  readonly fullWidth: number;
  readonly fullHeight: number;
}

/** '#rrggbb' → bytes; anything else is white. */
export function parseGround(ground: string): readonly [r: number, g: number, b: number] {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(ground);
  return match ? [hex(match[1]), hex(match[2]), hex(match[3])] : [255, 255, 255];
}

const hex = (digits: string | undefined) => Number.parseInt(digits ?? 'ff', 16);

/** n / d to the nearest integer, halves up, for n >= 0. */
const divide = (n: number, d: number) => Math.floor(n / d + 0.5);

/** Brings a painting to the picture's size: averaged where it shrinks on both axes, each pixel repeated where it must grow. */
function fitPainting(painting: Painting, width: number, height: number): Painting {
  if (painting.width === width && painting.height === height) return painting;
  if (painting.width >= width && painting.height >= height) return resample(painting, width, height);
  const rgba = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) {
    const sourceY = Math.floor((y * painting.height) / height);
    for (let x = 0; x < width; x++) {
      const from = 4 * (sourceY * painting.width + Math.floor((x * painting.width) / width));
      rgba.set(painting.rgba.subarray(from, from + 4), 4 * (y * width + x));
    }
  }
  return { rgba, width, height };
}

/** Lays the painting over the picture (Porter-Duff "over" on straight alpha), in place. */
function paintOver(rgba: Uint8ClampedArray, painting: Uint8ClampedArray): void {
  for (let at = 0; at < rgba.length; at += 4) {
    const over = painting[at + 3]! * 255;
    const under = rgba[at + 3]! * (255 - painting[at + 3]!);
    if (over === 0) continue;
    for (let i = at; i < at + 3; i++) rgba[i] = divide(painting[i]! * over + rgba[i]! * under, over + under);
    rgba[at + 3] = divide(over + under, 255);
  }
}

/** Puts an opaque ground behind the picture, in place. */
function putOnGround(rgba: Uint8ClampedArray, ground: readonly [number, number, number]): void {
  for (let at = 0; at < rgba.length; at += 4) {
    const alpha = rgba[at + 3]!;
    if (alpha === 255) continue;
    for (let i = 0; i < 3; i++) rgba[at + i] = divide(rgba[at + i]! * alpha + ground[i]! * (255 - alpha), 255);
    rgba[at + 3] = 255;
  }
}

/**
 * Photo → RGBA bytes at the working size. The photo is shrunk, laid over `ground`, and painted on. With `keepAlpha` (when alpha is
 * itself an input channel) there is no ground: colours and alpha stay as they are.
 */
export function workingPicture(
  photo: Pick<Photo, 'rgba' | 'width' | 'height' | 'fullWidth' | 'fullHeight'>,
  workingSize: number,
  ground: string,
  painting: Painting | null,
  keepAlpha = false,
): WorkingPicture {
  const { width, height } = workingDimensions(photo.fullWidth, photo.fullHeight, workingSize);
  const { rgba } = resample(photo, width, height);
  if (!keepAlpha) putOnGround(rgba, parseGround(ground));
  if (painting) paintOver(rgba, fitPainting(painting, width, height).rgba);
  return { rgba, width, height, fullWidth: photo.fullWidth, fullHeight: photo.fullHeight };
}
