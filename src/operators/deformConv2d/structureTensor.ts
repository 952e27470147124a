/**
 * The direction in which a picture changes, pixel by pixel: the structure tensor J = G * (grad I gradᵀ I), smoothed by a Gaussian, has its
 * larger eigenvalue along angle ½ atan2(2 Jxy, Jxx - Jyy), and ((Jxx - Jyy)² + 4 Jxy²)^½ / (Jxx + Jyy) says how much one direction stands
 * out (Bigün & Granlund 1987).
 */
import type { HostTensor } from '../operator.ts';

/** Per pixel, [H, W]. */
export interface Directions {
  readonly height: number;
  readonly width: number;
  /** Of the gradient's line, in radians from the x axis towards the y axis (down): -π/2 < angle <= π/2. */
  readonly angle: Float32Array;
  /** 0 (flat, or every direction alike) to 1 (straight edge). */
  readonly coherence: Float32Array;
}

/** Flatness below which no direction is taken from noise: this share of the picture's mean squared gradient. */
const flat = 1e-3;

const clamp = (at: number, size: number) => Math.min(Math.max(at, 0), size - 1);

/** The mean of the channels of image 0, [H, W]. */
function brightnessOf({ shape, values }: HostTensor): Float32Array {
  const [, channels, height, width] = shape;
  const area = height * width;
  const mean = new Float32Array(area);
  for (let c = 0; c < channels; c++) for (let at = 0; at < area; at++) mean[at]! += values[c * area + at]! / channels;
  return mean;
}

/** A Gaussian out to three deviations, weights 1 together. */
function gaussian(sigma: number): Float32Array {
  const radius = Math.ceil(3 * sigma);
  const weights = Float32Array.from({ length: 2 * radius + 1 }, (_, i) =>
    Math.exp(-((i - radius) ** 2) / (2 * sigma ** 2)),
  );
  const whole = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / whole);
}

/** Smooths a plane along both axes; the edge is repeated. */
function smoothed(plane: Float32Array, height: number, width: number, weights: Float32Array): Float32Array {
  const radius = (weights.length - 1) / 2;
  const along = (from: Float32Array, size: number, step: number, lines: number, lineStep: number) => {
    const to = new Float32Array(from.length);
    for (let line = 0; line < lines; line++) {
      for (let at = 0; at < size; at++) {
        let sum = 0;
        for (let k = -radius; k <= radius; k++)
          sum += weights[k + radius]! * from[line * lineStep + clamp(at + k, size) * step]!;
        to[line * lineStep + at * step] = sum;
      }
    }
    return to;
  };
  return along(along(plane, width, 1, height, width), height, width, width, 1);
}

/** Directions of image 0 of `picture` [N, C, H, W], its channels averaged; `sigma`: the Gaussian's deviation in pixels. */
export function directionsOf(picture: HostTensor, sigma = 1.5): Directions {
  const [, , height, width] = picture.shape;
  const area = height * width;
  const brightness = brightnessOf(picture);
  const products = [new Float32Array(area), new Float32Array(area), new Float32Array(area)] as const;
  let energy = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const row = y * width;
      const gx = (brightness[row + clamp(x + 1, width)]! - brightness[row + clamp(x - 1, width)]!) / 2;
      const gy = (brightness[clamp(y + 1, height) * width + x]! - brightness[clamp(y - 1, height) * width + x]!) / 2;
      products[0][row + x] = gx * gx;
      products[1][row + x] = gx * gy;
      products[2][row + x] = gy * gy;
      energy += gx * gx + gy * gy;
    }
  }
  const weights = gaussian(sigma);
  const [xx, xy, yy] = products.map((plane) => smoothed(plane, height, width, weights)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const angle = new Float32Array(area);
  const coherence = new Float32Array(area);
  for (let at = 0; at < area; at++) {
    const [difference, twice] = [xx[at]! - yy[at]!, 2 * xy[at]!];
    const trace = xx[at]! + yy[at]! + (flat * energy) / area;
    angle[at] = Math.atan2(twice, difference) / 2;
    coherence[at] = trace > 0 ? Math.hypot(difference, twice) / trace : 0;
  }
  return { height, width, angle, coherence };
}
