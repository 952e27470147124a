/** The colours that canvases draw with: the tokens of the page, as CSS colours. The same thing has the same colour everywhere. */
import { type Ground, parseRgb } from './colour/colourMaps.ts';

export interface Palette {
  readonly isDark: boolean;
  /** What the maps lie on, and the colour of 0: '#rrggbb'. */
  readonly panel: string;
  /** What is not there yet. */
  readonly soft: string;
  readonly line: string;
  readonly ink: string;
  readonly muted: string;
  readonly input: string;
  readonly weights: string;
  readonly maps: string;
  readonly field: string;
  /** Font family for numbers. */
  readonly mono: string;
}

/** The ground of diverging colour maps: 0 has the colour of the panel. */
export function groundOf({ panel, isDark }: Palette): Ground {
  return { zero: parseRgb(panel), isDark };
}
