/** The gradient of windowed extremes by its definition: find each window's winner, give it the window's gradient. */
import type { FloatArray, HostTensor, Shape } from '../operator.ts';
import { everyElement, stepsOf } from '../tensors.ts';
import type { ExtremumGradient } from './attributes.ts';
import { windowsAlong } from './windows.ts';

/** Calls `visit` with the elements of x that each window covers, in reading order. `pooled`: the shape of gy. */
function everyWindow(
  operator: ExtremumGradient,
  x: Shape,
  pooled: Shape,
  visit: (window: number, elements: readonly number[]) => void,
): void {
  const windows = windowsAlong(operator, x);
  const steps = stepsOf(x);
  everyElement(pooled, (n, c, y, column, window) => {
    const elements: number[] = [];
    for (const i of windows[0]![n]!)
      for (const j of windows[1]![c]!)
        for (const k of windows[2]![y]!)
          for (const l of windows[3]![column]!)
            elements.push(i * steps[0] + j * steps[1] + k * steps[2] + l * steps[3]);
    visit(window, elements);
  });
}

function winnerOf({ extremum }: ExtremumGradient, values: FloatArray, elements: readonly number[]): number | undefined {
  const sign = extremum === 'max' ? 1 : -1;
  let winner = elements[0];
  for (const element of elements) if (sign * values[element]! > sign * values[winner!]!) winner = element;
  return winner;
}

/** Adds the gradients of all windows to `target`, of x's length. */
export function spread<A extends FloatArray>(operator: ExtremumGradient, x: HostTensor, gy: HostTensor, target: A): A {
  everyWindow(operator, x.shape, gy.shape, (window, elements) => {
    const winner = winnerOf(operator, x.values, elements);
    if (winner !== undefined) target[winner] = target[winner]! + gy.values[window]!;
  });
  return target;
}

/**
 * Adds to `target` the whole gradient of every window to each element that would win if all values moved by as much as `reach` of them and
 * the winner's: any of these may be the one.
 */
export function spreadNearTies(
  operator: ExtremumGradient,
  x: HostTensor,
  gy: HostTensor,
  reach: (element: number) => number,
  target: Float64Array,
): Float64Array {
  everyWindow(operator, x.shape, gy.shape, (window, elements) => {
    const winner = winnerOf(operator, x.values, elements);
    if (winner === undefined) return;
    const near = elements.filter(
      (element) => Math.abs(x.values[element]! - x.values[winner]!) <= reach(element) + reach(winner),
    );
    if (near.length < 2) return;
    for (const element of near) target[element] = target[element]! + Math.abs(gy.values[window]!);
  });
  return target;
}
