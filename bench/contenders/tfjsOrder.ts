/** Numbers in the orders that TensorFlow.js wants. */

/** [C, pixels] to [pixels, C]. */
export function toChannelsLast(values: Float32Array, channels: number, pixels: number): Float32Array {
  return Float32Array.from(values, (_, i) => values[(i % channels) * pixels + Math.floor(i / channels)]!);
}

export function toChannelsFirst(values: Float32Array, channels: number, pixels: number): Float32Array {
  return Float32Array.from(values, (_, i) => values[(i % pixels) * channels + Math.floor(i / pixels)]!);
}

/** OIHW to HWIO. */
export function filterOf(
  weight: Float32Array,
  filters: number,
  slices: number,
  [kh, kw]: readonly [number, number],
): Float32Array {
  const area = kh * kw;
  return Float32Array.from({ length: area * slices * filters }, (_, i) => {
    const o = i % filters;
    const c = Math.floor(i / filters) % slices;
    return weight[(o * slices + c) * area + Math.floor(i / (filters * slices))]!;
  });
}

/** [C x multiplier, 1, kh, kw] to [kh, kw, C, multiplier]. */
export function depthwiseFilter(
  weight: Float32Array,
  channels: number,
  multiplier: number,
  [kh, kw]: readonly [number, number],
): Float32Array {
  const filters = channels * multiplier;
  return Float32Array.from(
    { length: kh * kw * filters },
    (_, i) => weight[(i % filters) * kh * kw + Math.floor(i / filters)]!,
  );
}

/** [C, F, kh, kw] of a transposed convolution to [kh, kw, F, C]. */
export function turnedFilter(weight: Float32Array, channels: number, filters: number, area: number): Float32Array {
  return Float32Array.from({ length: weight.length }, (_, i) => {
    const c = i % channels;
    const o = Math.floor(i / channels) % filters;
    return weight[(c * filters + o) * area + Math.floor(i / (channels * filters))]!;
  });
}

/** [F, C·H·W] of a fully connected layer that reads maps of `shape` to [H·W·C, F]. */
export function channelsLastMatrix(
  weight: Float32Array,
  [, channels, height, width]: readonly [number, number, number, number],
): Float32Array {
  const pixels = height * width;
  const inFeatures = channels * pixels;
  const outFeatures = weight.length / inFeatures;
  return Float32Array.from({ length: weight.length }, (_, i) => {
    const at = Math.floor(i / outFeatures);
    return weight[(i % outFeatures) * inFeatures + (at % channels) * pixels + Math.floor(at / channels)]!;
  });
}
