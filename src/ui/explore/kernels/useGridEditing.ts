/**
 * Editing weights in a grid of cells. One cell is current. Arrow keys walk; digits, Enter and F2 open an entry; + and - step, but - and
 * then a digit begin a negative number; a drag up or down and the wheel on the current cell step too. Each gesture has an id, so that
 * it is one step of undo.
 */
import {
  type FocusEvent,
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  type RefObject,
  useEffect,
  useRef,
  useState,
} from 'react';
import type { Pair } from '../../../operators/operator.ts';
import { type Cell, cellIndex, walk } from './editWeights.ts';
import { createGestures } from './gestures.ts';
import { largestOf } from './weightColours.ts';
import { exactWeight, readWeight, stepWeight, weightStep } from './weightFormat.ts';

/** Pixels of a drag before it is one, and for each step. */
const dragThreshold = 3;
const pixelsPerStep = 3;
/** How long a - waits for a digit before it is a step, in milliseconds. */
const signWait = 400;

export interface EditableGrid {
  readonly kernelSize: Pair;
  /** The slices on show, with the names of the channels that they read. */
  readonly slices: readonly { readonly index: number; readonly name: string }[];
  /** The filter's numbers as they are now, ahead of the next rendering. */
  readonly read: () => Float32Array;
  /** The cell that keys reach. */
  readonly current: Cell;
  readonly onCurrent: (cell: Cell) => void;
  readonly onPoint: (cell: Cell | null) => void;
  /** `gesture` is the same for all edits of one drag, turn of the wheel or run of keys. */
  readonly onEdit: (cell: Cell, value: number, gesture: string) => void;
}

interface Drag {
  readonly cell: Cell;
  readonly startY: number;
  readonly startValue: number;
  readonly step: number;
  readonly gesture: string;
  /** True where the cell was current before: a click then opens the entry (on a phone: the keyboard). */
  readonly wasCurrent: boolean;
  moved: boolean;
}

export interface GridEditing {
  /** What stands in the current cell's field, or null when none is open. */
  readonly entry: string | null;
  readonly gridRef: RefObject<HTMLDivElement | null>;
  readonly handlers: {
    readonly onKeyDown: (event: KeyboardEvent<HTMLDivElement>) => void;
    readonly onPointerDown: (event: PointerEvent<HTMLDivElement>) => void;
    readonly onPointerMove: (event: PointerEvent<HTMLDivElement>) => void;
    readonly onPointerUp: (event: PointerEvent<HTMLDivElement>) => void;
    readonly onPointerCancel: (event: PointerEvent<HTMLDivElement>) => void;
    readonly onPointerOver: (event: PointerEvent<HTMLDivElement>) => void;
    readonly onPointerLeave: () => void;
    readonly onDoubleClick: (event: MouseEvent<HTMLDivElement>) => void;
    readonly onFocus: (event: FocusEvent<HTMLDivElement>) => void;
    readonly onBlur: (event: FocusEvent<HTMLDivElement>) => void;
  };
}

