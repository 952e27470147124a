/** Where a graph begins: the photo as a tensor of `channels` maps. */
export interface Input {
  readonly kind: 'input';
  readonly channels: number;
}
