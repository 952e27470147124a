/**
 * Sizes of maps on the screen: linear (a pixel of any map is as wide as any other's, a channel as deep), or by the logarithm of the
 * longest side and of the number of channels, so that maps of 7 × 7 beside a photo of 224 are still seen. Maps keep their shape.
 */
import type { Shape } from '../../../operators/operator.ts';

export type ScaleKind = 'linear' | 'log';

export interface StripScale {
  readonly kind: ScaleKind;
  /** Pixels of the screen for a map [1, C, H, W]. */
  readonly map: (shape: Shape) => { readonly width: number; readonly height: number };
  /** How deep so many channels are. */
  readonly depth: (channels: number) => number;
}

/** The picture fits into this room. */
export interface Room {
  readonly width: number;
  readonly height: number;
}

const deepest = 34;
const perChannel = 0.5;
/** Nothing that is there is thinner than this. */
const thinnest = 2;

/** `picture` has the size that fills the room; the most channels are as deep as there is room. */
export function stripScale(kind: ScaleKind, picture: Shape, shapes: readonly Shape[], room: Room): StripScale {
  const [, , height, width] = picture;
  const perPixel = Math.min(room.width / width, room.height / height);
  const most = Math.max(1, ...shapes.map(([, channels]) => channels));
  const longest = Math.max(height, width);
  const share = (side: number) => (kind === 'linear' ? side / longest : Math.log2(1 + side) / Math.log2(1 + longest));
  return {
    kind,
    map([, , h, w]) {
      const side = Math.max(h, w);
      const k = (share(side) * longest * perPixel) / side;
      return { width: Math.max(thinnest, w * k), height: Math.max(thinnest, h * k) };
    },
    depth(channels) {
      if (kind === 'linear') return channels * Math.min(perChannel, deepest / most);
      return (deepest * Math.log2(1 + channels)) / Math.log2(1 + most);
    },
  };
}

/** Linear as long as the smallest map with rows and columns is seen. */
export function fittingScale(picture: Shape, shapes: readonly Shape[], room: Room): ScaleKind {
  const { map } = stripScale('linear', picture, shapes, room);
  const seen = shapes.filter(([, , h, w]) => h * w > 1).map((shape) => Math.max(...Object.values(map(shape))));
  return Math.min(...seen, Number.POSITIVE_INFINITY) >= 24 ? 'linear' : 'log';
}
