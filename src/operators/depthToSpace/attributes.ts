/**
 * Channels into blocks of pixels. `CRD` is `torch.nn.PixelShuffle` (the block is the fastest part of the channel), `DCR` TensorFlow's
 * depth_to_space (it is the slowest); the names are ONNX's.
 */
export interface DepthToSpace {
  readonly kind: 'depth_to_space';
  readonly block: number;
  readonly mode: 'CRD' | 'DCR';
}
