/** Local response normalisation (AlexNet's), named as in `torch.nn.LocalResponseNorm`. */
export interface LocalResponseNorm {
  readonly kind: 'local_response_norm';
  /** Channels in the window. */
  readonly size: number;
  readonly alpha: number;
  readonly beta: number;
  readonly k: number;
  /**
   * Channels of the window in front of the channel itself: PyTorch has floor(size / 2), ONNX floor((size - 1) / 2), which differ when
   * `size` is even.
   */
  readonly channelsBefore: number;
}
