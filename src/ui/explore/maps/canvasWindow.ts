/**
 * Which part of the scrolled content the canvas covers. It stands in the content and scrolls with it, somewhat larger than the
 * viewport, so that scrolling needs no painting until its end comes into sight.
 */
import type { Rect } from '../../../engine/engine.ts';
import type { AtlasLayout } from '../../../views/atlas/layout.ts';
import type { ElementSize } from '../canvas/useElementSize.ts';

/** How much of the viewport is drawn ahead on each side. */
const ahead = 0.5;

/** `former`, as long as it still covers what is in sight. */
export function canvasWindow(
  layout: AtlasLayout,
  viewport: ElementSize,
  scroll: { readonly left: number; readonly top: number },
  former: Rect | null,
): Rect {
  const across = span(layout.content.width, viewport.width, scroll.left);
  const down = span(layout.content.height, viewport.height, scroll.top);
  const next: Rect = { x: across.start, y: down.start, width: across.length, height: down.length };
  if (!former || former.width !== next.width || former.height !== next.height) return next;
  const coversX =
    former.x <= scroll.left && former.x + former.width >= Math.min(layout.content.width, scroll.left + viewport.width);
  const coversY =
    former.y <= scroll.top && former.y + former.height >= Math.min(layout.content.height, scroll.top + viewport.height);
  return coversX && coversY ? former : next;
}

function span(content: number, viewport: number, scroll: number): { readonly start: number; readonly length: number } {
  const length = Math.ceil(Math.min(content, viewport * (1 + 2 * ahead)));
  const start = Math.min(content - length, Math.max(0, scroll - viewport * ahead));
  return { start: Math.max(0, Math.floor(start)), length };
}
