import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createBlobStore } from './blobs.ts';
import { focusedConv, focusedWeights } from './changes.ts';
import { defaultWorkspace } from './defaultWorkspace.ts';
import { type KeyValue, memoryKeyValue, type StorageProblem } from './keyValue.ts';
import { createLastWord, type LastWord } from './lastWord.ts';
import { forgetAfterMs, keepWorkspace, loadHistory, saveDelayMs } from './persistence.ts';
import { claimTab, type Tab, type TabPage } from './tab.ts';
import { createWorkspaceStore } from './workspaceStore.ts';

let keyValue: KeyValue;
let lastWord: LastWord;
let time: number;

beforeEach(() => {
  keyValue = memoryKeyValue();
  const items = new Map<string, string>();
  lastWord = createLastWord({
    getItem: (name) => items.get(name) ?? null,
    setItem: (name, value) => void items.set(name, value),
    removeItem: (name) => void items.delete(name),
  });
  time = 1_000_000_000_000;
});

/** A page of one tab, from what was saved. */
async function visit(tab: Tab) {
  const problems: StorageProblem[] = [];
  const onProblem = (problem: StorageProblem) => void problems.push(problem);
  const now = () => time;
  const blobs = createBlobStore({ keyValue, onProblem, now });
  const loaded = await loadHistory(tab, keyValue, lastWord);
  const store = createWorkspaceStore({
    initial: loaded?.present ?? defaultWorkspace(),
    past: loaded?.past ?? [],
    future: loaded?.future ?? [],
    blobs,
    inputSize: () => [300, 451],
    now,
  });
  const window = new EventTarget();
  const page = { document: new EventTarget(), window };
  const keeper = keepWorkspace({ tab, store, blobs, keyValue, lastWord, onProblem, now, page });
  await keeper.flush();
  return { store, blobs, keeper, problems, page, actions: store.getState() };
}

const first: Tab = { id: 'first', startsFrom: null };
const firstAgain: Tab = { id: 'first', startsFrom: 'first' };
const strideOf = (visited: { readonly store: ReturnType<typeof createWorkspaceStore> }) =>
  focusedConv(visited.store.getState().workspace).stride[0];

describe('keeping a workspace', () => {
  it('brings back the state, undo, redo and edited filters after a reload', async () => {
    const before = await visit(first);
    before.actions.setConv({ stride: [2, 2] });
    before.actions.editFilter(0, new Float32Array(27).fill(0.25), 'drag');
    before.actions.setActivation('relu');
    before.actions.undo();
    await before.keeper.flush();

    const after = await visit(firstAgain);
    expect(after.store.getState().workspace).toEqual(before.store.getState().workspace);
    const recipe = focusedWeights(after.store.getState().workspace).filters[0]?.recipe;
    const bytes = recipe?.kind === 'custom' ? await after.blobs.get(recipe.hash) : undefined;
    expect(new Float32Array(bytes?.slice().buffer ?? new ArrayBuffer())).toEqual(new Float32Array(27).fill(0.25));
    after.actions.redo();
    expect(after.store.getState().canRedo).toBe(false);
    for (let steps = 0; steps < 3; steps++) after.actions.undo();
    expect(after.store.getState().workspace).toEqual(defaultWorkspace());
    expect(after.store.getState().canUndo).toBe(false);
  });

  it('saves soon after a change', async () => {
    vi.useFakeTimers();
    try {
      const before = await visit(first);
      before.actions.setConv({ stride: [3, 3] });
      await vi.advanceTimersByTimeAsync(saveDelayMs);
      expect(strideOf(await visit(firstAgain))).toBe(3);
    } finally {
      vi.useRealTimers();
    }
  });

  it('saves at once when the page is left or hidden', async () => {
    const before = await visit(first);
    before.actions.setConv({ stride: [4, 4] });
    before.page.window.dispatchEvent(new Event('pagehide'));
    expect(strideOf(await visit(firstAgain))).toBe(4);
    before.actions.setConv({ stride: [5, 5] });
    before.page.document.dispatchEvent(new Event('visibilitychange'));
    expect(strideOf(await visit(firstAgain))).toBe(5);
  });

  it('loses no change to a database that never answers the page that is left', async () => {
    const before = await visit(first);
    before.actions.setConv({ stride: [3, 3] });
    await before.keeper.flush();
    const { set } = keyValue;
    keyValue.set = () => new Promise(() => undefined);
    time += 5000;
    before.actions.setConv({ stride: [4, 4] });
    before.page.window.dispatchEvent(new Event('pagehide'));
    keyValue.set = set;
    const after = await visit(firstAgain);
    expect(strideOf(after)).toBe(4);
    after.actions.undo();
    expect(strideOf(after)).toBe(3);
    // Once the database has taken it, the word is forgotten; a later record is newer than one said before it.
    time += 5000;
    after.actions.setConv({ stride: [5, 5] });
    await after.keeper.flush();
    expect(lastWord.heard('first')).toBeNull();
    expect(strideOf(await visit(firstAgain))).toBe(5);
  });

  it('saves the view too', async () => {
    const before = await visit(first);
    before.actions.setView({ sort: 'sparsity' });
    await before.keeper.flush();
    expect((await visit(firstAgain)).store.getState().workspace.view.sort).toBe('sparsity');
  });

  it('says once that the storage is full, and goes on', async () => {
    const visited = await visit(first);
    const { set } = keyValue;
    keyValue.set = () => Promise.reject(new DOMException('no room', 'QuotaExceededError'));
    for (const stride of [2, 3]) {
      visited.actions.setConv({ stride: [stride, stride] });
      await visited.keeper.flush();
    }
    expect(visited.problems).toEqual([{ code: 'storage-full', values: { bytes: 0 } }]);
    keyValue.set = set;
    await visited.keeper.flush();
    expect(strideOf(await visit(firstAgain))).toBe(3);
  });

  it('starts with the default where nothing can be read', async () => {
    keyValue.get = () => Promise.reject(new Error('denied'));
    keyValue.keys = () => Promise.reject(new Error('denied'));
    expect((await visit(first)).store.getState().workspace).toEqual(defaultWorkspace());
  });
});

