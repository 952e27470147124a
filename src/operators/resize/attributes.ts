/**
 * Resizing of rows and columns, as `torch.nn.Upsample` and ONNX's Resize. Where PyTorch has one name for several choices the names are
 * ONNX's: PyTorch's `nearest` is asymmetric and floor, `bilinear` is linear and half_pixel (or align_corners, with the output's size
 * given), `bicubic` likewise.
 */
import type { Pair } from '../operator.ts';

export const coordinateModes = [
  'half_pixel',
  'pytorch_half_pixel',
  'half_pixel_symmetric',
  'align_corners',
  'asymmetric',
] as const;
export type CoordinateMode = (typeof coordinateModes)[number];

export const nearestModes = ['floor', 'ceil', 'round_prefer_floor', 'round_prefer_ceil'] as const;
export type NearestMode = (typeof nearestModes)[number];

export interface Resize {
  readonly kind: 'resize';
  readonly mode: 'nearest' | 'linear' | 'cubic';
  /** Rows and columns of the output; null: the input's times `scaleFactor`, rounded down. */
  readonly size: Pair | null;
  /** What coordinates are divided by; null: the quotient of the sizes. One of the two is given. */
  readonly scaleFactor: Pair | null;
  readonly coordinateTransformationMode: CoordinateMode;
  /** Nearest alone. */
  readonly nearestMode: NearestMode;
  /** Cubic alone: the slope a of Keys' kernel; PyTorch and ONNX have -0.75. */
  readonly cubicCoeffA: number;
  /** Neighbours outside the input weigh nothing, and the others share the whole; else the edge is repeated. */
  readonly excludeOutside: boolean;
}
