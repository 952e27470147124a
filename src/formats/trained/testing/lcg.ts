/** The check's own numbers: s = 1; s = (1664525 s + 1013904223) mod 2^32; x = 2 (s / 2^31 - 1). */
export function lcg(length: number, scale = 2): Float32Array<ArrayBuffer> {
  let state = 1;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return scale * (state / 2 ** 31 - 1);
  });
}
