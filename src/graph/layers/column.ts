/**
 * A kind of convolution as a column of a comparison: one of the names that the field has for it and the numbers that tell it from the
 * others. What it stands for is made late (`columnSequence.ts`): one layer, or several with activations, pooling or resizing between.
 */
export const layerColumnKinds = [
  'standard',
  'pointwise',
  'depthwise',
  'separable',
  'grouped',
  'shuffled',
  'spatially_separable',
  'dilated',
  'transposed',
  'deformable',
] as const;
export type LayerColumnKind = (typeof layerColumnKinds)[number];

export const blockColumnKinds = ['stack', 'pooled', 'resize_convolve', 'vgg_block', 'mobilenet_block'] as const;

export const columnKinds = [...layerColumnKinds, ...blockColumnKinds] as const;
export type ColumnKind = (typeof columnKinds)[number];

export interface Column {
  readonly kind: ColumnKind;
  readonly kernelSize: number;
  /** What rows and columns are divided by; of what enlarges (transposed, resize_convolve) multiplied by. */
  readonly stride: number;
  /** Of a dilated column. */
  readonly dilation: number;
  /** Of a grouped and of a shuffled column. */
  readonly groups: number;
  /** Layers, or parts, of a block one after the other. */
  readonly depth: number;
}

export const columnRanges = {
  kernelSize: { min: 1, max: 11 },
  stride: { min: 1, max: 4 },
  dilation: { min: 1, max: 6 },
  groups: { min: 1, max: 64 },
  depth: { min: 1, max: 5 },
} as const;

/** What divides both, ascending. */
export function commonDivisors(a: number, b: number): readonly number[] {
  return Array.from({ length: Math.min(a, b) }, (_, i) => i + 1).filter((d) => a % d === 0 && b % d === 0);
}
