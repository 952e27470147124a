/**
 * The part of a wide content that is drawn: what is in sight and some beside it, in steps, so that scrolling moves what is drawn and
 * draws anew only now and then.
 */
import { type RefObject, useLayoutEffect, useState } from 'react';
import type { ElementSize } from '../../explore/canvas/useElementSize.ts';

export interface Chunk {
  readonly x: number;
  readonly width: number;
}

const step = 512;
const beside = 160;

export function useChunk(
  scroller: RefObject<HTMLElement | null>,
  viewport: ElementSize | null,
  contentWidth: number,
): Chunk | null {
  const [chunk, setChunk] = useState<Chunk | null>(null);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element || !viewport) return;
    const measure = () => {
      const from = Math.max(0, Math.floor((element.scrollLeft - beside) / step) * step);
      const to = Math.ceil((element.scrollLeft + viewport.width + beside) / step) * step;
      const width = Math.max(1, Math.min(to, Math.max(contentWidth, viewport.width)) - from);
      setChunk((former) => (former?.x === from && former.width === width ? former : { x: from, width }));
    };
    measure();
    element.addEventListener('scroll', measure, { passive: true });
    return () => element.removeEventListener('scroll', measure);
  }, [scroller, viewport, contentWidth]);
  return chunk;
}
