/**
 * The blob store: photos, painting and edited filters, each once, named by the SHA-256 of their bytes. What has been put or read is
 * at hand at once (`peek`), so a change of state never waits; the database follows behind. When the database fails, the copy in
 * memory goes on working and `onProblem` says so.
 *
 * What nothing names any more is removed by `sweep` at the start of a page. Its marks are the hashes in every tab's saved record
 * (`persistence.ts`). A tab may hold a blob that its record does not name yet, so a blob put or put again within a day stays, and
 * the test of its age and its removal are one transaction. A tab that slept longer writes back what it misses (`keep`).
 */
import { sha256 } from '../math/sha256.ts';
import { type KeyValue, type StorageProblem, storageProblem } from './keyValue.ts';
import type { BlobHash } from './workspace.ts';

/** Unnamed blobs younger than this are left alone. */
export const sweepAfterMs = 24 * 60 * 60 * 1000;

export interface BlobStore {
  /** Holds a few kilobytes in memory and names them at once; `keep` writes them when a saved record names them. */
  putNow(bytes: Uint8Array): BlobHash;
  /** Holds a file's bytes and writes them; hashes them off the main thread where the browser can. Never rejects. */
  put(bytes: Uint8Array): Promise<BlobHash>;
  /** The bytes, if they were put or read since the page was opened. Not to be written to. */
  peek(hash: BlobHash): Uint8Array | undefined;
  /** The bytes, from memory or the database; undefined when they are in neither. Never rejects. */
  get(hash: BlobHash): Promise<Uint8Array | undefined>;
  /** Reads many into memory, so that `peek` finds them. */
  load(hashes: Iterable<BlobHash>): Promise<void>;
  /**
   * Writes those of the hashes that memory holds and the database does not. `recheck` asks the database which it has: after a long
   * sleep, another tab may have swept it.
   */
  keep(hashes: Iterable<BlobHash>, recheck?: boolean): Promise<void>;
  /** Removes blobs that are not marked and older than a day; returns how many. */
  sweep(marked: ReadonlySet<BlobHash>): Promise<number>;
  /** Settles when everything put so far is in the database or has failed. */
  settled(): Promise<void>;
}

export interface BlobStoreOptions {
  readonly keyValue: KeyValue;
  readonly onProblem: (problem: StorageProblem) => void;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

const blobPrefix = 'blob/';
const blobKey = (hash: BlobHash) => `${blobPrefix}${hash}`;
const timeKey = (hash: BlobHash) => `time/${hash}`;

/** The hash of the blob that lies under a key; null where the key is of something else. */
export function hashOfBlobKey(key: string): BlobHash | null {
  return key.startsWith(blobPrefix) ? key.slice(blobPrefix.length) : null;
}

export function createBlobStore({ keyValue, onProblem, now = Date.now }: BlobStoreOptions): BlobStore {
  const memory = new Map<BlobHash, Uint8Array>();
  const stored = new Set<BlobHash>();
  const reported = new Set<BlobHash>();
  const writing = new Set<Promise<void>>();

  const write = (hash: BlobHash): void => {
    const bytes = memory.get(hash);
    if (!bytes) return;
    stored.add(hash);
    const done: Promise<void> = keyValue
      .set([
        [blobKey(hash), bytes],
        [timeKey(hash), now()],
      ])
      .catch((reason) => {
        // Tried again at the next save, but said only once.
        stored.delete(hash);
        if (!reported.has(hash)) onProblem(storageProblem(reason, bytes.length));
        reported.add(hash);
      })
      .finally(() => writing.delete(done));
    writing.add(done);
  };
  const remember = (hash: BlobHash, bytes: Uint8Array): BlobHash => {
    // A copy: the caller's buffer may be written to, or be a window on a large one.
    if (!memory.has(hash)) memory.set(hash, bytes.slice());
    return hash;
  };

  const store: BlobStore = {
    putNow: (bytes) => remember(sha256(bytes), bytes),
    put: async (bytes) => {
      const copy = bytes.slice();
      const hash = await digest(copy);
      if (!memory.has(hash)) memory.set(hash, copy);
      // Written even if it was before: a new date keeps it from a sweep until a record names it.
      write(hash);
      return hash;
    },
    peek: (hash) => memory.get(hash),
    get: async (hash) => {
      await store.load([hash]);
      return memory.get(hash);
    },
    load: async (hashes) => {
      const missing = [...new Set(hashes)].filter((hash) => !memory.has(hash));
      if (missing.length === 0) return;
      const found = await keyValue.get(missing.map(blobKey)).catch(() => []);
      missing.forEach((hash, i) => {
        const bytes = found[i];
        if (!(bytes instanceof Uint8Array)) return;
        memory.set(hash, bytes);
        stored.add(hash);
      });
    },
    keep: async (hashes, recheck = false) => {
      if (recheck) {
        const present = new Set(await keyValue.keys().catch(() => []));
        for (const hash of stored) if (!present.has(blobKey(hash))) stored.delete(hash);
      }
      for (const hash of new Set(hashes)) if (!stored.has(hash)) write(hash);
      await store.settled();
    },
    sweep: async (marked) => {
      const isOld = (time: unknown) => typeof time !== 'number' || now() - time > sweepAfterMs;
      let removed = 0;
      for (const key of await keyValue.keys()) {
        const hash = key.startsWith('blob/') ? key.slice('blob/'.length) : undefined;
        if (hash === undefined || marked.has(hash) || memory.has(hash)) continue;
        if (await keyValue.removeIf(timeKey(hash), isOld, [blobKey(hash), timeKey(hash)])) removed++;
      }
      return removed;
    },
    settled: async () => {
      while (writing.size > 0) await Promise.all(writing);
    },
  };
  return store;
}

/** Asks the browser not to throw the database away when the disk is short; true when it agrees. Ask at the first upload. */
export async function requestPersistence(): Promise<boolean> {
  try {
    return (await navigator.storage?.persist?.()) ?? false;
  } catch {
    return false;
  }
}

async function digest(bytes: Uint8Array<ArrayBuffer>): Promise<BlobHash> {
  // Absent on pages that are not secure (plain http from another machine).
  const subtle = globalThis.crypto?.subtle;
  if (!subtle) return sha256(bytes);
  const digest = new Uint8Array(await subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
