import { describe, expect, it } from 'vitest';
import type { FieldMap } from '../../../graph/effectiveField/fieldMap.ts';
import { heatColours, heatPicture, heatVeil, heatWindow, profileSteps } from './heat.ts';

/** 2 rows of 3 pixels. */
const map: FieldMap = { measure: 'squared', height: 2, width: 3, values: Float64Array.of(0, 1, 4, 0, 0, 16) };
const page = { panel: '#ffffff', field: '#d9442b', isDark: false };

describe('an effective field as pictures', () => {
  it('goes from the page through the field’s colour, and on', () => {
    const colours = heatColours(page);
    expect([...colours.subarray(0, 4)]).toEqual([255, 255, 255, 255]);
    const middle = colours.subarray(4 * 127, 4 * 127 + 3);
    for (const [i, channel] of [217, 68, 43].entries()) expect(Math.abs(middle[i]! - channel)).toBeLessThan(4);
    expect(colours[4 * 255]).toBeLessThan(90);
  });

  it('draws roots of squares: a quarter of the peak’s square is half as dense', () => {
    const veil = heatVeil(map, [217, 68, 43]);
    expect([0, 1, 2, 5].map((i) => veil[4 * i + 3])).toEqual([0, 60, 120, 240]);
  });

  it('enlarges the box alone', () => {
    const colours = heatColours(page);
    const picture = heatPicture(map, { h: { lo: 0, hi: 1 }, w: { lo: 2, hi: 2 } }, colours);
    expect(picture).toHaveLength(8);
    expect([...picture.subarray(4)]).toEqual([...colours.subarray(4 * 255)]);
  });

  it('has sums as steps from edge to edge', () => {
    expect(profileSteps(Float64Array.of(9, 2, 4), { lo: 1, hi: 2 })).toEqual([
      { from: 0, to: 0.5, share: 0.5 },
      { from: 0.5, to: 1, share: 1 },
    ]);
  });
});

it('shows several boxes in one part of the photo, leaving out those that lie beyond it', () => {
  const box = (lo: number, hi: number) => ({ h: { lo, hi }, w: { lo: lo + 1, hi: hi + 2 } });
  expect(heatWindow([box(4, 9), null, box(2, 5), { h: { lo: 0, hi: -1 }, w: { lo: 0, hi: -1 } }])).toEqual({
    h: { lo: 2, hi: 9 },
    w: { lo: 3, hi: 11 },
  });
  expect(heatWindow([null])).toBeNull();
});
