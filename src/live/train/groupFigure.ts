/**
 * What the figure of filter groups shows: for each number of groups the correlation of two adjacent layers, untrained and at moments of
 * training, with the prices of the network. It is filled from matrices that were measured on CIFAR-10, or from runs in this page.
 */
import type { Matrix } from '../../math/matrix.ts';

export type CorrelationKind = 'whitened' | 'pearson';

/** Where the strongest hundredth of the pairs begins, rounded up, with room for the strongest ones to stand out: one range for all matrices. */
export const sharedRange: Readonly<Record<CorrelationKind, number>> = { whitened: 0.25, pearson: 0.5 };

/** The matrices of one moment. Rows are channels of the first layer, columns of the second. */
export type Moment = Readonly<Record<CorrelationKind, Matrix>>;

export interface GroupColumn {
  readonly groups: number;
  readonly untrained: Moment;
  /** Moments of training in their order, the last one the newest; empty before the first. */
  readonly trained: readonly { readonly step: number; readonly moment: Moment }[];
  readonly parameters: number;
  readonly macs: number;
  /** Share of test images, 0..1; null before it is known. */
  readonly accuracy: number | null;
  /** Share inside the blocks as it was published for a network of twice the width, trained longer; null where nothing was. */
  readonly published: Readonly<Record<CorrelationKind, number>> | null;
}

export interface GroupFigure {
  /** Measured on CIFAR-10 and shipped, or of runs in this page. */
  readonly source: 'measured' | 'runs';
  readonly columns: readonly GroupColumn[];
  readonly rowLayer: string;
  readonly columnLayer: string;
  /** Images and samples (pixels of all images) that the matrices are taken from. */
  readonly images: number;
  readonly samples: number;
  /** Images in the test whose accuracy is told. */
  readonly testImages: number;
}

/** Below this the blocks drown in chance (100 images of 16 x 16 with 96 channels). */
const fewSamplesPerChannel = 250;

export const hasFewSamples = ({ samples, columns }: GroupFigure): boolean => {
  const matrix = columns[0]?.untrained.whitened;
  return matrix !== undefined && samples < fewSamplesPerChannel * Math.max(matrix.rows, matrix.columns);
};

/** The moment at `position` of training, 0 (untrained) to 1 (newest). */
export function momentAt({ untrained, trained }: GroupColumn, position: number): Moment {
  const at = Math.round(position * trained.length);
  return at === 0 ? untrained : (trained[at - 1]?.moment ?? untrained);
}
