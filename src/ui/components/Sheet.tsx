/**
 * The bottom sheet of a phone: it stands over the page's foot at one of three heights and never hides what it controls. Its handle is
 * dragged, or moved by the arrow keys (role slider); it is part of the page, not a dialog, so the focus flows through it.
 */
import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import './sheet.css';

const heights = ['low', 'middle', 'high'] as const;
export type SheetHeight = (typeof heights)[number];
/** Share of the window's height. */
const share: Readonly<Record<SheetHeight, number>> = { low: 0.15, middle: 0.4, high: 0.78 };

export interface SheetProps {
  /** Names the region. */
  readonly label: string;
  /** Under the handle, always in sight: tabs. */
  readonly head: ReactNode;
  /** At the very bottom, always in sight. */
  readonly foot?: ReactNode;
  readonly children: ReactNode;
  readonly height: SheetHeight;
  readonly onHeight: (height: SheetHeight) => void;
}

export function Sheet({ label, head, foot, children, height, onHeight }: SheetProps) {
  const { t } = useTranslation();
  const words = { low: t('components.sheetLow'), middle: t('components.sheetMiddle'), high: t('components.sheetHigh') };
  const [dragged, setDragged] = useState<number | null>(null);
  const start = useRef<{ y: number; pixels: number; moved: boolean } | null>(null);
  const at = heights.indexOf(height);
  const move = (by: number) => onHeight(heights[Math.min(Math.max(at + by, 0), 2)] ?? height);

  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = { y: event.clientY, pixels: share[height] * window.innerHeight, moved: false };
  };
  const onPointerMove = (event: PointerEvent) => {
    const from = start.current;
    if (!from || (!from.moved && Math.abs(event.clientY - from.y) < 5)) return;
    from.moved = true;
    setDragged(Math.min(Math.max(from.pixels + from.y - event.clientY, 96), window.innerHeight * 0.85));
  };
  const onPointerUp = () => {
    const from = start.current;
    start.current = null;
    if (from && !from.moved) onHeight(height === 'middle' ? 'high' : 'middle');
    else if (dragged !== null) onHeight(nearestHeight(dragged / window.innerHeight));
    setDragged(null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1, Home: -2, End: 2 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    move(by);
  };

  const pixels = dragged === null ? `${share[height] * 100}dvh` : `${dragged}px`;
  return (
    <section
      className="sheet"
      aria-label={label}
      data-dragging={dragged !== null || undefined}
      style={{ height: pixels }}
    >
      <div
        role="slider"
        tabIndex={0}
        className="sheet-handle"
        aria-label={t('components.sheetHandle')}
        aria-orientation="vertical"
        aria-valuemin={0}
        aria-valuemax={2}
        aria-valuenow={at}
        aria-valuetext={words[height]}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerCancel={onPointerUp}
        onKeyDown={onKeyDown}
      />
      <div className="sheet-head">{head}</div>
      <div className="sheet-body">{children}</div>
      {foot && <div className="sheet-foot">{foot}</div>}
    </section>
  );
}

function nearestHeight(fraction: number): SheetHeight {
  return heights.reduce((best, next) =>
    Math.abs(share[next] - fraction) < Math.abs(share[best] - fraction) ? next : best,
  );
}
