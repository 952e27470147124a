/** Plans `gather`: a box of a tensor copied into an array of its own, padded and repacked on the way. */
import wgsl from '../../../shaders/gather/gather.wgsl?raw';
import { expand } from './expand.ts';
import { type ArrayShape, floatsOf, stridesOf } from './layout.ts';
import { type DeviceTraits, type Dispatch, gridOf, type Program } from './program.ts';
import { snippets } from './snippets.ts';
import { gatherUniforms } from './uniforms.ts';

export const gatherProgram: Program = {
  key: 'gather',
  label: 'gather',
  wgsl: expand(wgsl, {}, snippets),
  entryPoint: 'main',
  bindings: ['dynamic', 'read', 'write'],
};

/** torch.nn's padding modes, numbered as the shader numbers them. */
export const borderModes = ['zeros', 'reflect', 'replicate', 'circular'] as const;
export type BorderMode = (typeof borderModes)[number];

export interface GatherSource {
  readonly array: ArrayShape;
  /** The array's first channel, row and column in the whole tensor. */
  readonly channel: number;
  readonly y: number;
  readonly x: number;
  /** Floats between the start of the binding and the buffer's start. */
  readonly skipped?: number;
}

export interface GatherTarget {
  readonly array: ArrayShape;
  /** Where the array stands in the whole tensor; may lie outside it. */
  readonly channel: number;
  readonly y: number;
  readonly x: number;
}

/**
 * One dispatch per source array: it fills the target's channels that this source holds. `size` is the whole tensor's
 * [height, width], over which the border is taken. The last source also fills the target's padding channels with zeros.
 */
export function dispatchGather(
  source: GatherSource,
  target: GatherTarget,
  size: readonly [h: number, w: number],
  mode: BorderMode,
  traits: Pick<DeviceTraits, 'maxWorkgroupsPerDimension'>,
): Dispatch {
  const from = stridesOf(source.array);
  const to = stridesOf(target.array);
  const total = floatsOf({ ...target.array, images: 1 });
  const grid = gridOf(total, traits);
  const first = Math.max(0, source.channel - target.channel);
  const last = source.channel + source.array.channels - target.channel;
  return {
    uniforms: gatherUniforms.write({
      total,
      perRow: grid.perRow,
      isBlocked: Number(target.array.layout === 'blocked'),
      width: target.array.width,
      height: target.array.height,
      channels: target.array.channels,
      channelFrom: first,
      channelTo: last >= target.array.channels ? target.array.channels + 3 : last,
      base: to.base,
      image: to.image,
      sourceBase: from.base - (source.skipped ?? 0),
      sourceImage: from.image,
      sourceBlock: from.block,
      sourceLane: from.lane,
      sourceRow: from.row,
      sourceColumn: from.column,
      channelOffset: target.channel - source.channel,
      y0: target.y,
      x0: target.x,
      mode: borderModes.indexOf(mode),
      fullHeight: size[0],
      fullWidth: size[1],
      originY: source.y,
      originX: source.x,
      sourceHeight: source.array.height,
      sourceWidth: source.array.width,
    }),
    workgroups: [grid.x, grid.y, target.array.images],
  };
}
