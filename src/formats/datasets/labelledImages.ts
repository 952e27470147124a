/** Images with a class each, as data sets have them: bytes, which training brings into its own range. */
export interface LabelledImages {
  /** Of one image. */
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  /** How many classes there are; a label is below. */
  readonly classes: number;
  /** [N, C, H, W], 0 black. */
  readonly pixels: Uint8Array;
  /** [N]. */
  readonly labels: Uint8Array;
}
