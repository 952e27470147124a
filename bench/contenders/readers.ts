/** Who reads the maps of a step: libraries whose operations end in an activation are given the two as one, as their converters do. */
import type { Rectifier } from '../sample/layers.ts';
import type { FilledStep } from '../sample/steps.ts';

/** How often the maps of a step, or of the input, are read. */
export function readersOf(steps: readonly FilledStep[]): ReadonlyMap<string, number> {
  const readers = new Map<string, number>();
  for (const { from } of steps) for (const id of from) readers.set(id, (readers.get(id) ?? 0) + 1);
  return readers;
}

/** The activation of each step whose maps nobody else reads, by that step's name: the activation, and the step that it is. */
export function activationsOf(
  steps: readonly FilledStep[],
): ReadonlyMap<string, { readonly id: string; readonly activation: Rectifier }> {
  const readers = readersOf(steps);
  return new Map(
    steps.flatMap(({ id, layer, from }) => {
      const before = from[0]!;
      return layer.kind === 'activation' && readers.get(before) === 1
        ? [[before, { id, activation: layer.function }] as const]
        : [];
    }),
  );
}
