/**
 * The little that the store asks of a database, so that tests can give it a map and a browser its IndexedDB. Every promise may
 * reject; `storageProblem` says what a rejection means.
 */
import { getMany, keys, promisifyRequest, type UseStore } from 'idb-keyval';

export interface KeyValue {
  get(keys: readonly string[]): Promise<readonly unknown[]>;
  /** Writes all entries or none. */
  set(entries: readonly (readonly [key: string, value: unknown])[]): Promise<void>;
  keys(): Promise<readonly string[]>;
  /** Removes `removed` if the value now at `key` passes the test; no other writer comes between. */
  removeIf(key: string, test: (value: unknown) => boolean, removed: readonly string[]): Promise<boolean>;
}

/** Why something could not be kept. Work goes on: it is in memory until the page is closed. */
export interface StorageProblem {
  readonly code: 'storage-full' | 'storage-denied';
  readonly values: Readonly<Record<string, number | string>>;
}

/** What a failed write of `bytes` bytes means. */
export function storageProblem(reason: unknown, bytes: number): StorageProblem {
  const name = reason instanceof Error || reason instanceof DOMException ? reason.name : '';
  // Firefox reports a full disk under its own name.
  const isFull = name === 'QuotaExceededError' || name === 'NS_ERROR_DOM_QUOTA_REACHED';
  return { code: isFull ? 'storage-full' : 'storage-denied', values: { bytes } };
}

/** A database that has not opened after this long is taken for none: some browsers never answer when theirs is broken. */
const patienceMs = 2500;

/** Rejects where `promise` has not settled in time. */
function soon<T>(promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new DOMException('The database does not answer.', 'TimeoutError')),
      patienceMs,
    );
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** The browser's IndexedDB. Where it is missing or forbidden (some private windows) every call rejects. */
export function browserKeyValue(database = 'convscope'): KeyValue {
  const store = itemsOf(database);
  return {
    get: async (wanted) => getMany<unknown>([...wanted], store),
    set: async (entries) =>
      store('readwrite', (items) => {
        for (const [key, value] of entries) items.put(value, key);
        // Without this the transaction waits for answers that a page being left does not live to hear, and is lost.
        items.transaction.commit();
        return promisifyRequest(items.transaction);
      }),
    keys: async () => (await keys<IDBValidKey>(store)).filter((key) => typeof key === 'string'),
    removeIf: async (key, test, removed) =>
      store('readwrite', (items) => {
        const request = items.get(key);
        let passed = false;
        request.onsuccess = () => {
          passed = test(request.result);
          if (passed) for (const each of removed) items.delete(each);
        };
        return promisifyRequest(items.transaction).then(() => passed);
      }),
  };
}

/**
 * The one object store of a database. Once the database is open a transaction begins before the call returns: a page that is being
 * left gets no later moment (idb-keyval's own `createStore` always waits for one).
 */
function itemsOf(database: string): UseStore {
  let opened: IDBDatabase | null = null;
  let opening: Promise<IDBDatabase> | null = null;
  const forget = () => {
    opened?.close();
    opened = null;
    opening = null;
  };
  const open = async (): Promise<IDBDatabase> => {
    const request = indexedDB.open(database);
    request.onupgradeneeded = () => request.result.createObjectStore('items');
    opened = await promisifyRequest(request);
    // Closed by the browser (storage cleared), or in the way of a newer page: the next call opens it again.
    opened.onclose = forget;
    opened.onversionchange = forget;
    return opened;
  };
  return async (mode, callback) => {
    if (!opened) {
      opening ??= soon(open());
      opening.catch(forget);
    }
    const items = (opened ?? (await opening!)).transaction('items', mode).objectStore('items');
    return callback(items);
  };
}

/** A map that behaves as a database: for pages without one, and for tests. */
export function memoryKeyValue(): KeyValue {
  const items = new Map<string, unknown>();
  return {
    get: async (wanted) => wanted.map((key) => items.get(key)),
    set: async (entries) => {
      for (const [key, value] of entries) items.set(key, structuredClone(value));
    },
    keys: async () => [...items.keys()],
    removeIf: async (key, test, removed) => {
      const passed = test(items.get(key));
      if (passed) for (const each of removed) items.delete(each);
      return passed;
    },
  };
}
