/** Where a chart's marker may stand, and its labels. */

/** The allowed value nearest to `wish`; where that is the present one, the next in the direction of the wish, so that keys move too. */
export function snapped(wish: number, present: number, values: readonly number[]): number {
  const nearest = values.reduce((best, each) => (Math.abs(each - wish) < Math.abs(best - wish) ? each : best), present);
  if (nearest !== present || wish === present) return nearest;
  const further = wish > present ? values.find((each) => each > present) : values.findLast((each) => each < present);
  return further ?? present;
}

/** The heights moved apart to at least `gap`, in their order, the lowest kept. */
export function spread(heights: readonly number[], gap: number): readonly number[] {
  const order = heights.map((_, i) => i).sort((a, b) => heights[b]! - heights[a]!);
  const moved = [...heights];
  for (const [i, at] of order.entries()) {
    const below = order[i - 1];
    if (below !== undefined) moved[at] = Math.min(heights[at]!, moved[below]! - gap);
  }
  return moved;
}
