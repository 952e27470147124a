/**
 * What menus, popovers and tooltips share: the browser's own popovers (top layer, closing by Escape or a click beside, focus given
 * back), placed beside the element that opens them.
 */
import {
  cloneElement,
  type MouseEvent,
  type ReactElement,
  type Ref,
  type RefObject,
  type ToggleEvent,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { type Align, place, type Side } from './place.ts';

/** Keeps an open popover beside its anchor while the page scrolls or changes size, or the dialog around it does. */
export function usePlacement(
  anchor: RefObject<HTMLElement | null>,
  card: RefObject<HTMLElement | null>,
  isOpen: boolean,
  side: Side,
  align: Align,
): void {
  useLayoutEffect(() => {
    if (!isOpen) return;
    const put = () => {
      const [beside, element] = [anchor.current, card.current];
      if (!beside || !element) return;
      const { scrollTop } = element;
      element.style.maxHeight = '';
      const { offsetWidth: width, offsetHeight: height } = element;
      const box = beside.getBoundingClientRect();
      const view = { width: document.documentElement.clientWidth, height: window.innerHeight };
      const { left, top, maxHeight } = place(box, { width, height }, view, side, align);
      Object.assign(element.style, { left: `${left}px`, top: `${top}px`, maxHeight: `${maxHeight}px` });
      // While it was as high as it would be, it did not scroll.
      element.scrollTop = scrollTop;
    };
    put();
    // In the next frame: a placement within the observer's own turn could change what it observes.
    let frame = 0;
    const size = new ResizeObserver(() => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(put);
    });
    if (card.current) size.observe(card.current);
    // A dialog that grows moves what stands in it.
    const dialog = anchor.current?.closest('dialog');
    if (dialog) size.observe(dialog);
    window.addEventListener('scroll', put, true);
    window.addEventListener('resize', put);
    return () => {
      size.disconnect();
      cancelAnimationFrame(frame);
      window.removeEventListener('scroll', put, true);
      window.removeEventListener('resize', put);
    };
  }, [anchor, card, isOpen, side, align]);
}

export interface OpenCard {
  readonly id: string;
  readonly isOpen: boolean;
  readonly card: RefObject<HTMLDivElement | null>;
  readonly open: () => void;
  readonly close: () => void;
  /** For the button that opens and closes it. */
  readonly trigger: Props & { readonly ref: RefObject<HTMLElement | null> };
  readonly onToggle: (event: ToggleEvent) => void;
}

/** A card below its button. What is in it is there, placed and in sight within the click that opens it. */
export function useCard(haspopup: 'menu' | 'dialog', align: Align): OpenCard {
  const id = useId();
  const anchor = useRef<HTMLElement>(null);
  const card = useRef<HTMLDivElement>(null);
  const [isOpen, setIsOpen] = useState(false);
  useLayoutEffect(() => {
    if (isOpen && !card.current?.matches(':popover-open')) card.current?.showPopover();
  }, [isOpen]);
  usePlacement(anchor, card, isOpen, 'bottom', align);
  const close = () => card.current?.hidePopover();
  return {
    id,
    isOpen,
    card,
    open: () => setIsOpen(true),
    close,
    trigger: {
      ref: anchor,
      // Names the card as this button's, so that pressing the button again is no click beside it; the click itself is ours.
      popoverTarget: id,
      'aria-haspopup': haspopup,
      'aria-expanded': isOpen,
      'data-state': isOpen ? 'open' : 'closed',
      onClick: (event: MouseEvent) => {
        event.preventDefault();
        if (isOpen) close();
        else setIsOpen(true);
      },
    },
    onToggle: (event) => setIsOpen(event.newState === 'open'),
  };
}

type Props = Record<string, unknown>;
type Handler = (...args: unknown[]) => void;

/** The element with more properties: handlers and refs of both are called, anything else of `extra` wins. */
export function extended(element: ReactElement, extra: Props): ReactElement {
  const own = element.props as Props;
  const merged: Props = { ...extra };
  for (const [key, added] of Object.entries(extra)) {
    const present = own[key];
    if (/^on[A-Z]/.test(key) && typeof present === 'function' && typeof added === 'function') {
      merged[key] = (...args: unknown[]) => {
        (present as Handler)(...args);
        (added as Handler)(...args);
      };
    }
  }
  if (own.ref) merged.ref = both(own.ref as Ref<HTMLElement>, extra.ref as RefObject<HTMLElement | null>);
  return cloneElement(element, merged);
}

function both(first: Ref<HTMLElement>, second: RefObject<HTMLElement | null>) {
  return (element: HTMLElement | null) => {
    second.current = element;
    if (typeof first === 'function') first(element);
    else if (first) first.current = element;
  };
}
