/** A figure for paper as a list of marks in its own pixels: written as SVG (`toSvg.ts`) or drawn on a canvas (`toCanvas.ts`), the same in both. */

/** RGBA bytes. The same object is the same picture. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export type FigureMark =
  | (Box & { readonly kind: 'rect'; readonly fill: string; readonly radius: number })
  | (Box & { readonly kind: 'frame'; readonly stroke: string; readonly strokeWidth: number })
  /** Drawn without smoothing: a value stays a square. */
  | (Box & { readonly kind: 'image'; readonly picture: Picture })
  | {
      readonly kind: 'polygon';
      readonly points: readonly (readonly [x: number, y: number])[];
      readonly fill: string;
      readonly opacity: number;
    }
  | {
      readonly kind: 'line';
      readonly from: readonly [x: number, y: number];
      readonly to: readonly [x: number, y: number];
      readonly stroke: string;
      readonly strokeWidth: number;
      readonly opacity: number;
    }
  | { readonly kind: 'circle'; readonly x: number; readonly y: number; readonly radius: number; readonly fill: string }
  /** `y` is the baseline. */
  | {
      readonly kind: 'text';
      readonly x: number;
      readonly y: number;
      readonly text: string;
      readonly size: number;
      readonly family: 'sans' | 'mono';
      readonly weight: 400 | 600;
      readonly anchor: 'start' | 'middle' | 'end';
      readonly fill: string;
    };

export interface Figure {
  readonly width: number;
  readonly height: number;
  readonly background: string;
  readonly title: string;
  readonly marks: readonly FigureMark[];
}

/** Fonts of the page, and what stands in for them where it is not: a figure takes none along. */
export const families = {
  sans: "Pretendard, system-ui, 'Apple SD Gothic Neo', 'Malgun Gothic', 'Noto Sans KR', sans-serif",
  mono: "'JetBrains Mono', ui-monospace, Menlo, Consolas, monospace",
} as const;
