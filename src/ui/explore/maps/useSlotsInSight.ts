/** Which of very many maps have a caption: those in sight and around it, so that thousands of maps scroll as a few do. */
import { type RefObject, useEffect, useState } from 'react';
import type { Rect } from '../../../engine/engine.ts';
import { type AtlasLayout, slotRect } from '../../../views/atlas/layout.ts';
import type { ElementSize } from '../canvas/useElementSize.ts';
import { canvasWindow } from './canvasWindow.ts';

/** So many captions cost nothing that is felt. */
const few = 64;

export function useSlotsInSight(
  layout: AtlasLayout,
  viewport: ElementSize | null,
  scroller: RefObject<HTMLElement | null>,
): readonly number[] {
  const [window, setWindow] = useState<Rect | null>(null);
  useEffect(() => {
    const element = scroller.current;
    if (!element || !viewport || layout.count <= few) return;
    const follow = () => {
      const scroll = { left: element.scrollLeft, top: element.scrollTop };
      setWindow((former) => canvasWindow(layout, viewport, scroll, former));
    };
    follow();
    element.addEventListener('scroll', follow, { passive: true });
    return () => element.removeEventListener('scroll', follow);
  }, [layout, viewport, scroller]);
  const slots = Array.from({ length: layout.count }, (_, slot) => slot);
  if (layout.count <= few) return slots;
  return window ? slots.filter((slot) => meets(slotRect(layout, slot), window)) : slots.slice(0, few);
}

const meets = (a: Rect, b: Rect) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
