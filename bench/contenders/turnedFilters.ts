/**
 * Filters of a transposed convolution, [Cin, Cout/g, area], as those of the convolution that computes the same: [Cout, Cin/g, area], each
 * kernel turned by 180 degrees.
 */
export function gradientFilter(
  weight: Float32Array,
  inChannels: number,
  outChannels: number,
  groups: number,
  area: number,
): Float32Array {
  const slices = inChannels / groups;
  const filters = outChannels / groups;
  return Float32Array.from({ length: weight.length }, (_, i) => {
    const tap = i % area;
    const slice = Math.floor(i / area) % slices;
    const filter = Math.floor(i / (area * slices));
    const channel = Math.floor(filter / filters) * slices + slice;
    return weight[(channel * filters + (filter % filters)) * area + (area - 1 - tap)]!;
  });
}
