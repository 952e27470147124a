/** `torch.nn.Dropout` when it is not training: the identity. */
export interface Dropout {
  readonly kind: 'dropout';
  /** The share that training would drop. */
  readonly p: number;
}
