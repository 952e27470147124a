/** Which rows of a long table are drawn: those in sight and a few around them. Rows may differ in height. */
export interface RowWindow {
  /** Rows `from` to before `to` are drawn. */
  readonly from: number;
  readonly to: number;
  /** Pixels that the rows before and behind them take. */
  readonly before: number;
  readonly behind: number;
}

/** The top of every row, and at the end the height of all. */
export function rowTops(heights: readonly number[]): readonly number[] {
  const tops = [0];
  for (const height of heights) tops.push(tops.at(-1)! + height);
  return tops;
}

/** `view`: what is in sight, in pixels; `spare`: rows more on both sides. */
export function rowWindow(
  tops: readonly number[],
  view: { readonly top: number; readonly height: number },
  spare: number,
): RowWindow {
  const count = tops.length - 1;
  const from = Math.max(0, rowAt(tops, view.top) - spare);
  const to = Math.min(count, rowAt(tops, view.top + view.height) + 1 + spare);
  return { from, to, before: tops[from]!, behind: tops[count]! - tops[to]! };
}

/** The row that contains this height, the nearest one outside; 0 where there is none. */
export function rowAt(tops: readonly number[], y: number): number {
  let [low, high] = [0, Math.max(0, tops.length - 2)];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (tops[middle]! <= y) low = middle;
    else high = middle - 1;
  }
  return low;
}
