/**
 * Keeping a workspace in the browser. Each tab saves one record, `tab/<id>`, soon after a change and at once when the page is left;
 * a reload reads it back with its undo steps. A new tab starts from the record saved last by any tab, so that closing the
 * browser loses nothing; a duplicated tab starts from a copy of its original. A page that is left before the database has confirmed its
 * record says it once more where it is taken at once (`lastWord.ts`).
 *
 * Records of tabs not seen for 30 days go, except the newest; then blobs that no record names go (`blobs.ts`). An open tab
 * signs its record again whenever it comes to the front, so it is not taken for gone.
 */
import type { BlobStore } from './blobs.ts';
import { fieldsOf, listOf, readNumber } from './fields.ts';
import { hashesOf } from './hashes.ts';
import { type History, type Step, startHistory } from './history.ts';
import { type KeyValue, type StorageProblem, storageProblem } from './keyValue.ts';
import type { LastWord } from './lastWord.ts';
import type { Tab } from './tab.ts';
import type { BlobHash } from './workspace.ts';
import type { WorkspaceStore } from './workspaceStore.ts';

/** A change is saved this long after it, or with a later one. */
export const saveDelayMs = 400;
/** Steps of undo and of redo that outlive a reload. */
export const savedSteps = 50;
/** Records of tabs not seen for this long are removed. */
export const forgetAfterMs = 30 * 24 * 60 * 60 * 1000;
/** An open tab signs its record again after this long, and sees to its blobs. */
const signAgainMs = 60 * 60 * 1000;

/** What one tab saves. */
interface TabRecord {
  /** When the workspace was last changed and when the tab was last seen, milliseconds since 1970. */
  readonly savedAt: number;
  readonly seenAt: number;
  /** The blobs that workspace and steps name. */
  readonly hashes: readonly BlobHash[];
  readonly workspace: unknown;
  readonly past: readonly unknown[];
  readonly future: readonly unknown[];
}

const tabKey = (id: string) => `tab/${id}`;

/**
 * What this tab was at, with its steps; null for the first visit or an unreadable record. Rejects only where the reader itself cannot be
 * loaded: a page that started without it would save a new workspace over the one that is there.
 */
export async function loadHistory(tab: Tab, keyValue: KeyValue, lastWord: LastWord): Promise<History | null> {
  const record = await recordToStartFrom(tab, keyValue, lastWord);
  return record && historyOf(record);
}

async function recordToStartFrom(tab: Tab, keyValue: KeyValue, lastWord: LastWord): Promise<TabRecord | null> {
  const said = tab.startsFrom === null ? null : recordOf(lastWord.heard(tab.startsFrom));
  try {
    const kept = tab.startsFrom === null ? null : recordOf((await keyValue.get([tabKey(tab.startsFrom)]))[0]);
    const own = said && said.savedAt >= (kept?.savedAt ?? 0) ? said : kept;
    if (own) return own;
    return (await readRecords(keyValue)).reduce<TabRecord | null>(
      (best, [, record]) => (best && best.savedAt >= record.savedAt ? best : record),
      null,
    );
  } catch {
    return said;
  }
}

export interface Keeper {
  /** Writes what is not written yet. Never rejects. */
  flush(): Promise<void>;
  stop(): void;
}

export interface KeeperOptions {
  readonly tab: Tab;
  readonly store: WorkspaceStore;
  readonly blobs: BlobStore;
  readonly keyValue: KeyValue;
  readonly lastWord: LastWord;
  readonly onProblem: (problem: StorageProblem) => void;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** Where 'visibilitychange' and 'pagehide' are heard. */
  readonly page?: { readonly document: EventTarget; readonly window: EventTarget };
}

