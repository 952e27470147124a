/** The colours that canvases draw with: the tokens of the page, as CSS colours. The same thing has the same colour everywhere. */
export interface Palette {
  readonly isDark: boolean;
  /** The page and the panels on it, '#rrggbb'. */
  readonly page: string;
  readonly panel: string;
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
