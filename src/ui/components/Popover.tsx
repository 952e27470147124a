/** A small card that hangs on a button: more than a tooltip says, less than a dialog asks. Escape or a click beside closes it. */
import { type ReactElement, type ReactNode, useLayoutEffect } from 'react';
import { extended, useCard } from './floating.ts';
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
  const { id, isOpen, card, trigger: opens, onToggle } = useCard('dialog', align);
  useLayoutEffect(() => {
    if (isOpen) card.current?.focus({ preventScroll: true });
  }, [isOpen, card]);

  return (
    <>
      {extended(trigger, opens)}
      <div
        ref={card}
        id={id}
        popover="auto"
        role="dialog"
        aria-label={label}
        tabIndex={-1}
        className="popover"
        onToggle={onToggle}
      >
        {isOpen && children}
      </div>
    </>
  );
}
