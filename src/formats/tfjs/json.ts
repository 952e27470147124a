/** Looks into parsed JSON without trusting it: each function gives what is asked for or throws, naming the place. */
import { malformed } from './error.ts';

export type Json = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function recordAt(value: unknown, where: string): Json {
  if (!isRecord(value)) throw malformed(where);
  return value;
}

export function listAt(value: unknown, where: string): readonly unknown[] {
  if (!Array.isArray(value)) throw malformed(where);
  return value;
}

export function textAt(value: unknown, where: string): string {
  if (typeof value !== 'string') throw malformed(where);
  return value;
}

/** A name that may key a record. */
export function nameAt(value: unknown, where: string): string {
  const name = textAt(value, where);
  if (name === '' || name === '__proto__') throw malformed(where);
  return name;
}

export function numberAt(value: unknown, where: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw malformed(where);
  return value;
}

/** Sizes of a tensor, none of them negative. */
export function sizesAt(value: unknown, where: string): readonly number[] {
  return listAt(value, where).map((size) => {
    if (!Number.isSafeInteger(size) || (size as number) < 0) throw malformed(where);
    return size as number;
  });
}

/** Sizes of which one may be -1: what is left. */
export function sizesOrFree(value: unknown, where: string): readonly number[] {
  return listAt(value, where).map((size) => (size === -1 ? -1 : (sizesAt([size], where)[0] ?? 0)));
}

export function parseJson(text: string): Json {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw malformed('JSON');
  }
  return recordAt(parsed, 'JSON');
}
