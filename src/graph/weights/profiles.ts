/**
 * One-dimensional profiles from which the named filters are multiplied together, at any length. A binomial row (1 2 1, 1 3 3 1)
 * smooths; convolved with -1 1 it is the first derivative of the smoothing (-1 0 1, -1 -2 0 2 1), with 1 -2 1 the second.
 */

export type Profile = readonly number[];

export function convolve(a: Profile, b: Profile): Profile {
  const out = new Array<number>(a.length + b.length - 1).fill(0);
  a.forEach((p, i) => {
    b.forEach((q, j) => {
      out[i + j] = out[i + j]! + p * q;
    });
  });
  return out;
}

/** Row `length` of Pascal's triangle divided by its sum: 1; 1 1; 1 2 1; ... Its deviation is √(length - 1) / 2. */
export function binomial(length: number): Profile {
  let row: Profile = [1];
  for (let i = 1; i < length; i++) row = convolve(row, [0.5, 0.5]);
  return row;
}

/** First derivative of the binomial smoothing, for length >= 2: increasing values respond positively. */
export function binomialSlope(length: number): Profile {
  return convolve(binomial(length - 1), [-1, 1]);
}

/** Second derivative of the binomial smoothing, for length >= 3. */
export function binomialCurvature(length: number): Profile {
  return convolve(binomial(length - 2), [1, -2, 1]);
}

/** Scharr's smoothing 3 10 3, smoothed further to any length >= 3. */
export function scharrSmoothing(length: number): Profile {
  return convolve(binomial(length - 2), [3 / 16, 10 / 16, 3 / 16]);
}

/** Prewitt's slope: the straight line -1 0 1, -2 -1 0 1 2, ...: the least-squares slope over the window. */
export function line(length: number): Profile {
  return Array.from({ length }, (_, i) => i - (length - 1) / 2);
}

export function constant(length: number): Profile {
  return new Array<number>(length).fill(1 / length);
}

/** The tap that an output is centred on: the middle one, or the one before the middle. */
export function centreOf(length: number): number {
  return Math.floor((length - 1) / 2);
}

/** A shorter profile in the middle of zeros. */
export function embed(profile: Profile, length: number): Profile {
  const out = new Array<number>(length).fill(0);
  const start = centreOf(length) - centreOf(profile.length);
  profile.forEach((value, i) => {
    out[start + i] = value;
  });
  return out;
}
