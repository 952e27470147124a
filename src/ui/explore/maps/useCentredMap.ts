/** The strip of maps on a phone: the map that is swiped into the middle becomes the pinned one. */
import { type RefObject, useEffect } from 'react';
import { pinUnit } from '../../../store/pointer.ts';
import { slotAt, slotRect, tileRect } from '../../../views/atlas/layout.ts';
import { clampUnit } from '../../../views/atlas/pointing.ts';
import { useSession } from '../../session.tsx';
import type { Atlas } from './mapsView.ts';

/** How long the strip must rest, in milliseconds. */
const rest = 120;

export function useCentredMap(atlas: Atlas | null, scroller: RefObject<HTMLElement | null>): void {
  const { pointer } = useSession();
  useEffect(() => {
    const element = scroller.current;
    if (!element || atlas?.layout.flow !== 'strip') return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const settle = () => {
      const { layout, order, size } = atlas;
      const slot = slotAt(layout, element.scrollLeft + element.clientWidth / 2, tileRect(layout, 0).y + 1);
      const channel = slot === null ? undefined : order[slot];
      const { pin } = pointer.getState();
      if (channel === undefined || pin?.channel === channel) return;
      const middle = { y: Math.floor(size.height / 2), x: Math.floor(size.width / 2) };
      pinUnit(pointer, clampUnit({ ...middle, ...pin, channel }, size));
    };
    const onScroll = () => {
      clearTimeout(timer);
      timer = setTimeout(settle, rest);
    };
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      clearTimeout(timer);
      element.removeEventListener('scroll', onScroll);
    };
  }, [atlas, scroller, pointer]);
}

/** Scrolls as little as needed to show a map with its caption; a strip brings it to the middle. */
export function scrollToChannel(scroller: HTMLElement, { layout, order }: Atlas, channel: number): void {
  const slot = order.indexOf(channel);
  if (slot < 0) return;
  const tile = tileRect(layout, slot);
  if (layout.flow === 'strip') {
    scroller.scrollTo({ left: tile.x + tile.width / 2 - scroller.clientWidth / 2 });
    return;
  }
  const bottom = tile.y + slotRect(layout, slot).height;
  const top = scroller.scrollTop;
  if (tile.y < top) scroller.scrollTo({ top: tile.y - 3 });
  else if (bottom > top + scroller.clientHeight) scroller.scrollTo({ top: bottom - scroller.clientHeight });
}