describe('tabs', () => {
  it('each have a workspace of their own; a new one starts from what was saved last', async () => {
    const one = await visit(first);
    one.actions.setConv({ stride: [2, 2] });
    await one.keeper.flush();
    time += 1000;
    const two = await visit({ id: 'second', startsFrom: null });
    expect(strideOf(two)).toBe(2);
    two.actions.setConv({ stride: [7, 7] });
    await two.keeper.flush();
    expect(strideOf(await visit(firstAgain))).toBe(2);
    expect(strideOf(await visit({ id: 'second', startsFrom: 'second' }))).toBe(7);
  });

  it('that are gone for 30 days are forgotten with their photos, except the one saved last', async () => {
    const one = await visit(first);
    const photo = await one.blobs.put(Uint8Array.of(1));
    one.actions.setInput({ photo: { kind: 'file', hash: photo, name: 'one.png' } });
    await one.keeper.flush();
    time += 1000;
    const two = await visit({ id: 'second', startsFrom: 'second' });
    const other = await two.blobs.put(Uint8Array.of(2));
    two.actions.setInput({ photo: { kind: 'file', hash: other, name: 'two.png' } });
    two.actions.setActivation('abs');
    await two.keeper.flush();

    time += forgetAfterMs + 1;
    const three = await visit({ id: 'third', startsFrom: null });
    expect(three.store.getState().workspace).toEqual(two.store.getState().workspace);
    expect(await keyValue.get(['tab/first'])).toEqual([undefined]);
    expect(await three.blobs.get(other)).toEqual(Uint8Array.of(2));
  });

  it('keep a photo that only their undo still names', async () => {
    const one = await visit(first);
    const photo = await one.blobs.put(Uint8Array.of(1));
    one.actions.setInput({ photo: { kind: 'file', hash: photo, name: 'one.png' } });
    one.actions.undo();
    await one.keeper.flush();
    time += 10 * 24 * 60 * 60 * 1000;
    const two = await visit({ id: 'second', startsFrom: 'none' });
    expect(await two.blobs.get(photo)).toEqual(Uint8Array.of(1));
  });

  it('that stay open are not forgotten: they sign again when they come to the front', async () => {
    const one = await visit(first);
    one.actions.setConv({ stride: [2, 2] });
    await one.keeper.flush();
    const two = await visit({ id: 'second', startsFrom: null });
    two.actions.setConv({ stride: [3, 3] });
    await two.keeper.flush();
    time += forgetAfterMs - 1000;
    one.page.document.dispatchEvent(new Event('visibilitychange'));
    time += 2000;
    await visit({ id: 'third', startsFrom: null });
    expect(strideOf(await visit(firstAgain))).toBe(2);
  });
});

describe('the id of a tab', () => {
  function tabPage(items: Map<string, string>, id: string): TabPage & { readonly events: EventTarget } {
    return {
      storage: { getItem: (key) => items.get(key) ?? null, setItem: (key, value) => void items.set(key, value) },
      events: new EventTarget(),
      newId: () => id,
    };
  }

  it('survives a reload', () => {
    const items = new Map<string, string>();
    const page = tabPage(items, 'a');
    expect(claimTab(page)[0]).toEqual({ id: 'a', startsFrom: null });
    page.events.dispatchEvent(new Event('pagehide'));
    expect(claimTab(tabPage(items, 'b'))[0]).toEqual({ id: 'a', startsFrom: 'a' });
  });

  it('is a new one in a duplicated tab, which starts from a copy', () => {
    const items = new Map<string, string>();
    claimTab(tabPage(items, 'a'));
    expect(claimTab(tabPage(new Map(items), 'b'))[0]).toEqual({ id: 'b', startsFrom: 'a' });
  });

  it('is held again by a page that comes back', () => {
    const items = new Map<string, string>();
    const page = tabPage(items, 'a');
    claimTab(page);
    page.events.dispatchEvent(new Event('pagehide'));
    page.events.dispatchEvent(new Event('pageshow'));
    expect(claimTab(tabPage(new Map(items), 'b'))[0].id).toBe('b');
  });

  it('is drawn for each page where session storage is forbidden', () => {
    const forbidden = () => {
      throw new DOMException('no', 'SecurityError');
    };
    const page: TabPage = { ...tabPage(new Map(), 'a'), storage: { getItem: forbidden, setItem: forbidden } };
    expect(claimTab(page)[0]).toEqual({ id: 'a', startsFrom: null });
  });
});
