/**
 * Colour maps as tables of 256 RGBA entries, baked once and given to the engine. The diverging map has the page's colour at 0, so
 * that zero is as quiet as the page: white-ish in the light theme, dark in the dark one, where lightness grows away from 0 on
 * both sides. Blue is negative, red positive. Sequential maps are those of d3-scale-chromatic.
 */
import { interpolateCividis, interpolateViridis, schemeRdBu } from 'd3-scale-chromatic';
import { colourIndex, type Ends } from '../../engine/displayRange.ts';
import { fromOklab, type Oklab, type Rgb, toLinear, toOklab } from './oklab.ts';

export type ColourMapName = 'rdbu' | 'viridis' | 'cividis' | 'grey';

/** What a diverging map must know of the page. */
export interface Ground {
  /** The colour that 0 has. */
  readonly zero: Rgb;
  readonly isDark: boolean;
}

export const entries = 256;

/** ColorBrewer's eleven colours from red to blue. */
const brewer = (schemeRdBu[11] ?? []).map(parseRgb);

/** The map that a choice stands for: 'auto' is diverging where values can be negative, viridis otherwise. */
export function resolveColourMap(choice: ColourMapName | 'auto', signed: boolean): ColourMapName {
  if (choice !== 'auto') return choice;
  return signed ? 'rdbu' : 'viridis';
}

/** A diverging map needs a range that is symmetric about 0. */
export function isDiverging(name: ColourMapName): boolean {
  return name === 'rdbu';
}

/**
 * 256 RGBA entries, low end first, opaque. The middle of a diverging map stands at 0 for any `ends`: with -1..3 it is nearer to
 * the low end, and equal distances from 0 have equal strength.
 */
export function bakeColourMap(name: ColourMapName, ground: Ground, ends: Ends = symmetricEnds): Uint8Array {
  switch (name) {
    case 'rdbu': {
      const diverging = ground.isDark ? divergingFromDark : divergingFromLight;
      return bake((i) => diverging(awayFromZero(i, ends), ground.zero));
    }
    case 'viridis':
      return bake((i) => parseRgb(interpolateViridis(i / (entries - 1))));
    case 'cividis':
      return bake((i) => parseRgb(interpolateCividis(i / (entries - 1))));
    case 'grey':
      return bake((i) => [i, i, i]);
    default:
      return name satisfies never;
  }
}

/** The colour that `value` has between the ends: the rounding that the engines use. */
export function colourOf(colours: Uint8Array, value: number, ends: Ends): Rgb {
  const entry = 4 * colourIndex(value, ends);
  return [colours[entry] ?? 0, colours[entry + 1] ?? 0, colours[entry + 2] ?? 0];
}

/** Black or white, whichever has the larger contrast on `rgb` (WCAG): at least 4.58:1, they meet at a relative luminance of 0.179. */
export function inkOn([r, g, b]: Rgb): 'black' | 'white' {
  return 0.2126 * toLinear(r) + 0.7152 * toLinear(g) + 0.0722 * toLinear(b) > 0.179 ? 'black' : 'white';
}

/** A CSS gradient of the whole map, low end at the left. */
export function cssGradient(colours: Uint8Array): string {
  const stops: string[] = [];
  for (let i = 0; i <= 16; i++) {
    const entry = 4 * Math.round((i / 16) * (entries - 1));
    stops.push(`rgb(${colours[entry]} ${colours[entry + 1]} ${colours[entry + 2]}) ${((i / 16) * 100).toFixed(2)}%`);
  }
  return `linear-gradient(to right, ${stops.join(', ')})`;
}

/** '#rrggbb' or 'rgb(r, g, b)'. */
export function parseRgb(css: string): Rgb {
  const hex = /^#([0-9a-f]{6})$/i.exec(css.trim());
  if (hex?.[1]) {
    const n = Number.parseInt(hex[1], 16);
    return [n >> 16, (n >> 8) & 255, n & 255];
  }
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(css.trim());
  if (short) return [17, 17, 17].map((s, i) => s * Number.parseInt(short[i + 1] ?? '0', 16)) as unknown as Rgb;
  const numbers = css.match(/[\d.]+/g)?.map(Number) ?? [];
  return [numbers[0] ?? 0, numbers[1] ?? 0, numbers[2] ?? 0];
}

