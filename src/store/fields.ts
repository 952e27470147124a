/**
 * Reading values of unknown origin (a link, a file, a record of an earlier version). A reader never throws: what is missing or of the
 * wrong type becomes the fallback, what is out of range the nearest that is in it.
 */

export type Fields = Readonly<Record<string, unknown>>;

/** The value as a record; null when it is none. */
export function fieldsOf(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** An integer in min..max. */
export function readInteger(value: unknown, min: number, max: number, fallback: number): number {
  if (typeof value !== 'number' || Number.isNaN(value)) return fallback;
  return Math.round(Math.min(max, Math.max(min, value)));
}

export function readNumber(value: unknown, min: number, max: number, fallback: number): number {
  if (typeof value !== 'number' || Number.isNaN(value)) return fallback;
  return Math.min(max, Math.max(min, value));
}

export function readBoolean(value: unknown, fallback: boolean): boolean {
  return typeof value === 'boolean' ? value : fallback;
}

export function readOneOf<T extends string>(value: unknown, choices: readonly T[], fallback: T): T {
  return choices.find((choice) => choice === value) ?? fallback;
}

export function readMatch(value: unknown, pattern: RegExp): string | null {
  return typeof value === 'string' && pattern.test(value) ? value : null;
}

/** [h, w], each an integer in min..max; a single number stands for both. */
export function readPair(
  value: unknown,
  min: number,
  max: number,
  fallback: readonly [number, number],
): readonly [number, number] {
  if (typeof value === 'number') return readPair([value, value], min, max, fallback);
  const [h, w] = listOf(value);
  return [readInteger(h, min, max, fallback[0]), readInteger(w, min, max, fallback[1])];
}
