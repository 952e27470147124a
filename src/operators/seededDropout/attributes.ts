/**
 * `torch.nn.Dropout` as it trains: every value is 0 with probability p, the others are divided by 1 - p. Which ones is a function of (seed,
 * stream, step, place) in 32-bit integers (`math/random.ts`), so that every engine drops the same and a step can be done again. `step`, a
 * whole number below 2^24, comes as a second input [1, 1, 1, 1]: a new step needs no new graph. The way back is the same operator.
 */
export interface SeededDropout {
  readonly kind: 'seeded_dropout';
  readonly p: number;
  /** 32-bit integers; a stream for each layer. */
  readonly seed: number;
  readonly stream: number;
}
