/** Pairs and sides as code writes them, and how they compare. */
import type { Pair, PerSide } from './operator.ts';

export function sides(top: number, bottom: number, left: number, right: number): PerSide {
  return { top, bottom, left, right };
}

export const isNone = ({ top, bottom, left, right }: PerSide) => top === 0 && bottom === 0 && left === 0 && right === 0;
export const isSymmetric = ({ top, bottom, left, right }: PerSide) => top === bottom && left === right;
export const isEqual = (a: PerSide, b: PerSide) =>
  a.top === b.top && a.bottom === b.bottom && a.left === b.left && a.right === b.right;

/** 3 or (3, 5). */
export const pairText = ([h, w]: Pair) => (h === w ? String(h) : `(${h}, ${w})`);

/** (3, 3), for libraries that want a tuple. */
export const tupleText = ([h, w]: Pair) => `(${h}, ${w})`;
