/** One sampling point on the enlarged photo: a button that is dragged, or moved by the arrow keys. Its size and strength are its mask. */
import { type CSSProperties, type KeyboardEvent, type PointerEvent, useRef } from 'react';
import type { Rect } from '../../../../engine/engine.ts';
import type { SamplingPoint } from '../../../../operators/deformConv2d/points.ts';

export interface TapHandleProps {
  readonly point: SamplingPoint;
  /** What the stage shows. */
  readonly part: Rect;
  readonly label: string;
  readonly describedBy: string;
  readonly isSelected: boolean;
  readonly onSelect: () => void;
  /** The new offset, in pixels. A drag is one step of undo, and so are key strokes that follow each other. */
  readonly onMove: (offset: { readonly dy: number; readonly dx: number }) => void;
  readonly onGrab: () => void;
  readonly onDrop: () => void;
}

/** Pixels that an arrow key moves a point; with Shift, the larger. */
const steps = { fine: 0.1, coarse: 1 } as const;
const arrows: Readonly<Record<string, readonly [dy: number, dx: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

const hundredths = (value: number) => Math.round(value * 100) / 100;

export function TapHandle(props: TapHandleProps) {
  const { point, part, label, describedBy, isSelected, onSelect, onMove, onGrab, onDrop } = props;
  /** From the pointer to the point, in pixels of the photo, while it is held. */
  const held = useRef<{ readonly y: number; readonly x: number } | null>(null);

  const placeUnder = ({ currentTarget, clientX, clientY }: PointerEvent<HTMLElement>) => {
    const { left, top, width, height } = currentTarget.parentElement!.getBoundingClientRect();
    return {
      y: part.y + ((clientY - top) / height) * part.height - 0.5,
      x: part.x + ((clientX - left) / width) * part.width - 0.5,
    };
  };
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    const { y, x } = placeUnder(event);
    held.current = { y: point.y - y, x: point.x - x };
    event.currentTarget.setPointerCapture(event.pointerId);
    // Not every browser focuses a button that is clicked.
    event.currentTarget.focus();
    onSelect();
    onGrab();
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    if (!held.current) return;
    const at = placeUnder(event);
    // Within what is shown: a point that leaves the picture could not be taken back.
    const clamp = (value: number, from: number, size: number) => Math.min(from + size - 1, Math.max(from, value));
    const y = clamp(at.y + held.current.y, part.y, part.height);
    const x = clamp(at.x + held.current.x, part.x, part.width);
    onMove({ dy: hundredths(y - point.from.y), dx: hundredths(x - point.from.x) });
  };
  const onLostPointerCapture = () => {
    if (held.current) onDrop();
    held.current = null;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const arrow = arrows[event.key];
    const isReset = event.key === 'Delete' || event.key === 'Backspace';
    if ((!arrow && !isReset) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (!arrow) return onMove({ dy: 0, dx: 0 });
    const step = event.shiftKey ? steps.coarse : steps.fine;
    const [dy, dx] = arrow.map((way) => way * step) as [number, number];
    onMove({ dy: hundredths(point.y - point.from.y + dy), dx: hundredths(point.x - point.from.x + dx) });
  };

  const style = {
    top: `${(100 * (point.y + 0.5 - part.y)) / part.height}%`,
    left: `${(100 * (point.x + 0.5 - part.x)) / part.width}%`,
    '--mask': point.mask,
  } as CSSProperties;
  return (
    <button
      type="button"
      className="tap-handle"
      style={style}
      aria-label={label}
      aria-pressed={isSelected}
      aria-describedby={describedBy}
      onFocus={onSelect}
      {...{ onPointerDown, onPointerMove, onLostPointerCapture, onKeyDown }}
    />
  );
}
