/** An effective field as pictures: a veil of the field's colour over the photo, and its box enlarged in a scale from the page to the dark. */
import { amplitudesOf, type FieldMap } from '../../../graph/effectiveField/fieldMap.ts';
import type { Field } from '../../../graph/field/receptiveField.ts';
import { sizeOf } from '../../../math/intervals.ts';
import { entries, parseRgb } from '../../colour/colourMaps.ts';
import { fromOklab, type Oklab, type Rgb, toOklab } from '../../colour/oklab.ts';
import type { Palette } from '../../palette.ts';

/** The end of the scale, as far from the page as the field's colour is, and on. */
const ends = { light: '#4a0d04', dark: '#ffe3db' } as const;

/** [256 x RGBA]: from the page over the field's colour to the end. */
export function heatColours({ panel, field, isDark }: Pick<Palette, 'panel' | 'field' | 'isDark'>): Uint8Array {
  const [low, middle, high] = [panel, field, isDark ? ends.dark : ends.light].map((css) => toOklab(parseRgb(css)));
  const table = new Uint8Array(4 * entries);
  for (let i = 0; i < entries; i++) {
    const t = (2 * i) / (entries - 1);
    const rgb: Rgb = t < 1 ? mixed(low!, middle!, t) : mixed(middle!, high!, t - 1);
    table.set([...rgb, 255], 4 * i);
  }
  return table;
}

function mixed(a: Oklab, b: Oklab, t: number): Rgb {
  return fromOklab([a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t]);
}

function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, value), 0) || 1;
}

/** [H, W, 4]: the field's colour, the denser the more a pixel moves the unit; of squares their roots. */
export function heatVeil(map: FieldMap, colour: Rgb): Uint8ClampedArray<ArrayBuffer> {
  const values = amplitudesOf(map);
  const peak = largest(values);
  const pixels = new Uint8ClampedArray(4 * values.length);
  values.forEach((value, i) => {
    pixels.set([...colour, 240 * (value / peak)], 4 * i);
  });
  return pixels;
}

/** The part `box` of it, [rows, columns, 4], from 0 to its largest value. */
export function heatPicture(map: FieldMap, box: Field, colours: Uint8Array): Uint8ClampedArray<ArrayBuffer> {
  const values = amplitudesOf(map);
  const peak = largest(values);
  const [height, width] = [sizeOf(box.h), sizeOf(box.w)];
  const pixels = new Uint8ClampedArray(4 * height * width);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const value = values[(box.h.lo + y) * map.width + box.w.lo + x]!;
      const entry = 4 * Math.round((value / peak) * (entries - 1));
      pixels.set(colours.subarray(entry, entry + 4), 4 * (y * width + x));
    }
  return pixels;
}

/** The smallest part of the photo that has all of several boxes, so that their pictures share a scale; null where there is none. */
export function heatWindow(boxes: readonly (Field | null)[]): Field | null {
  const known = boxes.flatMap((box) => (box && sizeOf(box.h) * sizeOf(box.w) > 0 ? [box] : []));
  if (known.length === 0) return null;
  const union = (axis: 'h' | 'w') => ({
    lo: Math.min(...known.map((box) => box[axis].lo)),
    hi: Math.max(...known.map((box) => box[axis].hi)),
  });
  return { h: union('h'), w: union('w') };
}

/** Sums of rows or columns of the part lo..hi as a stepped line, 0..1 along both axes; 1 is the largest. */
export function profileSteps(
  sums: Float64Array,
  { lo, hi }: Field['h'],
): readonly { readonly from: number; readonly to: number; readonly share: number }[] {
  const part = sums.subarray(lo, hi + 1);
  const peak = largest(part);
  return Array.from(part, (sum, i) => ({ from: i / part.length, to: (i + 1) / part.length, share: sum / peak }));
}
