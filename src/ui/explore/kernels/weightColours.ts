/**
 * The colours of weights: diverging about 0, on a scale that is symmetric and shared by what is shown together, with text that is
 * readable on each (WCAG AA: of black and white one always reaches 4.58:1).
 */
import { bakeColourMap, colourOf, type Ground, inkOn } from '../../../views/colour/colourMaps.ts';
import type { Rgb } from '../../../views/colour/oklab.ts';

export interface WeightColour {
  readonly background: string;
  readonly ink: 'black' | 'white';
}

export type WeightColours = (value: number, largest: number) => WeightColour;

/** Colours for weights of at most `largest` in size; all are the colour of 0 when `largest` is 0. */
export function weightColours(ground: Ground): WeightColours {
  const colours = bakeColourMap('rdbu', ground);
  return (value, largest) => {
    const [r, g, b] = weightRgb(colours, value, largest);
    return { background: `rgb(${r} ${g} ${b})`, ink: inkOn([r, g, b]) };
  };
}

export function weightRgb(colours: Uint8Array, value: number, largest: number): Rgb {
  const end = largest > 0 ? largest : 1;
  return colourOf(colours, value, { lo: -end, hi: end });
}

export function largestOf(values: Float32Array): number {
  return values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
}
