/** Where a floating card stands beside its anchor: on the wished side where there is room, else opposite, always inside the window. */

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export type Side = 'top' | 'right' | 'bottom' | 'left';
export type Align = 'start' | 'center' | 'end';

export interface Placement {
  readonly left: number;
  readonly top: number;
  /** Room on that side, in pixels: a longer card scrolls. */
  readonly maxHeight: number;
}

const gap = 6;
const margin = 8;
const opposite = { top: 'bottom', bottom: 'top', left: 'right', right: 'left' } as const;

/** All in CSS pixels of the window. */
export function place(
  anchor: Box,
  card: { readonly width: number; readonly height: number },
  window: { readonly width: number; readonly height: number },
  side: Side,
  align: Align,
): Placement {
  const room = {
    top: anchor.top - gap - margin,
    bottom: window.height - anchor.top - anchor.height - gap - margin,
    left: anchor.left - gap - margin,
    right: window.width - anchor.left - anchor.width - gap - margin,
  };
  const isUpright = side === 'top' || side === 'bottom';
  const needed = isUpright ? card.height : card.width;
  const taken = needed > room[side] && room[opposite[side]] > room[side] ? opposite[side] : side;
  const maxHeight = isUpright ? Math.max(80, room[taken]) : window.height - 2 * margin;
  const height = Math.min(card.height, maxHeight);
  const along = (start: number, length: number, own: number) =>
    align === 'start' ? start : align === 'end' ? start + length - own : start + (length - own) / 2;
  const wish = {
    top: { left: along(anchor.left, anchor.width, card.width), top: anchor.top - gap - height },
    bottom: { left: along(anchor.left, anchor.width, card.width), top: anchor.top + anchor.height + gap },
    left: { left: anchor.left - gap - card.width, top: along(anchor.top, anchor.height, height) },
    right: { left: anchor.left + anchor.width + gap, top: along(anchor.top, anchor.height, height) },
  }[taken];
  return {
    left: inside(wish.left, card.width, window.width),
    top: inside(wish.top, height, window.height),
    maxHeight,
  };
}

function inside(start: number, length: number, end: number): number {
  return Math.max(margin, Math.min(start, end - margin - length));
}
