/** A rectifier whose slope below 0 is learned: one for all channels or one for each, as `torch.nn.PReLU(num_parameters)`. */
export interface Prelu {
  readonly kind: 'prelu';
  readonly numParameters: number;
}