/** Saves the store's changes from now on, and clears away what no tab needs any more. */
export function keepWorkspace(options: KeeperOptions): Keeper {
  const { tab, store, blobs, keyValue, lastWord, onProblem, now = Date.now, page } = options;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let saved: History | null = null;
  let confirmed: History | null = null;
  let savedAt = now();
  let seenAt = Number.NEGATIVE_INFINITY;
  let isFailing = false;

  // Everything is handed to the database before the first await: a page that is being left gets no further.
  const write = async (): Promise<void> => {
    const history = store.history();
    const isNew = history !== saved;
    const isLong = now() - seenAt > signAgainMs;
    if (!isNew && !isLong) return;
    if (isNew) savedAt = now();
    const record = recordFrom(history, savedAt, now());
    saved = history;
    // The record first: leaving the page may cut off what comes later, and a small record matters more than a large photo.
    const written = keyValue.set([[tabKey(tab.id), record]]);
    const kept = blobs.keep(record.hashes, isLong);
    try {
      await written;
      seenAt = record.seenAt;
      confirmed = history;
      // A word said meanwhile is about a later state.
      if (store.history() === history) lastWord.forget();
      isFailing = false;
    } catch (reason) {
      saved = null;
      if (!isFailing) onProblem(storageProblem(reason, 0));
      isFailing = true;
    }
    await kept;
  };
  const flush = (): Promise<void> => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    return write();
  };
  const flushSoon = (): void => {
    timer ??= setTimeout(flush, saveDelayMs);
  };
  const onLeave = () => {
    void flush();
    const history = store.history();
    if (history !== confirmed) lastWord.say(tab.id, recordFrom(history, savedAt, now()));
  };

  const unsubscribe = store.subscribe((state, former) => {
    if (state.workspace !== former.workspace) flushSoon();
  });
  page?.document.addEventListener('visibilitychange', onLeave);
  page?.window.addEventListener('pagehide', onLeave);
  // First its own record, so that the clearing finds its marks.
  const started = write().then(() => clearAway(keyValue, blobs, now(), tab.id));

  return {
    flush: async () => {
      await started;
      await flush();
      await blobs.settled();
    },
    stop: () => {
      unsubscribe();
      if (timer !== null) clearTimeout(timer);
      page?.document.removeEventListener('visibilitychange', onLeave);
      page?.window.removeEventListener('pagehide', onLeave);
    },
  };
}

/** Removes the records of tabs long gone, then the blobs that no record names. */
async function clearAway(keyValue: KeyValue, blobs: BlobStore, time: number, own: string): Promise<void> {
  try {
    const isGone = (value: unknown) => time - (recordOf(value)?.seenAt ?? 0) > forgetAfterMs;
    const records = await readRecords(keyValue);
    const newest = Math.max(...records.map(([, record]) => record.savedAt));
    const marked = new Set<BlobHash>();
    for (const [id, record] of records) {
      const isKept = id === own || record.savedAt === newest;
      if (!isKept && isGone(record) && (await keyValue.removeIf(tabKey(id), isGone, [tabKey(id)]))) continue;
      for (const hash of record.hashes) marked.add(hash);
    }
    await blobs.sweep(marked);
  } catch {
    // What could not be cleared now is cleared at the next start.
  }
}

function recordFrom(history: History, savedAt: number, seenAt: number): TabRecord {
  const past = history.past.slice(-savedSteps);
  const future = history.future.slice(-savedSteps);
  const named = [history.present, ...past.map((step) => step.workspace), ...future.map((step) => step.workspace)];
  const hashes = new Set(named.flatMap((workspace) => [...hashesOf(workspace)]));
  return { savedAt, seenAt, hashes: [...hashes], workspace: history.present, past, future };
}

async function readRecords(keyValue: KeyValue): Promise<readonly (readonly [id: string, record: TabRecord])[]> {
  const keys = (await keyValue.keys()).filter((key) => key.startsWith('tab/'));
  const values = await keyValue.get(keys);
  return keys.flatMap((key, i) => {
    const record = recordOf(values[i]);
    return record ? [[key.slice('tab/'.length), record] as const] : [];
  });
}

function recordOf(value: unknown): TabRecord | null {
  const fields = fieldsOf(value);
  if (!fields) return null;
  const time = (name: string) => readNumber(fields[name], 0, Number.MAX_SAFE_INTEGER, 0);
  return {
    savedAt: time('savedAt'),
    seenAt: time('seenAt'),
    hashes: listOf(fields.hashes).filter((hash) => typeof hash === 'string'),
    workspace: fields.workspace,
    past: listOf(fields.past),
    future: listOf(fields.future),
  };
}

/** A first visit has nothing to read: the reader comes with the first record. */
async function historyOf(record: TabRecord): Promise<History | null> {
  const { parseWorkspace } = await import('./parse/parseWorkspace.ts');
  const stepsOf = (values: readonly unknown[]): readonly Step[] =>
    values.flatMap((value) => {
      const workspace = parseWorkspace(fieldsOf(value)?.workspace);
      return workspace.ok ? [{ workspace: workspace.value, withView: fieldsOf(value)?.withView === true }] : [];
    });
  const present = parseWorkspace(record.workspace);
  return present.ok ? startHistory(present.value, stepsOf(record.past), stepsOf(record.future)) : null;
}
