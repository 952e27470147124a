/** Why a network cannot be trained or a run goes on no more: a code and its numbers, for the translator. */
export type TrainingProblem =
  /** Node or tensor `id` learns what the loss does not depend on, or what training has no rule for. */
  | { readonly code: 'not-trained'; readonly id: string }
  /** The loss of this step is infinite or no number. */
  | { readonly code: 'loss-not-finite'; readonly step: number }
  /** A file of weights to begin with has no tensor `id`, or one of another shape, or one that the network has not. */
  | { readonly code: 'weights-missing'; readonly id: string; readonly expected: string }
  | { readonly code: 'weights-differ'; readonly id: string; readonly expected: string; readonly found: string }
  | { readonly code: 'weights-unused'; readonly id: string; readonly found: string }
  /** A checkpoint that is broken or of another network. */
  | { readonly code: 'checkpoint-unreadable' };

export class TrainingError extends Error {
  override readonly name = 'TrainingError';
  constructor(readonly problem: TrainingProblem) {
    super(problem.code);
  }
}
