/**
 * The sequential colours of |correlation|: 0 is as quiet as the page, strong pairs stand out. Nine colours of Magma (van der Walt and Smith,
 * CC0) and straight lines in Oklab between them; from its dark end on a dark page, from its light end on a light one, where the first part
 * fades into the page's own colour. (d3's ramp of 256 would come with the first load, whose viridis stands in the same file.)
 */
import { entries, type Ground, parseRgb } from '../colour/colourMaps.ts';
import { fromOklab, toOklab } from '../colour/oklab.ts';

const magma = ['#000004', '#1d1147', '#51127c', '#832681', '#b73779', '#e75263', '#fc8961', '#fec488', '#fcfdbf'].map(
  (css) => toOklab(parseRgb(css)),
);

/** The part of the table, from its low end, that fades into the page. */
const fade = 0.08;

/** 256 RGBA entries, low end first, opaque. */
export function bakeHeat({ zero, isDark }: Ground): Uint8Array {
  const table = new Uint8Array(4 * entries);
  for (let i = 0; i < entries; i++) {
    const share = i / (entries - 1);
    const rgb = magmaAt(isDark ? share : 1 - share);
    const own = Math.min(1, share / fade);
    for (const k of [0, 1, 2] as const) table[4 * i + k] = Math.round(zero[k] + own * (rgb[k] - zero[k]));
    table[4 * i + 3] = 255;
  }
  return table;
}

function magmaAt(share: number) {
  const at = share * (magma.length - 1);
  const below = Math.min(magma.length - 2, Math.floor(at));
  const [from, to] = [magma[below]!, magma[below + 1]!];
  const between = (k: 0 | 1 | 2) => from[k] + (at - below) * (to[k] - from[k]);
  return fromOklab([between(0), between(1), between(2)]);
}
