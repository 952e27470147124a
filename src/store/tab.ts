/**
 * Which tab this is. Each tab has a workspace of its own, and a reload must find it again. The id stands in sessionStorage, which
 * survives a reload; but a browser that duplicates a tab copies it too. So the id is marked as held while the page lives and released
 * when it is left: a page that finds it held is a duplicate (or follows a crash) and takes a new id, starting from a copy of the
 * holder's workspace. Web Locks would say the same, but not on plain http.
 */

export interface Tab {
  readonly id: string;
  /** The tab whose saved workspace this one starts from; null: the one saved last by any tab, if any. */
  readonly startsFrom: string | null;
}

/** What is used of the page, so that tests can play a reload. */
export interface TabPage {
  readonly storage: Pick<Storage, 'getItem' | 'setItem'>;
  readonly events: Pick<EventTarget, 'addEventListener' | 'removeEventListener'>;
  readonly newId: () => string;
}

const key = 'convscope.tab';

/** Claims an id for this page; the second value stops listening. */
export function claimTab(page: TabPage): readonly [tab: Tab, release: () => void] {
  const found = readMark(page.storage);
  const isFree = found !== null && !found.held;
  const id = isFree ? found.id : page.newId();
  const mark = (held: boolean): void => {
    try {
      page.storage.setItem(key, JSON.stringify({ id, held }));
    } catch {
      // Without session storage every page is a new tab, and starts from what was saved last.
    }
  };
  const leave = () => mark(false);
  // A page kept for the back button lives again.
  const comeBack = () => mark(true);
  mark(true);
  page.events.addEventListener('pagehide', leave);
  page.events.addEventListener('pageshow', comeBack);
  const release = () => {
    page.events.removeEventListener('pagehide', leave);
    page.events.removeEventListener('pageshow', comeBack);
    leave();
  };
  return [{ id, startsFrom: found?.id ?? null }, release];
}

export function browserTab(): readonly [tab: Tab, release: () => void] {
  return claimTab({ storage: sessionStorageOrNone(), events: window, newId: drawId });
}

function readMark(storage: TabPage['storage']): { readonly id: string; readonly held: boolean } | null {
  try {
    const mark: unknown = JSON.parse(storage.getItem(key) ?? 'null');
    if (typeof mark !== 'object' || mark === null || !('id' in mark) || !('held' in mark)) return null;
    return typeof mark.id === 'string' ? { id: mark.id, held: mark.held === true } : null;
  } catch {
    return null;
  }
}

/** The tab's own storage; where it is forbidden, one that keeps nothing. */
export function sessionStorageOrNone(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  try {
    return window.sessionStorage;
  } catch {
    return { getItem: () => null, setItem: () => undefined, removeItem: () => undefined };
  }
}

/** 128 random bits; `crypto.randomUUID` is missing on plain http. */
function drawId(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(4)), (word) => word.toString(36)).join('');
}
