/**
 * A bank of Gabor filters: a wave under a Gaussian, cos(2π(x cos θ + y sin θ) / λ + φ) · e^(-r² / 2σ²), the model of simple cells
 * (Daugman, 1985) and what first layers learn. Up to eight orientations over 180 degrees; a larger bank repeats them as odd
 * waves (φ = 90 degrees), then at other wavelengths.
 */
import type { Pair } from '../../operators/operator.ts';
import { impulse, type KernelSlice, scaledTo } from './namedFilter.ts';

const mostOrientations = 8;
/** Wavelengths in kernel sizes, in the order in which a growing bank takes them. */
const wavelengths = [1, 0.7, 1.4, 0.5];
/** Below two pixels a wave cannot be told from a longer one; near two its odd phase vanishes. */
const shortestWave = 2.5;

export interface GaborParameters {
  /** Direction across the stripes, in degrees from the x axis towards positive y: 0 answers to vertical edges. */
  readonly orientation: number;
  readonly phase: 'even' | 'odd';
  /** Pixels. */
  readonly wavelength: number;
}

/** Filter `index` of a bank of `of`, for kernels whose longer side is `length`. */
export function gaborParameters(index: number, of: number, length: number): GaborParameters {
  const orientations = Math.max(1, Math.min(of, mostOrientations));
  const ring = Math.floor(index / orientations);
  const factor = wavelengths[Math.floor(ring / 2) % wavelengths.length] ?? 1;
  return {
    orientation: ((index % orientations) * 180) / orientations,
    phase: ring % 2 === 0 ? 'even' : 'odd',
    wavelength: Math.max(shortestWave, factor * length),
  };
}

/** Filter `index` of a bank of `of`, for a single channel. Flat areas give 0; the sum of |w| is 4. */
export function gaborFilter(index: number, of: number, size: Pair): KernelSlice {
  const [kh, kw] = size;
  const length = Math.max(kh, kw);
  const { orientation, phase, wavelength } = gaborParameters(index, of, length);
  const angle = (orientation * Math.PI) / 180;
  const variance = (length / 4) ** 2;
  const wave = new Float64Array(kh * kw);
  const envelope = new Float64Array(kh * kw);
  for (let i = 0; i < wave.length; i++) {
    const y = Math.floor(i / kw) - (kh - 1) / 2;
    const x = (i % kw) - (kw - 1) / 2;
    const turns = (x * Math.cos(angle) + y * Math.sin(angle)) / wavelength;
    envelope[i] = Math.exp(-(x * x + y * y) / (2 * variance));
    wave[i] = envelope[i]! * (phase === 'even' ? Math.cos(2 * Math.PI * turns) : Math.sin(2 * Math.PI * turns));
  }
  // The answer to flat areas is taken off under the envelope, so that the ends stay quiet.
  const share = wave.reduce((sum, value) => sum + value, 0) / envelope.reduce((sum, value) => sum + value, 0);
  const flat = wave.map((value, i) => value - share * envelope[i]!);
  // Where the wave crosses zero it is zero, not the remainder of a rounding.
  const values = flat.map((value) => (Math.abs(value) < 1e-9 ? 0 : value));
  const isBlank = values.every((value) => Math.abs(value) < 1e-6);
  // Stripes along a kernel of one row, or a single pixel, leave nothing.
  return isBlank ? { values: impulse(size), exact: false } : { values: scaledTo(4, values), exact: true };
}
