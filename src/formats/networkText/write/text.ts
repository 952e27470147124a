/** Values as Python writes them, and calls that say no default. */
import type { PerSide } from '../../../operators/operator.ts';

export function numberText(value: number): string {
  if (value === Number.POSITIVE_INFINITY) return "float('inf')";
  return value === Number.NEGATIVE_INFINITY ? "float('-inf')" : String(value);
}

/** (1, 2); (1,) of one. */
export function tuple(values: readonly number[]): string {
  return `(${values.map(numberText).join(', ')}${values.length === 1 ? ',' : ''})`;
}

/** PyTorch's order of a padding: (left, right, top, bottom). */
export function padText({ top, bottom, left, right }: PerSide): string {
  return tuple([left, right, top, bottom]);
}

/** `name(a, b, key=value)`, without the keywords that say their default. */
export function call(
  name: string,
  positional: readonly (number | string)[],
  keywords: readonly (readonly [key: string, value: string, fallback?: string])[] = [],
): string {
  const said = keywords.filter(([, value, fallback]) => value !== fallback).map(([key, value]) => `${key}=${value}`);
  return `${name}(${[...positional, ...said].join(', ')})`;
}

export const yes = (value: boolean) => (value ? 'True' : 'False');
