/**
 * What the Compare screen shows: a bank of filters over the photo that all columns read, and two to four columns, each a kind of
 * convolution by the few numbers that a person moves. The layers themselves are functions of these (`graph/layers/columnSequence.ts`).
 */
import { type Column, type ColumnKind, type columnRanges, commonDivisors } from '../graph/layers/column.ts';
import type { BankName } from '../graph/weights/banks.ts';
import { defaultLoss, type LossState } from './loss.ts';

export interface CompareState {
  /** The bank over the photo: which filters, and how many maps, so input channels, it gives. */
  readonly stem: { readonly bank: BankName; readonly channels: number };
  readonly outChannels: number;
  /** Of the random weights, and of a random bank. */
  readonly seed: number;
  readonly columns: readonly Column[];
  readonly loss: LossState;
}

export const columnCount = { min: 1, max: 4 } as const;
/** Channels of the bank and of the columns' outputs; powers of two, so that groups have something to divide. */
export const channelChoicesOfCompare = [8, 16, 32, 64] as const;

/** A column of `kind` before anything of it has been chosen. */
export function newColumn(kind: ColumnKind, { stem, outChannels }: Pick<CompareState, 'stem' | 'outChannels'>): Column {
  const divisors = commonDivisors(stem.channels, outChannels);
  return {
    kind,
    kernelSize: kind === 'transposed' ? 4 : 3,
    stride: resizing.has(kind) ? 2 : 1,
    dilation: 2,
    groups: divisors.findLast((groups) => groups <= 4) ?? 1,
    depth: usualDepth(kind),
  };
}

/** These halve or double the size where nothing is said. */
const resizing: ReadonlySet<ColumnKind> = new Set([
  'transposed',
  'pooled',
  'resize_convolve',
  'vgg_block',
  'mobilenet_block',
]);

/** Three 3 x 3 convolutions see as far as one of 7 x 7; VGG's first blocks have two. */
export function usualDepth(kind: ColumnKind): number {
  return kind === 'stack' ? 3 : 2;
}

/** The column as another kind: it keeps the numbers that both kinds begin with. */
export function asKind(column: Column, kind: ColumnKind, compare: Pick<CompareState, 'stem' | 'outChannels'>): Column {
  const [from, to] = [newColumn(column.kind, compare), newColumn(kind, compare)];
  const kept = (name: keyof typeof columnRanges) => (from[name] === to[name] ? column[name] : to[name]);
  return {
    kind,
    kernelSize: kept('kernelSize'),
    stride: kept('stride'),
    dilation: kept('dilation'),
    groups: kept('groups'),
    depth: kept('depth'),
  };
}

export const defaultCompare: CompareState = {
  stem: { bank: 'gabor', channels: 16 },
  outChannels: 16,
  seed: 11,
  columns: (['standard', 'separable', 'grouped', 'dilated'] as const).map((kind) =>
    newColumn(kind, { stem: { bank: 'gabor', channels: 16 }, outChannels: 16 }),
  ),
  loss: defaultLoss,
};

/** The same comparison with every number in its range: groups divide both channel counts, there is a column. */
export function fitCompare(compare: CompareState): CompareState {
  const divisors = commonDivisors(compare.stem.channels, compare.outChannels);
  const columns = compare.columns.slice(0, columnCount.max).map((column) => ({
    ...column,
    groups: divisors.findLast((groups) => groups <= column.groups) ?? 1,
  }));
  return { ...compare, columns: columns.length > 0 ? columns : defaultCompare.columns };
}
