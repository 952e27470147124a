/**
 * The classic filters at any kernel size. Each is written as its generalisation of the 3 x 3 form that textbooks print, and scaled
 * so that its response keeps its range when the kernel grows: smoothing sums to 1, derivatives keep the sum of |w| of their 3 x 3
 * form (a step from 0 to 1 gives 4 under every Sobel).
 */
import type { Pair } from '../../operators/operator.ts';
import type { NamedFilter } from './filterState.ts';
import {
  binomial,
  binomialCurvature,
  binomialSlope,
  centreOf,
  constant,
  embed,
  line,
  type Profile,
  scharrSmoothing,
} from './profiles.ts';

/** One slice of a kernel, [kh, kw]. */
export interface KernelSlice {
  readonly values: Float64Array;
  /** False where the filter is not defined at this size, and the nearest smaller one that is stands in the middle. */
  readonly exact: boolean;
}

/** The filter `name` at size [kh, kw], for a single channel. */
export function namedFilter(name: NamedFilter, size: Pair): KernelSlice {
  switch (name) {
    case 'identity':
      return { values: impulse(size), exact: true };
    case 'box':
      return { values: product(constant(size[0]), constant(size[1])), exact: true };
    case 'gaussian':
      return { values: product(binomial(size[0]), binomial(size[1])), exact: true };
    case 'sobel_x':
      return slope(size, sobel);
    case 'sobel_y':
      return turned(slope(turn(size), sobel), size);
    case 'scharr_x':
      return slope(size, scharr);
    case 'scharr_y':
      return turned(slope(turn(size), scharr), size);
    case 'prewitt_x':
      return slope(size, prewitt);
    case 'prewitt_y':
      return turned(slope(turn(size), prewitt), size);
    case 'laplacian':
      return laplacian(size);
    case 'log':
      return laplacianOfGaussian(size);
    case 'sharpen':
      return inMiddle(size, 3, sharpen);
    case 'emboss':
      return inMiddle(size, 3, emboss);
    default:
      name satisfies never;
      throw new Error('unknown filter');
  }
}

/** 1 at the centre, 0 elsewhere. */
export function impulse([kh, kw]: Pair): Float64Array {
  const values = new Float64Array(kh * kw);
  values[centreOf(kh) * kw + centreOf(kw)] = 1;
  return values;
}

/** Scales the values to a sum of |w|; leaves zeros as they are. */
export function scaledTo(sum: number, values: Float64Array): Float64Array {
  const present = values.reduce((total, value) => total + Math.abs(value), 0);
  return present === 0 ? values : values.map((value) => (value * sum) / present);
}

function product(rows: Profile, columns: Profile): Float64Array {
  return Float64Array.from({ length: rows.length * columns.length }, (_, i) => {
    return rows[Math.floor(i / columns.length)]! * columns[i % columns.length]!;
  });
}

function turn([kh, kw]: Pair): Pair {
  return [kw, kh];
}

/** The slice, made at the turned size, with rows and columns exchanged. */
function turned(slice: KernelSlice, size: Pair): KernelSlice {
  return { ...slice, values: transposed(slice.values, size) };
}

/** Rows and columns exchanged: `values` is [kw, kh], the result [kh, kw]. */
export function transposed(values: Float64Array, [kh, kw]: Pair): Float64Array {
  return values.map((_, i) => values[(i % kw) * kh + Math.floor(i / kw)]!);
}

interface SlopeFilter {
  readonly smoothing: (length: number) => Profile;
  readonly shortestSmoothing: number;
  readonly slope: (length: number) => Profile;
  /** Sum of |w| of the 3 x 3 form. */
  readonly sum: number;
}

const sobel: SlopeFilter = { smoothing: binomial, shortestSmoothing: 1, slope: binomialSlope, sum: 8 };
const scharr: SlopeFilter = { smoothing: scharrSmoothing, shortestSmoothing: 3, slope: binomialSlope, sum: 32 };
const prewitt: SlopeFilter = { smoothing: constant, shortestSmoothing: 1, slope: line, sum: 6 };

/** Slope along the columns, smoothing along the rows. A single column has no slope: only the smoothing is left. */
function slope([kh, kw]: Pair, filter: SlopeFilter): KernelSlice {
  const smooths = kh === 1 || kh >= filter.shortestSmoothing;
  const rows = smooths && kh > 1 ? filter.smoothing(kh) : embed([1], kh);
  if (kw === 1) return { values: product(rows, [1]), exact: false };
  return { values: scaledTo(filter.sum, product(rows, filter.slope(kw))), exact: smooths };
}