function bake(colour: (i: number) => Rgb): Uint8Array {
  const table = new Uint8Array(4 * entries);
  for (let i = 0; i < entries; i++) {
    table.set(colour(i), 4 * i);
    table[4 * i + 3] = 255;
  }
  return table;
}

const symmetricEnds: Ends = { lo: -1, hi: 1 };

/** The value of entry i as a share of the largest |value|, -1..1. */
function awayFromZero(i: number, { lo, hi }: Ends): number {
  const largest = Math.max(Math.abs(lo), Math.abs(hi));
  if (!(hi > lo)) return 0;
  const value = lo + (i / (entries - 1)) * (hi - lo);
  // Zero itself mostly falls between two entries and is rounded to one of them: an entry within half a step of it is zero.
  const halfStep = (hi - lo) / (entries - 1) / 2;
  return Math.abs(value) <= halfStep * 1.001 ? 0 : value / largest;
}

/**
 * ColorBrewer's RdBu at t, 0..1: the uniform cubic B-spline through its eleven colours that d3's `interpolateRdBu` draws, whose way there
 * brings a parser of all CSS colours along. Before the first and behind the last colour the spline goes on straight.
 */
function brewerRdBu(t: number): Rgb {
  const last = brewer.length - 1;
  const i = Math.min(last - 1, Math.floor(t * last));
  const u = t * last - i;
  const [from, to] = [brewer[i]!, brewer[i + 1]!];
  return from.map((c, k) => {
    const before = brewer[i - 1]?.[k] ?? 2 * c - to[k]!;
    const after = brewer[i + 2]?.[k] ?? 2 * to[k]! - c;
    const sum = (1 - u) ** 3 * before + (4 - 6 * u ** 2 + 3 * u ** 3) * c;
    return Math.round((sum + (1 + 3 * u + 3 * u ** 2 - 3 * u ** 3) * to[k]! + u ** 3 * after) / 6);
  }) as unknown as Rgb;
}

/** ColorBrewer's RdBu, moved so that its middle is exactly the page's colour; the ends stay. */
function divergingFromLight(t: number, zero: Rgb): Rgb {
  const colourAt = (u: number) => toOklab(brewerRdBu(0.5 - u / 2));
  const middle = colourAt(0);
  const target = toOklab(zero);
  const weight = (1 - Math.abs(t)) ** 2;
  return fromOklab(colourAt(t).map((c, k) => c + weight * ((target[k] ?? 0) - (middle[k] ?? 0))) as unknown as Oklab);
}

/** OKLab hue of RdBu's two arms, and the colour at their ends: bright, so that the largest value is the most visible. */
const arms = {
  negative: { lightness: 0.86, hue: 4.38, chroma: 0.14 },
  positive: { lightness: 0.86, hue: 0.62, chroma: 0.165 },
} as const;

/** Lightness rises evenly from the page to the end of the arm; chroma rises first and falls towards the bright end, as light does. */
function divergingFromDark(t: number, zero: Rgb): Rgb {
  const u = Math.abs(t);
  const arm = t < 0 ? arms.negative : arms.positive;
  const [l0, a0, b0] = toOklab(zero);
  const lightness = l0 + (arm.lightness - l0) * u;
  const chroma = arm.chroma * (u < 0.65 ? Math.sin((u / 0.65) * (Math.PI / 2)) : 1 - 0.55 * ((u - 0.65) / 0.35) ** 1.5);
  const fade = 1 - u;
  return fromOklab([lightness, a0 * fade + chroma * Math.cos(arm.hue), b0 * fade + chroma * Math.sin(arm.hue)]);
}
