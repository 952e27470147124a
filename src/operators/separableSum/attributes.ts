/**
 * Weighted sums along every axis by itself: y[i0, i1, i2, i3] = sum over taps of w0 w1 w2 w3 x[j0, j1, j2, j3], where the taps (j, w) of
 * each axis are a function of that axis' index alone. No layer of its own: what undoes means, resizing, padding and slices in the
 * gradient of a network (`graph/gradient`).
 */
export interface AxisTap {
  readonly at: number;
  readonly weight: number;
}

/** Along one axis: the entries of an input of `size` that each entry of the output adds up; none gives 0. */
export interface AxisSums {
  readonly size: number;
  readonly taps: readonly (readonly AxisTap[])[];
}

/** null: the axis stays as it is. */
export interface SeparableSum {
  readonly kind: 'separable_sum';
  readonly axes: readonly [AxisSums | null, AxisSums | null, AxisSums | null, AxisSums | null];
}
