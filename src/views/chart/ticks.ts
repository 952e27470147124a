/** Texts of the ticks of an axis, which must tell neighbours apart. */

/** As many decimals as neighbouring ticks (1, 2 or 5 times a power of ten apart) differ in: 2 of 2.36 and 2.38, none of 10 and 20. */
export function tickDecimals(ticks: readonly number[]): number {
  const [first, second] = ticks;
  if (first === undefined || second === undefined || first === second) return 0;
  return Math.max(0, -Math.floor(Math.log10(Math.abs(second - first)) + 1e-9));
}

/** With a real minus; a share as percent where `isShare`. */
export function tickTexts(ticks: readonly number[], isShare = false): readonly string[] {
  const values = isShare ? ticks.map((tick) => 100 * tick) : ticks;
  const decimals = tickDecimals(values);
  return values.map((value) => value.toFixed(decimals).replace('-', '−') + (isShare ? ' %' : ''));
}