export function useGridEditing(props: EditableGrid): GridEditing {
  const { read, kernelSize, slices, current, onCurrent, onPoint, onEdit } = props;
  const gridRef = useRef<HTMLDivElement>(null);
  const drag = useRef<Drag | null>(null);
  const gestures = useRef(createGestures());
  const [entry, setEntry] = useState<string | null>(null);
  /** The step down that the last key made: a digit that follows makes it the sign of a number. */
  const minus = useRef<{ readonly place: string; readonly gesture: string } | null>(null);
  /** A - that may still be the sign of a number: it becomes a step when no digit follows. */
  const waiting = useRef<{ readonly place: string; readonly timer: ReturnType<typeof setTimeout> } | null>(null);
  useEffect(() => () => clearTimeout(waiting.current?.timer), []);
  /** The gesture that an entry goes on with; null: one of its own. */
  const begun = useRef<string | null>(null);
  /** The field closed last: closing takes the focus from it, and that must not close it once more. */
  const closed = useRef<HTMLInputElement>(null);

  const valueAt = (cell: Cell) => read()[cellIndex(cell, kernelSize)] ?? 0;
  /** The gesture that the step belongs to. */
  const step = (cell: Cell, steps: number): string => {
    const size = weightStep(largestOf(read()));
    const gesture = gestures.current.running(JSON.stringify(cell));
    onEdit(cell, stepWeight(valueAt(cell), steps, size), gesture);
    return gesture;
  };
  const stepDown = (cell: Cell) => {
    waiting.current = null;
    minus.current = { place: JSON.stringify(cell), gesture: step(cell, -1) };
  };
  const open = (text: string, gesture: string | null = null) => {
    begun.current = gesture;
    setEntry(text);
  };
  const focusCell = (cell: Cell) => elementOf(gridRef.current, cell)?.focus();
  const close = (field: HTMLInputElement, takes: boolean) => {
    if (closed.current === field) return;
    closed.current = field;
    setEntry(null);
    const value = readWeight(field.value);
    if (takes && value !== null && value !== valueAt(current)) {
      onEdit(current, value, begun.current ?? gestures.current.fresh());
    }
  };

  useWheel(gridRef, (cell, steps) => step(cell, steps));

  const onEntryKey = (event: KeyboardEvent<HTMLDivElement>, field: HTMLInputElement) => {
    const move = event.key === 'ArrowUp' || event.key === 'ArrowDown';
    if (event.key === 'Enter' || event.key === 'Escape' || move) {
      event.preventDefault();
      // Escape closes the entry and not what lies around it.
      event.stopPropagation();
      close(field, event.key !== 'Escape');
      const next = move ? walk(current, event.key, kernelSize, indices(slices)) : null;
      if (next) onCurrent(next);
      focusCell(next ?? current);
    } else if ((event.key === '-' || event.key === '−') && endsWithDigit(field)) {
      // - at the end changes the sign: a number may be begun by its first digit.
      event.preventDefault();
      field.value = /^[-−]/.test(field.value) ? field.value.slice(1) : `-${field.value}`;
    }
  };

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.target instanceof HTMLInputElement) return onEntryKey(event, event.target);
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    // The cell that the key was pressed in: it may have taken the focus a moment ago.
    const here = cellOf(event.target) ?? current;
    const place = JSON.stringify(here);
    const isSign = waiting.current?.place === place && /^[\d.,]$/.test(event.key);
    if (waiting.current && !isSign) stepDown(JSON.parse(waiting.current.place) as Cell);
    clearTimeout(waiting.current?.timer);
    waiting.current = null;
    const sign = minus.current?.place === place ? minus.current : null;
    minus.current = null;
    const next = walk(here, event.key, kernelSize, indices(slices));
    if (next) {
      onCurrent(next);
      focusCell(next);
    } else if (event.key === 'Enter' || event.key === 'F2') open(exactWeight(valueAt(here)));
    else if (event.key === '+' || event.key === '=') step(here, 1);
    else if (event.key === '-' || event.key === '−' || event.key === '_') {
      waiting.current = { place, timer: setTimeout(() => stepDown(here), signWait) };
    } else if (event.key === 'Delete' || event.key === 'Backspace') onEdit(here, 0, gestures.current.fresh());
    else if (/^[\d.,]$/.test(event.key)) open(sign || isSign ? `-${event.key}` : event.key, sign?.gesture);
    else return;
    event.preventDefault();
    // The page's own shortcuts (arrows move the window) are not meant while a cell has the focus.
    event.stopPropagation();
  };

  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    if (event.target instanceof HTMLInputElement) {
      // The entry is wider than its cell: what is pressed there is the cell under it.
      const under = cellUnder(event);
      if (!under || JSON.stringify(under) === JSON.stringify(current)) return;
      event.preventDefault();
      close(event.target, true);
      onCurrent(under);
      focusCell(under);
      return;
    }
    const cell = cellOf(event.target);
    if (!cell) return;
    drag.current = {
      cell,
      startY: event.clientY,
      startValue: valueAt(cell),
      step: weightStep(largestOf(read())),
      gesture: gestures.current.fresh(),
      wasCurrent: document.activeElement === elementOf(gridRef.current, cell),
      moved: false,
    };
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    const dragged = drag.current;
    // A finger that comes down on another cell scrolls; it drags the one that it has chosen before.
    if (!dragged || (event.pointerType === 'touch' && !dragged.wasCurrent)) return;
    const up = dragged.startY - event.clientY;
    if (!dragged.moved && Math.abs(up) < dragThreshold) return;
    if (!dragged.moved) event.currentTarget.setPointerCapture(event.pointerId);
    dragged.moved = true;
    const fine = event.shiftKey ? 0.1 : 1;
    const steps = Math.round(up / pixelsPerStep);
    const value = stepWeight(dragged.startValue, steps, dragged.step * fine);
    if (value !== valueAt(dragged.cell)) onEdit(dragged.cell, value, dragged.gesture);
  };
  const onPointerUp = () => {
    const dragged = drag.current;
    drag.current = null;
    if (dragged && !dragged.moved && dragged.wasCurrent) open(exactWeight(valueAt(dragged.cell)));
  };

  return {
    entry,
    gridRef,
    handlers: {
      onKeyDown,
      onPointerDown,
      onPointerMove,
      onPointerUp,
      onPointerCancel: () => {
        drag.current = null;
      },
      onPointerOver: (event) => {
        if (!drag.current?.moved) onPoint(cellOf(event.target));
      },
      onPointerLeave: () => onPoint(null),
      onDoubleClick: (event) => {
        if (cellOf(event.target) && !(event.target instanceof HTMLInputElement)) open(exactWeight(valueAt(current)));
      },
      onFocus: (event) => {
        const cell = cellOf(event.target);
        if (!cell) return;
        onCurrent(cell);
        onPoint(cell);
      },
      onBlur: (event) => {
        if (event.target instanceof HTMLInputElement) close(event.target, true);
        if (!event.currentTarget.contains(event.relatedTarget)) onPoint(null);
      },
    },
  };
}

