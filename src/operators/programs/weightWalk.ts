/**
 * Packed weights as a walk: which weight stands in each float of a packed array, so that a program can draw it there. A block of filters
 * is `header` floats of biases and then its weights; the index of a weight in the block falls into digits, most significant first, and the last one,
 * which counts neighbouring filters. A filter, its row and its place in PyTorch's layout are sums over digits.
 */
export interface WeightWalk {
  /** C: filters per block. */
  readonly filters: number;
  /** Whether the first C floats of the header are the filters' biases; all others are zeros. */
  readonly hasBias: boolean;
  /** In floats, multiples of 4. */
  readonly header: number;
  readonly perBlock: number;
  readonly blocksPerGroup: number;
  /** Filters that a group has; what fills up its last block is zero. */
  readonly filtersPerGroup: number;
  /** What each group adds to the numbers of its filters, to their places and to their channels. */
  readonly group: { readonly filter: number; readonly place: number; readonly channel: number };
  /** Channels that there are: what fills up the last four is zero. */
  readonly channels: number;
  /** Filters that share rows: filter o adds floor(o / together) · row to the row and (o mod together) · place to the place. */
  readonly filter: { readonly together: number; readonly row: number; readonly place: number };
  readonly digits: readonly [WalkDigit, WalkDigit, WalkDigit, WalkDigit];
  /** Of the last digit. */
  readonly lanes: number;
  /**
   * Where groups share blocks of four channels: channels are counted from the first block that is read for a group of `perGroup`, no later
   * than `lastBlock`, and of those a filter has its own `channels` alone, as all `filters` have that belong to the same group of the layer.
   * `place`: of each channel.
   */
  readonly shared?: {
    readonly filters: number;
    readonly channels: number;
    readonly perGroup: number;
    readonly lastBlock: number;
    readonly place: number;
  };
}

/** A digit: how many values it has, and what each step of it adds. */
export interface WalkDigit {
  readonly size: number;
  readonly filter: number;
  readonly row: number;
  readonly place: number;
  readonly channel: number;
}

/** A digit that says only what is given. */
export function digit(size: number, steps: Partial<Omit<WalkDigit, 'size'>> = {}): WalkDigit {
  return { size, filter: 0, row: 0, place: 0, channel: 0, ...steps };
}