/**
 * The sum of the second derivatives along both axes, each smoothed by what the size leaves beyond 3; along one axis alone for a
 * kernel of one row or column. At 3 x 3 it is 0 1 0, 1 -4 1, 0 1 0.
 */
function laplacian(size: Pair): KernelSlice {
  const [kh, kw] = size;
  if (kh < 3 && kw < 3) return { values: impulse(size), exact: false };
  const smoothing = (length: number) => embed(length < 3 ? [1] : binomial(length - 2), length);
  const along = kw < 3 ? null : product(smoothing(kh), binomialCurvature(kw));
  const down = kh < 3 ? null : product(binomialCurvature(kh), smoothing(kw));
  const values = (along ?? down!).map((value, i) => (along && down ? value + down[i]! : value));
  const exact = kh !== 2 && kw !== 2;
  return { values: scaledTo(along && down ? 8 : 4, values), exact };
}

/** The Laplacian of a Gaussian of deviation k / 6 along each axis, sampled, with the mean taken off so that flat areas give 0. */
function laplacianOfGaussian(size: Pair): KernelSlice {
  const [kh, kw] = size;
  if (kh < 3 && kw < 3) return { values: impulse(size), exact: false };
  if (kh === 2 || kw === 2) {
    // At two samples an axis has no middle to be negative in: the other axis alone.
    const inner = laplacianOfGaussian([kh === 2 ? 1 : kh, kw === 2 ? 1 : kw]);
    return { values: placed(inner.values, [kh === 2 ? 1 : kh, kw === 2 ? 1 : kw], size), exact: false };
  }
  const values = Float64Array.from({ length: kh * kw }, (_, i) => {
    const y = Math.floor(i / kw) - (kh - 1) / 2;
    const x = (i % kw) - (kw - 1) / 2;
    const [vh, vw] = [(kh / 6) ** 2, (kw / 6) ** 2];
    const curvature = (kh === 1 ? 0 : (y * y) / (vh * vh) - 1 / vh) + (kw === 1 ? 0 : (x * x) / (vw * vw) - 1 / vw);
    return curvature * Math.exp(-(y * y) / (2 * vh) - (x * x) / (2 * vw));
  });
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    values: scaledTo(
      kh === 1 || kw === 1 ? 4 : 8,
      values.map((value) => value - mean),
    ),
    exact: true,
  };
}

/** The image minus its Laplacian. At 3 x 3: 0 -1 0, -1 5 -1, 0 -1 0. */
function sharpen(size: Pair): Float64Array {
  const curvature = laplacian(size).values;
  return impulse(size).map((value, i) => value - curvature[i]!);
}

/** The image plus its slope from the upper left to the lower right. At 3 x 3: -2 -1 0, -1 1 1, 0 1 2. */
function emboss(size: Pair): Float64Array {
  const [kh, kw] = size;
  const ramp = Float64Array.from({ length: kh * kw }, (_, i) => {
    return Math.floor(i / kw) - centreOf(kh) + (i % kw) - centreOf(kw);
  });
  const scaled = scaledTo(kh === 1 || kw === 1 ? 2 : 8, ramp);
  return impulse(size).map((value, i) => value + scaled[i]!);
}

/** A filter that needs a middle tap: even lengths, and lengths 2 to `shortest`, take the next smaller one that fits. */
function inMiddle(size: Pair, shortest: number, filter: (size: Pair) => Float64Array): KernelSlice {
  const fitting = (length: number) => (length < shortest ? 1 : length - ((length + 1) % 2));
  const inner: Pair = [fitting(size[0]), fitting(size[1])];
  const isPoint = inner[0] === 1 && inner[1] === 1;
  const values = placed(isPoint ? impulse(inner) : filter(inner), inner, size);
  return { values, exact: !isPoint && inner[0] === size[0] && inner[1] === size[1] };
}

/** A smaller kernel in the middle of a larger one. */
function placed(values: Float64Array, inner: Pair, outer: Pair): Float64Array {
  const out = new Float64Array(outer[0] * outer[1]);
  const top = centreOf(outer[0]) - centreOf(inner[0]);
  const left = centreOf(outer[1]) - centreOf(inner[1]);
  values.forEach((value, i) => {
    out[(top + Math.floor(i / inner[1])) * outer[1] + left + (i % inner[1])] = value;
  });
  return out;
}
