/**
 * A kind of convolution as a column of a comparison: one of the names that the field has for it and the numbers that tell it from the
 * others. The layer that it stands for is made late (`columnLayer.ts`).
 */
export const columnKinds = [
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
export type ColumnKind = (typeof columnKinds)[number];

export interface Column {
  readonly kind: ColumnKind;
  readonly kernelSize: number;
  readonly stride: number;
  /** Of a dilated column. */
  readonly dilation: number;
  /** Of a grouped and of a shuffled column. */
  readonly groups: number;
}

export const columnRanges = {
  kernelSize: { min: 1, max: 11 },
  stride: { min: 1, max: 4 },
  dilation: { min: 1, max: 6 },
  groups: { min: 1, max: 64 },
} as const;

/** What divides both, ascending. */
export function commonDivisors(a: number, b: number): readonly number[] {
  return Array.from({ length: Math.min(a, b) }, (_, i) => i + 1).filter((d) => a % d === 0 && b % d === 0);
}
