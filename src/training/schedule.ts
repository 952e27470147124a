/** The learning rate over the steps of a run, as a share of the highest; steps count from 0. */
export type Schedule =
  | { readonly kind: 'constant' }
  /** Up in a straight line over `warmUp` of the steps, then down by half a cosine to 0 (Loshchilov and Hutter 2017). */
  | { readonly kind: 'cosine'; readonly warmUp: number }
  /** Times `factor` after every `every` of the steps (PyTorch's `StepLR`): 0.3 has three drops. */
  | { readonly kind: 'step'; readonly every: number; readonly factor: number };

export function shareOfRate(schedule: Schedule, step: number, steps: number): number {
  switch (schedule.kind) {
    case 'constant':
      return 1;
    case 'cosine': {
      const warm = Math.round(schedule.warmUp * steps);
      if (step < warm) return (step + 1) / warm;
      return 0.5 * (1 + Math.cos((Math.PI * (step - warm)) / Math.max(1, steps - warm)));
    }
    case 'step':
      return schedule.factor ** Math.floor(step / Math.max(1, Math.round(schedule.every * steps)));
    default:
      schedule satisfies never;
      throw new Error('unknown schedule');
  }
}
