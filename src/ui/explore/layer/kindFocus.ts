/**
 * The focus of the kind's select, across the two cards that have one: Explore's own and that of the other kinds. Where the person's change
 * puts one card in the other's place, the select that comes takes the focus of the one that goes.
 */
import { type RefObject, useEffect } from 'react';

let isHandedOver = false;

/** The card is about to be another one, by the person's own hand. */
export function handFocusOver(): void {
  isHandedOver = true;
}

/** Takes what was handed over, when the card with `frame` comes. */
export function useTakenFocus(frame: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    if (!isHandedOver) return;
    isHandedOver = false;
    frame.current?.querySelector('select')?.focus({ preventScroll: true });
  }, [frame]);
}
