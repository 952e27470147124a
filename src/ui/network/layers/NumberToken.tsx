/**
 * A number of the code line that is changed where it stands: dragged to the left or right, stepped by arrow keys, or typed. A drag is one
 * step of undo, and so is a number that was typed.
 */
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AttributeField } from '../../../graph/network/attributes/fields.ts';
import type { NumberPiece } from '../../../views/network/table/code.ts';
import { type Range, rangeAt } from '../../../views/network/table/setNumber.ts';
import { nearest, stepped } from '../../components/numberValue.ts';
import { useSession } from '../../session.tsx';

interface NumberTokenProps {
  readonly piece: NumberPiece & { readonly attribute: NonNullable<NumberPiece['attribute']> };
  /** The node that the number belongs to. */
  readonly layer: string;
  readonly isTabStop: boolean;
  /** The field of the attribute now: worked out when a hand reaches for the number, since its ends have to be tried. */
  readonly fieldOf: (key: string) => AttributeField | undefined;
  readonly onChange: (value: number) => void;
}

const pixelsPerStep = 8;
/** A hand that moves less has clicked. */
const dragThreshold = 4;

export function NumberToken({ piece, layer, isTabStop, fieldOf, onChange }: NumberTokenProps) {
  const { t } = useTranslation('network');
  const { workspace } = useSession();
  const [typed, setTyped] = useState<string | null>(null);
  const drag = useRef<{ x: number; from: number; range: Range; isMoving: boolean } | null>(null);
  const token = useRef<HTMLSpanElement>(null);
  const { key, name, place } = piece.attribute;
  const range = () => {
    const field = fieldOf(key);
    return field ? rangeAt(field, place) : null;
  };
  const allowedIn = ({ min, max, step, allowed }: Range) => ({ min, max, step, ...(allowed ? { allowed } : {}) });
  const take = (value: number) => value !== piece.value && onChange(value);

  const onPointerDown = (event: PointerEvent<HTMLSpanElement>) => {
    const within = range();
    if (event.button !== 0 || !within) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { x: event.clientX, from: piece.value, range: within, isMoving: false };
  };
  const onPointerMove = (event: PointerEvent) => {
    const now = drag.current;
    if (!now) return;
    const moved = event.clientX - now.x;
    if (!now.isMoving && Math.abs(moved) < dragThreshold) return;
    if (!now.isMoving) workspace.getState().beginGesture();
    now.isMoving = true;
    take(stepped(allowedIn(now.range), now.from, Math.trunc(moved / pixelsPerStep)));
  };
  const onPointerEnd = (event: PointerEvent) => {
    const now = drag.current;
    drag.current = null;
    if (now?.isMoving) workspace.getState().endGesture();
    else if (now && event.type === 'pointerup') setTyped(piece.text);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowUp: 1, ArrowDown: -1, PageUp: 8, PageDown: -8 }[event.key];
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (by !== undefined) {
      const within = range();
      if (within) take(stepped(allowedIn(within), piece.value, by));
    } else if (event.key === 'Enter' || event.key === 'F2') setTyped(piece.text);
    else if (/^[\d.-]$/.test(event.key)) setTyped(event.key);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const leave = (text: string | null) => {
    setTyped(null);
    const within = range();
    if (text !== null && text.trim() !== '' && Number.isFinite(Number(text)) && within)
      take(nearest(allowedIn(within), Number(text)));
  };

  if (typed !== null)
    return (
      <input
        className="code-typed"
        inputMode="decimal"
        aria-label={t('layers.number', { attribute: name, layer })}
        // biome-ignore lint/a11y/noAutofocus: it takes the place of the number that was clicked
        autoFocus
        size={Math.max(2, typed.length)}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={(event) => leave(event.currentTarget.value)}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.nativeEvent.isComposing || (event.key !== 'Enter' && event.key !== 'Escape')) return;
          event.preventDefault();
          leave(event.key === 'Enter' ? event.currentTarget.value : null);
          requestAnimationFrame(() => token.current?.focus());
        }}
      />
    );
  return (
    <span
      ref={token}
      className="code-number"
      role="spinbutton"
      tabIndex={isTabStop ? 0 : -1}
      aria-label={t('layers.number', { attribute: name, layer })}
      aria-valuenow={piece.value}
      title={`${name}: ${t('layers.numberHint')}`}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerEnd}
      onPointerCancel={onPointerEnd}
      onKeyDown={onKeyDown}
    >
      {piece.text}
    </span>
  );
}
