/** The kinds of convolution by the names that the field has for them; some are one operator with other attributes (`kindLayer.ts`). */
export const kindNames = [
  'standard',
  'grouped',
  'depthwise',
  'separable',
  'pointwise',
  'spatially_separable',
  'dilated',
  'transposed',
  'deformable',
  'shuffled',
  'locally_connected',
  'linear',
] as const;
export type KindName = (typeof kindNames)[number];

/** Kinds that live between many channels: they begin on a bank of filters over the photo. */
export function needsBank(kind: KindName): boolean {
  return kind === 'grouped' || kind === 'shuffled' || kind === 'pointwise';
}

/** Kinds with a weight for every place: they read a small version of the photo. */
export function isOfOneSize(kind: KindName): boolean {
  return kind === 'locally_connected' || kind === 'linear';
}