/** Steps of the wheel on the cell that has the focus; elsewhere the page scrolls as it does. */
function useWheel(grid: RefObject<HTMLDivElement | null>, onSteps: (cell: Cell, steps: number) => void): void {
  const latest = useRef(onSteps);
  useEffect(() => {
    latest.current = onSteps;
  });
  useEffect(() => {
    const element = grid.current;
    if (!element) return;
    const onWheel = (event: WheelEvent) => {
      const cell = cellOf(event.target);
      if (!cell || event.ctrlKey || document.activeElement !== elementOf(element, cell)) return;
      event.preventDefault();
      latest.current(cell, event.deltaY < 0 ? 1 : -1);
    };
    // React listens passively, and a passive listener cannot keep the page from scrolling.
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [grid]);
}

function indices(slices: EditableGrid['slices']): readonly number[] {
  return slices.map((slice) => slice.index);
}

function endsWithDigit(field: HTMLInputElement): boolean {
  return field.selectionStart === field.value.length && /[\d.,]$/.test(field.value);
}

function cellOf(target: EventTarget | null): Cell | null {
  const element = target instanceof Element ? target.closest<HTMLElement>('[role="gridcell"]') : null;
  if (!element) return null;
  const { slice, y, x } = element.dataset;
  return { slice: Number(slice), y: Number(y), x: Number(x) };
}

/** The cell whose own square lies under the pointer, whatever covers it. */
function cellUnder({ clientX, clientY, currentTarget }: PointerEvent<HTMLDivElement>): Cell | null {
  const cells = currentTarget.querySelectorAll('[role="gridcell"]');
  const under = [...cells].find((each) => {
    const { left, right, top, bottom } = each.getBoundingClientRect();
    return clientX >= left && clientX < right && clientY >= top && clientY < bottom;
  });
  return cellOf(under ?? null);
}

function elementOf(grid: HTMLElement | null, { slice, y, x }: Cell): HTMLElement | null {
  return grid?.querySelector(`[data-slice="${slice}"][data-y="${y}"][data-x="${x}"]`) ?? null;
}
