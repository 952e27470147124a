/** What only a browser can show: the real IndexedDB, its transactions, the browser's own SHA-256, a page that is left. */
import { afterEach, describe, expect, it } from 'vitest';
import { sha256 } from '../math/sha256.ts';
import { createBlobStore, requestPersistence } from './blobs.ts';
import { defaultWorkspace } from './defaultWorkspace.ts';
import { browserKeyValue } from './keyValue.ts';
import { createLastWord } from './lastWord.ts';
import { keepWorkspace, loadHistory } from './persistence.ts';
import { browserTab } from './tab.ts';
import { createWorkspaceStore } from './workspaceStore.ts';

let databases = 0;
const used: string[] = [];

function freshDatabase(): string {
  const name = `convscope-test-${Date.now()}-${++databases}`;
  used.push(name);
  return name;
}

afterEach(() => {
  for (const name of used.splice(0)) indexedDB.deleteDatabase(name);
});

const noProblem = () => {
  throw new Error('no problem was expected');
};

describe('the database', () => {
  it('gives back what was written, lists it and removes it on condition', async () => {
    const keyValue = browserKeyValue(freshDatabase());
    await keyValue.set([
      ['a', 1],
      ['b', Uint8Array.of(1, 2)],
    ]);
    expect(await keyValue.get(['b', 'missing', 'a'])).toEqual([Uint8Array.of(1, 2), undefined, 1]);
    expect(await keyValue.keys()).toEqual(['a', 'b']);
    expect(await keyValue.removeIf('a', (value) => value === 2, ['a', 'b'])).toBe(false);
    expect(await keyValue.removeIf('a', (value) => value === 1, ['a', 'b'])).toBe(true);
    expect(await keyValue.keys()).toEqual([]);
  });

  it('keeps what is written while the page is left', async () => {
    const name = freshDatabase();
    const frame = document.createElement('iframe');
    const module = new URL('./keyValue.ts', import.meta.url).href;
    const ready = new Promise((resolve) => window.addEventListener('message', resolve, { once: true }));
    frame.srcdoc = `<script type="module">
      import { browserKeyValue } from ${JSON.stringify(module)};
      const keyValue = browserKeyValue(${JSON.stringify(name)});
      await keyValue.set([['before', 1]]);
      addEventListener('pagehide', () => keyValue.set([['leaving', 'a'.repeat(100000)], ['last', 2]]));
      parent.postMessage('ready', '*');
    </script>`;
    document.body.append(frame);
    await ready;
    frame.remove();
    expect(await browserKeyValue(name).get(['before', 'last'])).toEqual([1, 2]);
  });
});

describe('the blob store', () => {
  it('gives a photo the same name as the pure SHA-256 does, and finds it after a reload', async () => {
    const name = freshDatabase();
    const bytes = crypto.getRandomValues(new Uint8Array(60_000));
    const blobs = createBlobStore({ keyValue: browserKeyValue(name), onProblem: noProblem });
    const hash = await blobs.put(bytes);
    expect(hash).toBe(sha256(bytes));
    await blobs.settled();
    const again = createBlobStore({ keyValue: browserKeyValue(name), onProblem: noProblem });
    expect(await again.get(hash)).toEqual(bytes);
  });

  it('asks for persistence and takes either answer', async () => {
    expect(typeof (await requestPersistence())).toBe('boolean');
  });
});

describe('a workspace', () => {
  it('comes back after a reload with its undo and its edited filters', async () => {
    const name = freshDatabase();
    sessionStorage.removeItem('convscope.tab');
    const visit = async () => {
      const [tab, release] = browserTab();
      const keyValue = browserKeyValue(name);
      const blobs = createBlobStore({ keyValue, onProblem: noProblem });
      const lastWord = createLastWord(sessionStorage);
      const loaded = await loadHistory(tab, keyValue, lastWord);
      const store = createWorkspaceStore({
        initial: loaded?.present ?? defaultWorkspace(),
        past: loaded?.past ?? [],
        future: loaded?.future ?? [],
        blobs,
        inputSize: () => [300, 451],
      });
      const keeper = keepWorkspace({
        tab,
        store,
        blobs,
        keyValue,
        lastWord,
        onProblem: noProblem,
        page: { document, window },
      });
      return { tab, release, blobs, store, keeper };
    };
    const before = await visit();
    const values = Float32Array.from({ length: 27 }, (_, i) => i / 7);
    before.store.getState().editFilter(2, values, 'drag');
    before.store.getState().setConv({ stride: [2, 2] });
    await before.keeper.flush();
    before.keeper.stop();
    before.release();

    const after = await visit();
    expect(after.tab.id).toBe(before.tab.id);
    expect(after.store.getState().workspace).toEqual(before.store.getState().workspace);
    const bytes = await after.blobs.get(sha256(new Uint8Array(values.buffer)));
    expect(new Float32Array(bytes?.slice().buffer ?? new ArrayBuffer())).toEqual(values);
    after.store.getState().undo();
    after.store.getState().undo();
    expect(after.store.getState().workspace).toEqual(defaultWorkspace());
    after.keeper.stop();
    after.release();
  });
});
