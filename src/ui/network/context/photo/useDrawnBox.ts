/** A box that a person draws on the photo, by pointer or by keys, in pixels of the picture the network reads. */
import { type KeyboardEvent, useState } from 'react';
import type { Field } from '../../../../graph/field/receptiveField.ts';
import type { Interval } from '../../../../math/intervals.ts';

export interface PixelPlace {
  readonly y: number;
  readonly x: number;
}

export interface DrawnBox {
  readonly box: Field | null;
  begin(at: PixelPlace): void;
  extend(to: PixelPlace): void;
  /** Arrow keys move it, with Shift they move its lower right corner. True where the key was one of them. */
  key(event: KeyboardEvent): boolean;
  clear(): void;
}

/** What is drawn on; on another one nothing is drawn. */
interface Size {
  readonly height: number;
  readonly width: number;
}

const arrows: Readonly<Record<string, readonly [axis: 'h' | 'w', by: 1 | -1]>> = {
  ArrowUp: ['h', -1],
  ArrowDown: ['h', 1],
  ArrowLeft: ['w', -1],
  ArrowRight: ['w', 1],
};

export function useDrawnBox(picture: Size): DrawnBox {
  const { height, width } = picture;
  const [drawn, setDrawn] = useState<{ readonly box: Field; readonly on: Size } | null>(null);
  const box = drawn?.on === picture ? drawn.box : null;
  const setBox = (next: Field) => setDrawn({ box: next, on: picture });
  const [from, setFrom] = useState<PixelPlace | null>(null);
  const sizes = { h: height, w: width };
  return {
    box,
    begin(at) {
      setFrom(at);
      setBox({ h: { lo: at.y, hi: at.y }, w: { lo: at.x, hi: at.x } });
    },
    extend(to) {
      if (from) setBox({ h: ordered(from.y, to.y), w: ordered(from.x, to.x) });
    },
    key(event) {
      const arrow = arrows[event.key];
      if (!arrow) return false;
      const [axis, by] = arrow;
      // A photo is crossed in fifty presses.
      const step = by * Math.max(1, Math.round(Math.max(height, width) / 50));
      const now = box ?? { h: middleQuarter(height), w: middleQuarter(width) };
      const moved = event.shiftKey ? resized(now[axis], step, sizes[axis]) : shifted(now[axis], step, sizes[axis]);
      setBox({ ...now, [axis]: moved });
      return true;
    },
    clear: () => setDrawn(null),
  };
}

const ordered = (a: number, b: number): Interval => ({ lo: Math.min(a, b), hi: Math.max(a, b) });

const middleQuarter = (size: number): Interval => ({
  lo: Math.floor((3 * size) / 8),
  hi: Math.ceil((5 * size) / 8) - 1,
});

function shifted({ lo, hi }: Interval, by: number, size: number): Interval {
  const moved = Math.min(Math.max(by, -lo), size - 1 - hi);
  return { lo: lo + moved, hi: hi + moved };
}

function resized({ lo, hi }: Interval, by: number, size: number): Interval {
  return { lo, hi: Math.min(size - 1, Math.max(lo, hi + by)) };
}
