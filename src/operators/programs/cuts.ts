/** Cutting one grid of workgroups into several, so that no dispatch keeps the device too long. */
import type { DeviceTraits } from './program.ts';

export type Range = readonly [from: number, to: number];

/** Workgroups along x and y, numbered through, and blocks (of filters, of images) along z. */
export interface GridPart {
  readonly groups: Range;
  readonly blocks: Range;
}

/** A grid in at least `parts` parts, or as many as it has workgroups: first along the blocks, then along the groups. */
export function cutGrid(groups: number, blocks: number, parts: number): readonly GridPart[] {
  const alongBlocks = rangesOf(blocks, Math.min(blocks, parts));
  const alongGroups = rangesOf(groups, Math.min(groups, Math.ceil(parts / alongBlocks.length)));
  return alongBlocks.flatMap((some) => alongGroups.map((part) => ({ groups: part, blocks: some })));
}

function rangesOf(count: number, parts: number): readonly Range[] {
  const bound = (part: number) => Math.floor((part * count) / parts);
  return Array.from({ length: parts }, (_, part) => [bound(part), bound(part + 1)] as const);
}

/** The workgroups of a part: groups beyond what one dimension holds go on in the next row of `perRow`. */
export function workgroupsOf(
  { groups, blocks }: GridPart,
  { maxWorkgroupsPerDimension }: Pick<DeviceTraits, 'maxWorkgroupsPerDimension'>,
): { readonly workgroups: readonly [x: number, y: number, z: number]; readonly perRow: number } {
  const count = groups[1] - groups[0];
  const y = Math.ceil(count / maxWorkgroupsPerDimension);
  const perRow = Math.ceil(count / y);
  return { workgroups: [perRow, y, blocks[1] - blocks[0]], perRow };
}

/** The uniforms of a part of a pass whose z are the bound blocks of filters of all images. */
export interface BlocksPart {
  readonly firstGroup: number;
  readonly groupEnd: number;
  readonly perRow: number;
  readonly firstSlot: number;
  readonly firstBound: number;
  readonly boundBlocks: number;
}

/** Such a pass in at least `parts` parts, over the blocks of filters whose weights are bound. */
export function cutBlocks(
  groups: number,
  images: number,
  parts: number,
  bound: Range,
  traits: Pick<DeviceTraits, 'maxWorkgroupsPerDimension'>,
): readonly { readonly place: BlocksPart; readonly workgroups: readonly [x: number, y: number, z: number] }[] {
  const boundBlocks = bound[1] - bound[0];
  return cutGrid(groups, boundBlocks * images, parts).map((part) => {
    const { workgroups, perRow } = workgroupsOf(part, traits);
    const [firstGroup, groupEnd] = part.groups;
    return {
      place: { firstGroup, groupEnd, perRow, firstSlot: part.blocks[0], firstBound: bound[0], boundBlocks },
      workgroups,
    };
  });
}
