import { interpolateRdBu } from 'd3-scale-chromatic';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { activationNames } from '../../operators/activation/attributes.ts';
import { canBeNegative } from '../../operators/activation/index.ts';
import { bakeColourMap, colourOf, entries, type Ground, inkOn, parseRgb, resolveColourMap } from './colourMaps.ts';
import { fromOklab, type Rgb, toOklab } from './oklab.ts';

const light: Ground = { zero: [255, 255, 255], isDark: false };
const dark: Ground = { zero: [0x16, 0x19, 0x1e], isDark: true };

const entry = (colours: Uint8Array, i: number): Rgb => [colours[4 * i]!, colours[4 * i + 1]!, colours[4 * i + 2]!];
const lightnesses = (colours: Uint8Array) => Array.from({ length: entries }, (_, i) => toOklab(entry(colours, i))[0]);

describe('the diverging colour map', () => {
  for (const ground of [light, dark]) {
    const theme = ground.isDark ? 'dark' : 'light';
    const colours = bakeColourMap('rdbu', ground);

    it(`has exactly the page's colour at 0 in the ${theme} theme`, () => {
      expect(colourOf(colours, 0, { lo: -2.1, hi: 2.1 })).toEqual(ground.zero);
      expect(entry(colours, 127)).toEqual(ground.zero);
      expect(entry(colours, 128)).toEqual(ground.zero);
    });

    it(`is blue for negative and red for positive values in the ${theme} theme`, () => {
      const [rn, , bn] = entry(colours, 40);
      const [rp, , bp] = entry(colours, 215);
      expect(bn).toBeGreaterThan(rn + 40);
      expect(rp).toBeGreaterThan(bp + 40);
    });

    it(`changes its lightness in one direction away from 0 in the ${theme} theme`, () => {
      const l = lightnesses(colours);
      const sign = ground.isDark ? 1 : -1;
      for (let i = 129; i < entries; i++) {
        expect(sign * (l[i]! - l[i - 1]!)).toBeGreaterThan(-0.004);
        expect(sign * (l[255 - i]! - l[256 - i]!)).toBeGreaterThan(-0.004);
      }
      expect(Math.abs(l[255]! - l[128]!)).toBeGreaterThan(0.4);
      expect(Math.abs(l[0]! - l[127]!)).toBeGreaterThan(0.4);
    });
  }

  it("is ColorBrewer's RdBu where the page has the colour of its middle", () => {
    const middle = parseRgb(interpolateRdBu(0.5));
    const colours = bakeColourMap('rdbu', { zero: middle, isDark: false });
    for (let i = 0; i < entries; i++) {
      const [expected, found] = [parseRgb(interpolateRdBu(1 - i / (entries - 1))), entry(colours, i)];
      // The two entries next to 0 are rounded to it.
      if (i !== 127 && i !== 128)
        expected.forEach((value, k) => void expect(Math.abs(found[k]! - value)).toBeLessThanOrEqual(1));
    }
  });

  it('keeps 0 at the page for ends that are not symmetric: with -1..3 a quarter from the low end', () => {
    const ends = { lo: -1, hi: 3 };
    const colours = bakeColourMap('rdbu', dark, ends);
    expect(colourOf(colours, 0, ends)).toEqual(dark.zero);
    expect(colourOf(colours, 3, ends)).toEqual(colourOf(bakeColourMap('rdbu', dark), 3, { lo: -3, hi: 3 }));
  });
});

describe('sequential colour maps', () => {
  it('rise in lightness from the low end to the high end', () => {
    for (const name of ['viridis', 'cividis', 'grey'] as const) {
      const l = lightnesses(bakeColourMap(name, light));
      for (let i = 1; i < entries; i++) expect(l[i]!).toBeGreaterThanOrEqual(l[i - 1]! - 0.004);
    }
  });

  it('begin and end as viridis is published: #440154 and #fde725', () => {
    const colours = bakeColourMap('viridis', light);
    expect([entry(colours, 0), entry(colours, 255)]).toEqual([parseRgb('#440154'), parseRgb('#fde725')]);
  });
});

describe('choosing a colour map', () => {
  it('takes the diverging one where values can be negative and viridis otherwise', () => {
    const auto = activationNames.map((name) => [name, resolveColourMap('auto', canBeNegative(name))]);
    expect(Object.fromEntries(auto)).toEqual({
      none: 'rdbu',
      relu: 'viridis',
      leaky_relu: 'rdbu',
      relu6: 'viridis',
      sigmoid: 'viridis',
      tanh: 'rdbu',
      gelu: 'rdbu',
      silu: 'rdbu',
      abs: 'viridis',
    });
    expect(resolveColourMap('grey', true)).toBe('grey');
  });

  it('writes in black on yellow and in white on dark blue', () => {
    expect([inkOn([253, 231, 37]), inkOn([5, 48, 97])]).toEqual(['black', 'white']);
  });
});

describe('OKLab', () => {
  it('gives every sRGB colour back', () => {
    const byte = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(fc.tuple(byte, byte, byte), (rgb) => {
        expect(fromOklab(toOklab(rgb))).toEqual(rgb);
      }),
    );
  });
});
