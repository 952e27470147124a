/**
 * Colour opponents, as ganglion cells and trained first layers have them: the middle prefers one colour, its surround the opposite
 * one. Red-green, blue-yellow, light-dark, then the same with the signs exchanged, then with a wider middle.
 */
import type { Pair } from '../../operators/operator.ts';
import { impulse } from './namedFilter.ts';

/** Weights of R, G, B in the middle and around it. */
const pairs = [
  { middle: [1, 0, 0], around: [0, 1, 0] },
  { middle: [0, 0, 1], around: [0.5, 0.5, 0] },
  { middle: [1 / 3, 1 / 3, 1 / 3], around: [1 / 3, 1 / 3, 1 / 3] },
] as const;

function gaussian([kh, kw]: Pair, deviation: number): Float64Array {
  const values = Float64Array.from({ length: kh * kw }, (_, i) => {
    const y = Math.floor(i / kw) - (kh - 1) / 2;
    const x = (i % kw) - (kw - 1) / 2;
    return Math.exp(-(x * x + y * y) / (2 * deviation * deviation));
  });
  const sum = values.reduce((total, value) => total + value, 0);
  return values.map((value) => value / sum);
}

/**
 * Opponent `index` for `slices` channels, [slices, kh, kw]. Colours need R, G, B (a fourth channel, alpha, is not read); with other
 * channels it is the light-dark opponent on their mean, and not exact.
 */
export function opponentFilter(
  index: number,
  slices: number,
  size: Pair,
): { readonly values: Float64Array; readonly exact: boolean } {
  const area = size[0] * size[1];
  const sign = Math.floor(index / pairs.length) % 2 === 0 ? 1 : -1;
  const widening = 1.5 ** Math.floor(index / (2 * pairs.length));
  const length = Math.max(size[0], size[1]);
  const middle = gaussian(size, (length / 8) * widening);
  const around = gaussian(size, (length / 3) * widening);
  const hasColours = slices === 3 || slices === 4;
  const pair = pairs[hasColours ? index % pairs.length : 2]!;
  const values = new Float64Array(slices * area);
  for (let c = 0; c < slices; c++) {
    const inMiddle = hasColours ? (pair.middle[c] ?? 0) : 1 / slices;
    const inSurround = hasColours ? (pair.around[c] ?? 0) : 1 / slices;
    for (let i = 0; i < area; i++) values[c * area + i] = sign * (inMiddle * middle[i]! - inSurround * around[i]!);
  }
  if (values.some((value) => Math.abs(value) > 1e-6)) return { values, exact: hasColours };
  // One pixel has no surround of its own: light minus dark is nothing there.
  const point = impulse(size);
  return { values: values.map((_, i) => (sign * point[i % area]!) / slices), exact: false };
}
