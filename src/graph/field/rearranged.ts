/**
 * What a block of the output of an operator that moves values between channels and pixels reads of its input, exactly: permute,
 * depth_to_space, space_to_depth, reshape.
 */
import type { DepthToSpace } from '../../operators/depthToSpace/attributes.ts';
import type { Shape } from '../../operators/operator.ts';
import type { Permute } from '../../operators/permute/attributes.ts';
import type { SpaceToDepth } from '../../operators/spaceToDepth/attributes.ts';
import { elementsOf, rangeTo } from '../../operators/tensors.ts';
import { between, countOf, filtered, imageOf, membersOf, type Positions, packed } from './positions.ts';
import { type Block, type Region, withBlock } from './region.ts';

export function permutedBlock({ dims }: Permute, { channels, rows, columns }: Block, input: Shape): Block {
  const read = [between(0, input[0] - 1), between(0, input[1] - 1), between(0, input[2] - 1), between(0, input[3] - 1)];
  const output: readonly (Positions | null)[] = [null, channels, rows, columns];
  // A block is of all images: an axis that the images have moved to is read whole.
  for (const [axis, from] of dims.entries()) read[from] = output[axis] ?? read[from]!;
  return { channels: read[1]!, rows: read[2]!, columns: read[3]! };
}

/** The phases (i, j) of a block of pixels. */
const phases = (block: number) => rangeTo(block).flatMap((i) => rangeTo(block).map((j) => [i, j] as const));

/** Which of the channels of the deep tensor holds phase (i, j) of channel `c` of the wide one, which has `channels`. */
function deepChannel(
  { block, mode }: DepthToSpace | SpaceToDepth,
  channels: number,
  c: number,
  [i, j]: readonly [number, number],
): number {
  const phase = i * block + j;
  return mode === 'CRD' ? c * block ** 2 + phase : phase * channels + c;
}

export function deepBlocks(
  operator: DepthToSpace,
  { channels, rows, columns }: Block,
  [, deep, height, width]: Shape,
): Region {
  const { block } = operator;
  const wide = deep / block ** 2;
  return collected(
    phases(block).map((phase) => ({
      channels: imageOf(channels, deep, (c) => [deepChannel(operator, wide, c, phase)]),
      rows: imageOf(rows, height, (y) => (y % block === phase[0] ? [(y - phase[0]) / block] : [])),
      columns: imageOf(columns, width, (x) => (x % block === phase[1] ? [(x - phase[1]) / block] : [])),
    })),
  );
}

export function wideBlocks(
  operator: SpaceToDepth,
  { channels, rows, columns }: Block,
  [, wide, height, width]: Shape,
): Region {
  const { block } = operator;
  return collected(
    phases(block).map((phase) => ({
      channels: filtered(between(0, wide - 1), (c) => {
        const deep = deepChannel(operator, wide, c, phase);
        return countOf(channels, { lo: deep, hi: deep }) === 1;
      }),
      rows: imageOf(rows, height, (y) => [y * block + phase[0]]),
      columns: imageOf(columns, width, (x) => [x * block + phase[1]]),
    })),
  );
}

/** Row-major order stays: the elements of the block, laid out in the input's shape. */
export function reshapedBlocks({ channels, rows, columns }: Block, output: Shape, input: Shape): Region {
  const [, outputChannels, outputHeight, outputWidth] = output;
  const [, inputChannels, height, width] = input;
  const isAll = countOf(channels) * countOf(rows) * countOf(columns) === outputChannels * outputHeight * outputWidth;
  if (isAll)
    return [{ channels: between(0, inputChannels - 1), rows: between(0, height - 1), columns: between(0, width - 1) }];
  // Elements are counted within one image, so reshaping must keep images apart.
  const marks = new Uint8Array(elementsOf([1, inputChannels, height, width]));
  for (const c of membersOf(channels))
    for (const y of membersOf(rows))
      for (const x of membersOf(columns)) marks[((c * outputHeight + y) * outputWidth + x) % marks.length] = 1;
  const blocks = rangeTo(inputChannels * height).map((line) => ({
    channels: between(Math.floor(line / height), Math.floor(line / height)),
    rows: between(line % height, line % height),
    columns: packed(marks.subarray(line * width, (line + 1) * width), 0),
  }));
  return collected(blocks);
}

type Nullable<T> = { readonly [K in keyof T]: T[K] | null };

function collected(blocks: readonly Nullable<Block>[]): Region {
  let region: Region = [];
  for (const { channels, rows, columns } of blocks)
    if (channels && rows && columns) region = withBlock(region, { channels, rows, columns });
  return region;
}
