/** A small card that hangs on a button: more than a tooltip says, less than a dialog asks. Escape or a click beside closes it. */
import { type ReactElement, type ReactNode, type ToggleEvent, useId, useLayoutEffect, useRef, useState } from 'react';
import { extended, usePlacement } from './floating.ts';
import './menu.css';
import type { Align } from './place.ts';

export interface PopoverProps {
  /** The button that opens it. */
  readonly trigger: ReactElement;
  /** Names the card for screen readers. */
  readonly label: string;
  readonly children: ReactNode;
  readonly align?: Align;
}

export function Popover({ trigger, label, children, align = 'end' }: PopoverProps) {
  const id = useId();
  const anchor = useRef<HTMLElement>(null);
  const card = useRef<HTMLDivElement>(null);
  const [isOpen, setIsOpen] = useState(false);
  usePlacement(anchor, card, isOpen, 'bottom', align);
  useLayoutEffect(() => {
    if (isOpen) card.current?.focus({ preventScroll: true });
  }, [isOpen]);

  return (
    <>
      {extended(trigger, {
        ref: anchor,
        popoverTarget: id,
        'aria-haspopup': 'dialog',
        'aria-expanded': isOpen,
        'data-state': isOpen ? 'open' : 'closed',
      })}
      <div
        ref={card}
        id={id}
        popover="auto"
        role="dialog"
        aria-label={label}
        tabIndex={-1}
        className="popover"
        onToggle={(event: ToggleEvent) => setIsOpen(event.newState === 'open')}
      >
        {isOpen && children}
      </div>
    </>
  );
}
