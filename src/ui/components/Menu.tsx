/**
 * A menu behind a button: commands, and groups of which one is chosen. Arrow keys, Home, End and first letters move in it; choosing
 * closes it. Not modal, so the page behind keeps its place.
 */
import { Check } from 'lucide-react';
import {
  createContext,
  type KeyboardEvent,
  type ReactElement,
  type ReactNode,
  useContext,
  useId,
  useLayoutEffect,
} from 'react';
import { extended, useCard } from './floating.ts';
import { Kbd } from './Kbd.tsx';
import './menu.css';
import type { Align } from './place.ts';

const CloseContext = createContext<() => void>(() => undefined);

export interface MenuProps {
  /** The button that opens it. */
  readonly trigger: ReactElement;
  readonly children: ReactNode;
  readonly align?: Align;
  /** Two columns where there is room: a long menu is seen whole. Groups stay together. */
  readonly columns?: 1 | 2;
}

export function Menu({ trigger, children, align = 'end', columns = 1 }: MenuProps) {
  const { id, isOpen, card, open, close, trigger: opens, onToggle } = useCard('menu', align);
  useLayoutEffect(() => {
    if (!isOpen) return;
    const items = itemsOf(card.current);
    // A menu that is a choice opens at what is chosen, one of commands at its first.
    const chosen = items[0]?.ariaChecked ? items.find((item) => item.ariaChecked === 'true') : undefined;
    (chosen ?? items[0])?.focus({ preventScroll: true });
  }, [isOpen, card]);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    // The keys of the menu are nobody else's, though the menu stands inside other parts of the page.
    event.stopPropagation();
    if (event.key === 'Tab') return close();
    const next = itemAfterKey(itemsOf(card.current), event.key);
    if (!next) return;
    event.preventDefault();
    next.focus();
  };

  return (
    <>
      {extended(trigger, {
        ...opens,
        id: `${id}-trigger`,
        onKeyDown: (event: KeyboardEvent) => {
          if (event.key !== 'ArrowDown' || isOpen) return;
          event.preventDefault();
          open();
        },
      })}
      <div
        ref={card}
        id={id}
        popover="auto"
        role="menu"
        aria-labelledby={`${id}-trigger`}
        tabIndex={-1}
        className="menu"
        data-columns={columns}
        onKeyDown={onKeyDown}
        onToggle={onToggle}
      >
        <CloseContext value={close}>{isOpen && children}</CloseContext>
      </div>
    </>
  );
}

function itemsOf(menu: HTMLElement | null): HTMLElement[] {
  return [...(menu?.querySelectorAll<HTMLElement>('.menu-item') ?? [])];
}

/** The item that a key goes to from the focused one: around the ends, or the next whose words begin with the letter. */
function itemAfterKey(items: readonly HTMLElement[], key: string): HTMLElement | undefined {
  const here = items.indexOf(document.activeElement as HTMLElement);
  switch (key) {
    case 'ArrowDown':
      return items[(here + 1) % items.length];
    case 'ArrowUp':
      return items[(Math.max(here, 0) + items.length - 1) % items.length];
    case 'Home':
      return items[0];
    case 'End':
      return items.at(-1);
    default:
      if (key.length !== 1 || key === ' ') return undefined;
      return [...items.slice(here + 1), ...items.slice(0, here + 1)].find((item) =>
        item.textContent.trim().toLowerCase().startsWith(key.toLowerCase()),
      );
  }
}

export interface MenuItemProps {
  readonly label: string;
  /** A second line that describes, and is not part of the name. */
  readonly hint?: string;
  readonly icon?: ReactNode;
  readonly shortcut?: string;
  readonly disabled?: boolean;
  readonly onSelect: () => void;
}

export function MenuItem({ label, hint, icon, shortcut, disabled = false, onSelect }: MenuItemProps) {
  const id = useId();
  const close = useContext(CloseContext);
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      className="menu-item"
      aria-disabled={disabled || undefined}
      aria-labelledby={`${id}-label`}
      aria-description={hint}
      onClick={() => {
        if (disabled) return;
        close();
        onSelect();
      }}
    >
      <span className="menu-icon">{icon}</span>
      {/* The hint is drawn by style: what stands in a button as text would have to be part of its name. */}
      <span className="menu-words" data-hint={hint}>
        <span id={`${id}-label`}>{label}</span>
      </span>
      {shortcut && <Kbd>{shortcut}</Kbd>}
    </button>
  );
}

export interface MenuChoiceProps<T extends string> {
  readonly label: string;
  readonly options: readonly { readonly value: T; readonly label: string; readonly hint?: string }[];
  readonly value: T | null;
  readonly onChange: (value: T) => void;
}

/** One of several: items with role menuitemradio under a label. */
export function MenuChoice<T extends string>({ label, options, value, onChange }: MenuChoiceProps<T>) {
  const close = useContext(CloseContext);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is no group of menu items.
    <div role="group" aria-label={label}>
      <div className="menu-label" aria-hidden="true">
        {label}
      </div>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          role="menuitemradio"
          tabIndex={-1}
          className="menu-item"
          aria-checked={option.value === value}
          title={option.hint}
          onClick={() => {
            close();
            onChange(option.value);
          }}
        >
          <span className="menu-icon">{option.value === value && <Check aria-hidden="true" />}</span>
          <span className="menu-words">{option.label}</span>
        </button>
      ))}
    </div>
  );
}

export function MenuSeparator() {
  return <hr className="menu-separator" />;
}
