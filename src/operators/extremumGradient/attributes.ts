/**
 * Back through the maximum (or minimum) of windows, from x and the gradient gy at the pooled maps: each window gives its gradient to its
 * extreme entry, of equal ones to the first in reading order, as `torch.nn.MaxPool2d` does (`torch.amax` would share it out). No layer of
 * its own: what the gradient of a network (`graph/gradient`) has in place of max pooling.
 */

/** Along one axis of `size` entries: those that each window covers, ascending. */
export interface AxisWindows {
  readonly size: number;
  readonly windows: readonly (readonly number[])[];
}

/** null: every entry of the axis is a window of its own. */
export interface ExtremumGradient {
  readonly kind: 'extremum_gradient';
  readonly extremum: 'max' | 'min';
  readonly axes: readonly [AxisWindows | null, AxisWindows | null, AxisWindows | null, AxisWindows | null];
}
