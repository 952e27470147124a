/** How far maps may be from the float64 reference, as |error| / (1 + sum of |terms|). */

/** Of every kernel, and of all that is checked or taken home. */
export const exactnessBound = 1e-5;

/** Of convolutions in f16, which fast runs alone compute by. */
export const fastBound = 2e-3;
