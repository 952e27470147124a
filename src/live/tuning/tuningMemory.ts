/** What tuning has found, by device, over visits: a small text in localStorage for each, shared by all tabs. */
import type { TuningTable } from '../../engine/engine.ts';

/** What is used of the browser. */
export type TuningStorage = Pick<Storage, 'getItem' | 'setItem'>;

/** Null where the browser denies it. */
export function browserStorage(): TuningStorage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

const prefix = 'convscope.tuning.';
/** So many problems are remembered of a device, the newest. */
const mostProblems = 400;

/** A device as far as the browser tells devices apart; another version of the browser compiles shaders anew. */
export function deviceKey(device: string, userAgent: string): string {
  const browser = /(?:Chrome|Firefox|Version)\/\d+/.exec(userAgent)?.[0] ?? '';
  return `${device} ${browser}`.trim();
}

/** Empty where nothing is known, or what stands there is no table. */
export function recall(storage: TuningStorage | null, key: string): TuningTable {
  try {
    const value: unknown = JSON.parse(storage?.getItem(prefix + key) ?? '{}');
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
    return Object.fromEntries(Object.entries(value).filter(([, label]) => typeof label === 'string'));
  } catch {
    return {};
  }
}

/** What another tab has found meanwhile stays. */
export function remember(storage: TuningStorage | null, key: string, table: TuningTable): void {
  const all = { ...recall(storage, key), ...table };
  try {
    storage?.setItem(prefix + key, JSON.stringify(Object.fromEntries(Object.entries(all).slice(-mostProblems))));
  } catch {
    // Storage that is full or denied: the next visit measures again.
  }
}
