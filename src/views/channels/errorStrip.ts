/** Relative errors of layers as columns over a logarithmic axis, from float32's rounding to as large as the maps themselves. */
import { scaleLog } from 'd3-scale';

export interface ErrorColumn {
  readonly node: string;
  readonly x: number;
  readonly width: number;
  /** From here to the base line. */
  readonly y: number;
  readonly height: number;
}

export interface ErrorStrip {
  readonly columns: readonly ErrorColumn[];
  readonly ticks: readonly { readonly y: number; readonly value: number }[];
}

const [lowest, highest] = [1e-8, 1];

/** `relative`: null where a layer had nothing but zeros; drawn as the largest. An error of 0 has no height. */
export function errorStrip(
  errors: readonly { readonly node: string; readonly relative: number | null }[],
  { width, height }: { readonly width: number; readonly height: number },
): ErrorStrip {
  const y = scaleLog([lowest, highest], [height, 0]).clamp(true);
  const step = errors.length > 0 ? width / errors.length : width;
  return {
    columns: errors.map(({ node, relative }, i) => {
      const top = relative === 0 ? height : Math.min(height - 1, y(relative ?? highest));
      return { node, x: i * step, width: Math.max(1, step - Math.min(2, step / 4)), y: top, height: height - top };
    }),
    ticks: [1, 1e-2, 1e-4, 1e-6, 1e-8].map((value) => ({ y: y(value), value })),
  };
}
