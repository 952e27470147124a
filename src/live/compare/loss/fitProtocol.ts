/** What the page and the worker that fits say to each other. */
import type { Fit, FitCriterion, FitKind, FittedLayer } from '../../../fits/index.ts';
import type { OperatorError, Result } from '../../../operators/operator.ts';

export interface FitJob {
  /** Rising: of two jobs the one with the larger number is wanted. */
  readonly id: number;
  /** The layer and its input, so that what is known of their patches is kept for the next job. */
  readonly key: string;
  readonly layer: FittedLayer;
  /** What the layer reads, of `layer.inputShape`. */
  readonly input: Float32Array<ArrayBuffer>;
  readonly by: FitCriterion['by'];
  readonly kinds: readonly FitKind[];
}

export type ToWorker = { readonly type: 'fit'; readonly job: FitJob } | { readonly type: 'stop'; readonly id: number };

/** How far a job is: reading the patches, then its fits one after another. `share` 0 to 1. */
export type FitProgress =
  | { readonly stage: 'patches'; readonly share: number }
  | { readonly stage: 'fits'; readonly share: number; readonly done: number; readonly of: number };

export type FromWorker =
  | { readonly type: 'progress'; readonly id: number; readonly progress: FitProgress }
  | {
      readonly type: 'fitted';
      readonly id: number;
      readonly index: number;
      readonly result: Result<Fit, OperatorError>;
    }
  | { readonly type: 'finished'; readonly id: number }
  | { readonly type: 'failed'; readonly id: number; readonly message: string };
