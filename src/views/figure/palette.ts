/** Figures in 256 colours: those of a colour map, thinned, and greys for lines and letters. */

/** Entries of the palette that are of the map; the others go from black to white. */
const ofMap = 216;

/** `table`: 256 RGBA entries. 256 RGB entries. */
export function paletteOf(table: Uint8Array): Uint8Array {
  const palette = new Uint8Array(3 * 256);
  for (let i = 0; i < 256; i++) {
    const entry = 4 * Math.round((i * 255) / (ofMap - 1));
    const grey = Math.round((255 * (i - ofMap)) / (255 - ofMap));
    palette.set(i < ofMap ? table.subarray(entry, entry + 3) : [grey, grey, grey], 3 * i);
  }
  return palette;
}

/** The nearest entry for each pixel of RGBA. */
export function indexed(rgba: Uint8ClampedArray, palette: Uint8Array): Uint8Array {
  const known = new Map<number, number>();
  const indices = new Uint8Array(rgba.length / 4);
  for (let i = 0; i < indices.length; i++) {
    const [r, g, b] = [rgba[4 * i] ?? 0, rgba[4 * i + 1] ?? 0, rgba[4 * i + 2] ?? 0];
    const colour = (r << 16) | (g << 8) | b;
    let index = known.get(colour);
    if (index === undefined) {
      index = nearest(palette, r, g, b);
      known.set(colour, index);
    }
    indices[i] = index;
  }
  return indices;
}

function nearest(palette: Uint8Array, r: number, g: number, b: number): number {
  let [best, least] = [0, Number.POSITIVE_INFINITY];
  for (let i = 0; i < palette.length / 3; i++) {
    const distance = (palette[3 * i]! - r) ** 2 + (palette[3 * i + 1]! - g) ** 2 + (palette[3 * i + 2]! - b) ** 2;
    if (distance < least) [best, least] = [i, distance];
  }
  return best;
}
