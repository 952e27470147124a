/**
 * What a page says as it is left, when the database has not confirmed its latest record: a write that is queued there can be lost with
 * the page, above all while another tab writes. sessionStorage takes it at once and hands it to the reload.
 */
import { fieldsOf } from './fields.ts';

export interface LastWord {
  /** Keeps the record of tab `id`, in place of an earlier one. */
  say(id: string, record: unknown): void;
  /** What was said for tab `id`, or null. */
  heard(id: string): unknown;
  forget(): void;
}

const key = 'convscope.last';

export function createLastWord(storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>): LastWord {
  return {
    say: (id, record) => {
      try {
        storage.setItem(key, JSON.stringify({ id, record }));
      } catch {
        // Full or forbidden: the database alone has to do.
      }
    },
    heard: (id) => {
      try {
        const said = fieldsOf(JSON.parse(storage.getItem(key) ?? 'null'));
        return said?.id === id ? (said.record ?? null) : null;
      } catch {
        return null;
      }
    },
    forget: () => {
      try {
        storage.removeItem(key);
      } catch {
        // It could not be written either.
      }
    },
  };
}
