/** The small photo, on which a whole-pixel place is dragged or moved by arrow keys. */
import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef } from 'react';
import { Cells } from './Cells.tsx';

export interface Place {
  readonly y: number;
  readonly x: number;
}

interface DragPadProps {
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
  /** What is seen, and the keys that move it. */
  readonly label: string;
  readonly value: Place;
  /** Where the pointer holds what it drags, which then follows it; without: it moves by as much as the pointer does, from anywhere. */
  readonly grip?: Place;
  /** Where Home goes. */
  readonly home: Place;
  /** Any place; the caller keeps it within its ends. */
  readonly onChange: (place: Place) => void;
  readonly children?: ReactNode;
}

const steps: Readonly<Record<string, Place>> = {
  ArrowUp: { y: -1, x: 0 },
  ArrowDown: { y: 1, x: 0 },
  ArrowLeft: { y: 0, x: -1 },
  ArrowRight: { y: 0, x: 1 },
};

export function DragPad({ rgba, width, height, label, value, grip, home, onChange, children }: DragPadProps) {
  /** Where the drag began, in cells, and what the value was then. */
  const start = useRef<{ readonly at: Place; readonly value: Place } | null>(null);
  const cellUnder = ({ currentTarget, clientX, clientY }: PointerEvent<HTMLElement>): Place => {
    const box = currentTarget.getBoundingClientRect();
    return { y: ((clientY - box.y) / box.height) * height, x: ((clientX - box.x) / box.width) * width };
  };
  const move = (at: Place) => {
    const from = start.current;
    if (!from) return;
    if (grip) onChange({ y: Math.floor(at.y) - grip.y, x: Math.floor(at.x) - grip.x });
    else {
      onChange({
        y: from.value.y + Math.round(at.y - from.at.y),
        x: from.value.x + Math.round(at.x - from.at.x),
      });
    }
  };
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = { at: cellUnder(event), value };
    if (grip) move(cellUnder(event));
  };
  const end = () => {
    start.current = null;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = steps[event.key];
    if (step) {
      const by = event.shiftKey ? 5 : 1;
      onChange({ y: value.y + by * step.y, x: value.x + by * step.x });
    } else if (event.key === 'Home') onChange(home);
    else return;
    event.preventDefault();
  };
  return (
    <div
      className="drag-pad"
      role="application"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the place is moved by keys
      tabIndex={0}
      aria-label={label}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={(event) => move(cellUnder(event))}
      onPointerUp={end}
      onPointerCancel={end}
    >
      <Cells {...{ rgba, width, height, label }}>{children}</Cells>
    </div>
  );
}
