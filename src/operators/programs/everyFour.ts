/** What passes have in common that go once over every four channels of every pixel, NC4HW4 in and out: their numbers and their grid. */
import type { Shape } from '../operator.ts';
import { floatsOf, stridesOf } from './layout.ts';
import { wholeArray } from './passes.ts';
import { type DeviceTraits, gridOf } from './program.ts';

/** The uniforms that such a program begins with. `total`, `base` and `image` count vec4. */
export const everyFourUniforms = {
  total: 'u32',
  perRow: 'u32',
  base: 'u32',
  image: 'u32',
  pixels: 'u32',
} as const;

export interface EveryFour {
  readonly array: ReturnType<typeof wholeArray>;
  readonly values: Readonly<Record<keyof typeof everyFourUniforms, number>>;
  readonly workgroups: readonly [number, number, number];
  /** Blocks of four channels in all images. */
  readonly blocks: number;
}

/** Over an array of `shape` [N, C, H, W]. */
export function everyFour(shape: Shape, traits: Pick<DeviceTraits, 'maxWorkgroupsPerDimension'>): EveryFour {
  const array = wholeArray(shape, 'blocked');
  const { base, image } = stridesOf(array);
  const total = floatsOf({ ...array, images: 1 }) / 4;
  const { x, y, perRow } = gridOf(total, traits);
  return {
    array,
    values: { total, perRow, base: base / 4, image: image / 4, pixels: array.height * array.width },
    workgroups: [x, y, array.images],
    blocks: total * array.images,
  };
}
