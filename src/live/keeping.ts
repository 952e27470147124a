/**
 * Where a session's work is kept between visits: in this browser, for the page itself; nowhere, for a figure in somebody else's page,
 * which must neither read nor change what a person has been at here; and nowhere for a figure inside of the page, which reads the
 * person's files and changes nothing of theirs.
 */
import { type BlobStore, hashOfBlobKey } from '../store/blobs.ts';
import { type History, startHistory } from '../store/history.ts';
import { browserKeyValue, type KeyValue, memoryKeyValue, type StorageProblem } from '../store/keyValue.ts';
import { createLastWord } from '../store/lastWord.ts';
import { keepWorkspace, loadHistory } from '../store/persistence.ts';
import { browserTab, sessionStorageOrNone } from '../store/tab.ts';
import type { Workspace } from '../store/workspace.ts';
import type { WorkspaceStore } from '../store/workspaceStore.ts';

export interface Keeping {
  /** Where photos and edited filters lie. */
  readonly keyValue: KeyValue;
  /** What this tab was at; null for a first visit, and where nothing is kept. Rejects as `loadHistory` does. */
  restore(): Promise<History | null>;
  /** Saves the store's changes from now on, until the returned function is called. */
  keep(store: WorkspaceStore, blobs: BlobStore, onProblem: (problem: StorageProblem) => void): () => void;
  /** A link that has been opened leaves the address, since what became of it is kept. */
  readonly outlivesReload: boolean;
}

/** One record per tab in IndexedDB (`store/persistence.ts`). Claims a tab. */
export function keepInBrowser(): Keeping {
  const keyValue = browserKeyValue();
  const [tab, releaseTab] = browserTab();
  const lastWord = createLastWord(sessionStorageOrNone());
  return {
    keyValue,
    restore: () => loadHistory(tab, keyValue, lastWord),
    keep(store, blobs, onProblem) {
      const page = { document, window };
      const keeper = keepWorkspace({ tab, store, blobs, keyValue, lastWord, onProblem, page });
      return () => {
        keeper.stop();
        releaseTab();
      };
    },
    outlivesReload: true,
  };
}

/** In memory, until the page is closed. */
export function keepNowhere(): Keeping {
  return {
    keyValue: memoryKeyValue(),
    restore: async () => null,
    keep: () => () => undefined,
    outlivesReload: false,
  };
}

/** In memory as long as the figure lives; it begins with `initial`, and finds the files of the session that it stands in. */
export function keepBeside(files: Pick<BlobStore, 'get'>, initial: Workspace): Keeping {
  const own = memoryKeyValue();
  const lookUp = async (key: string, found: unknown): Promise<unknown> => {
    const hash = hashOfBlobKey(key);
    return found ?? (hash === null ? undefined : files.get(hash));
  };
  return {
    ...keepNowhere(),
    keyValue: {
      ...own,
      get: async (keys) => {
        const found = await own.get(keys);
        return Promise.all(keys.map((key, at) => lookUp(key, found[at])));
      },
    },
    restore: async () => startHistory(initial),
  };
}
