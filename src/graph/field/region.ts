/**
 * What is read of a tensor, exactly: a union of blocks, each some channels crossed with some rows crossed with some columns. One path
 * through a network reads one block; where paths of different layers meet, the union of their blocks is no block (rows and columns
 * united by themselves would hold corners that nothing reads), so they stay apart until two can be one.
 */
import type { Interval } from '../../math/intervals.ts';
import { between, countOf, covers, equals, holds, type Positions, packed, union } from './positions.ts';

export interface Block {
  readonly channels: Positions;
  readonly rows: Positions;
  readonly columns: Positions;
}

export type Region = readonly Block[];

/** Rows crossed with columns, of any channel. */
export type PixelBlock = Omit<Block, 'channels'>;

const axes = ['channels', 'rows', 'columns'] as const;

/** One block that holds both and nothing else, where there is one. */
function joined(a: Block, b: Block): Block | null {
  if (axes.every((axis) => covers(a[axis], b[axis]))) return a;
  if (axes.every((axis) => covers(b[axis], a[axis]))) return b;
  const different = axes.filter((axis) => !equals(a[axis], b[axis]));
  const [axis] = different;
  return axis && different.length === 1 ? { ...a, [axis]: union(a[axis], b[axis]) } : null;
}

export function withBlock(region: Region, block: Block): Region {
  for (const [i, known] of region.entries()) {
    const both = joined(known, block);
    if (both === known) return region;
    // What has grown may now join others.
    if (both) return withBlock(region.toSpliced(i, 1), both);
  }
  return [...region, block];
}

/** More blocks than so many are written anew, row by row. */
const manyBlocks = 8;

/** The same region in at most as many blocks as there are rows, for each set of channels; a short one stays as it is. */
export function simplified(region: Region): Region {
  if (region.length <= manyBlocks) return region;
  const byChannels: { readonly channels: Positions; readonly blocks: Block[] }[] = [];
  for (const block of region) {
    const known = byChannels.find(({ channels }) => equals(channels, block.channels));
    if (known) known.blocks.push(block);
    else byChannels.push({ channels: block.channels, blocks: [block] });
  }
  return byChannels.flatMap(({ channels, blocks }) => rowByRow(blocks).map((pixels) => ({ channels, ...pixels })));
}

const anyChannel = between(0, 0);

/** The pixels of a region, of any channel: blocks that share no row, so that their sizes add up. */
export function pixelsOf(region: Region): readonly PixelBlock[] {
  // Most blocks differ in channels alone, or lie in one another as soon as channels do not count.
  const flat = region.reduce<Region>((known, block) => withBlock(known, { ...block, channels: anyChannel }), []);
  return flat.length === 1 ? [{ rows: flat[0]!.rows, columns: flat[0]!.columns }] : rowByRow(flat);
}

/** Rows that read the same columns become one block. */
function rowByRow(blocks: readonly PixelBlock[]): readonly PixelBlock[] {
  const lo = Math.min(...blocks.map(({ rows }) => rows.lo));
  const hi = Math.max(...blocks.map(({ rows }) => rows.hi));
  const classes = new Map<string, { readonly columns: Positions; readonly marks: Uint8Array }>();
  for (let row = lo; row <= hi; row++) {
    const reading = blocks.flatMap(({ rows }, i) => (holds(rows, row) ? [i] : []));
    if (reading.length === 0) continue;
    const key = reading.join();
    const known = classes.get(key) ?? {
      columns: reading.map((i) => blocks[i]!.columns).reduce(union),
      marks: new Uint8Array(hi - lo + 1),
    };
    known.marks[row - lo] = 1;
    classes.set(key, known);
  }
  const result: { rows: Positions; columns: Positions }[] = [];
  for (const { columns, marks } of classes.values()) {
    const rows = packed(marks, lo)!;
    const same = result.find((other) => equals(other.columns, columns));
    if (same) same.rows = union(same.rows, rows);
    else result.push({ rows, columns });
  }
  return result;
}

/** How many pixels disjoint blocks have, of those in the box where it is given. */
export function pixelCount(
  blocks: readonly PixelBlock[],
  box?: { readonly h: Interval; readonly w: Interval },
): number {
  return blocks.reduce((sum, { rows, columns }) => sum + countOf(rows, box?.h) * countOf(columns, box?.w), 0);
}
