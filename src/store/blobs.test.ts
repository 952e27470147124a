import { describe, expect, it } from 'vitest';
import { sha256 } from '../math/sha256.ts';
import { createBlobStore, sweepAfterMs } from './blobs.ts';
import { type KeyValue, memoryKeyValue, type StorageProblem } from './keyValue.ts';

const bytes = Uint8Array.of(1, 2, 3);
const other = Uint8Array.of(4, 5, 6, 7);

function page(keyValue: KeyValue, time = 0) {
  const problems: StorageProblem[] = [];
  const clock = { time };
  const blobs = createBlobStore({ keyValue, onProblem: (problem) => problems.push(problem), now: () => clock.time });
  return { blobs, problems, clock };
}

function full(keyValue: KeyValue): KeyValue & { free: boolean } {
  const limited = {
    ...keyValue,
    free: false,
    set: async (entries: Parameters<KeyValue['set']>[0]) => {
      if (!limited.free) throw new DOMException('no room', 'QuotaExceededError');
      await keyValue.set(entries);
    },
  };
  return limited;
}

describe('the blob store', () => {
  it('names bytes by their SHA-256, at once or after a moment', async () => {
    const { blobs } = page(memoryKeyValue());
    expect(blobs.putNow(bytes)).toBe(sha256(bytes));
    expect(await blobs.put(bytes)).toBe(sha256(bytes));
  });

  it('has at hand what was put, and keeps its own copy', () => {
    const { blobs } = page(memoryKeyValue());
    const mine = bytes.slice();
    const hash = blobs.putNow(mine);
    mine.fill(0);
    expect(blobs.peek(hash)).toEqual(bytes);
  });

  it('brings a file back after a reload', async () => {
    const keyValue = memoryKeyValue();
    const before = page(keyValue);
    const hash = await before.blobs.put(bytes);
    await before.blobs.settled();
    const after = page(keyValue);
    expect(after.blobs.peek(hash)).toBeUndefined();
    expect(await after.blobs.get(hash)).toEqual(bytes);
    expect(after.blobs.peek(hash)).toEqual(bytes);
    expect(await after.blobs.get('0'.repeat(64))).toBeUndefined();
  });

  it('writes small bytes only when a record names them', async () => {
    const keyValue = memoryKeyValue();
    const { blobs } = page(keyValue);
    const kept = blobs.putNow(bytes);
    blobs.putNow(other);
    await blobs.keep([kept]);
    expect((await keyValue.keys()).filter((key) => key.startsWith('blob/'))).toEqual([`blob/${kept}`]);
  });

  it('says once that the storage is full, goes on from memory, and writes when there is room', async () => {
    const keyValue = full(memoryKeyValue());
    const { blobs, problems } = page(keyValue);
    const hash = await blobs.put(bytes);
    await blobs.settled();
    expect(problems).toEqual([{ code: 'storage-full', values: { bytes: 3 } }]);
    expect(await blobs.get(hash)).toEqual(bytes);
    await blobs.keep([hash]);
    expect(problems).toHaveLength(1);
    keyValue.free = true;
    await blobs.keep([hash]);
    expect(await page(keyValue).blobs.get(hash)).toEqual(bytes);
  });

  it('says that storage is denied where there is none', async () => {
    const nowhere: KeyValue = {
      get: () => Promise.reject(new Error('denied')),
      set: () => Promise.reject(new Error('denied')),
      keys: () => Promise.reject(new Error('denied')),
      removeIf: () => Promise.reject(new Error('denied')),
    };
    const { blobs, problems } = page(nowhere);
    const hash = await blobs.put(bytes);
    await blobs.settled();
    expect(problems.map(({ code }) => code)).toEqual(['storage-denied']);
    expect(await blobs.get(hash)).toEqual(bytes);
    expect(await blobs.get('0'.repeat(64))).toBeUndefined();
  });
});

describe('the sweep', () => {
  it('removes what no record names and is older than a day', async () => {
    const keyValue = memoryKeyValue();
    const before = page(keyValue);
    const named = await before.blobs.put(bytes);
    const unnamed = await before.blobs.put(other);
    await before.blobs.settled();

    const soon = page(keyValue, sweepAfterMs);
    expect(await soon.blobs.sweep(new Set([named]))).toBe(0);
    const later = page(keyValue, sweepAfterMs + 1);
    expect(await later.blobs.sweep(new Set([named]))).toBe(1);
    expect(await later.blobs.get(named)).toEqual(bytes);
    expect(await later.blobs.get(unnamed)).toBeUndefined();
  });

  it('leaves what another tab has just put again', async () => {
    const keyValue = memoryKeyValue();
    const first = page(keyValue);
    const hash = await first.blobs.put(bytes);
    await first.blobs.settled();
    const second = page(keyValue, 2 * sweepAfterMs);
    await second.blobs.put(bytes);
    await second.blobs.settled();
    const third = page(keyValue, 2 * sweepAfterMs);
    expect(await third.blobs.sweep(new Set())).toBe(0);
    expect(await third.blobs.get(hash)).toEqual(bytes);
  });

  it('is mended by the tab that still needs what was swept', async () => {
    const keyValue = memoryKeyValue();
    const asleep = page(keyValue);
    const hash = await asleep.blobs.put(bytes);
    await asleep.blobs.settled();
    await page(keyValue, 2 * sweepAfterMs).blobs.sweep(new Set());
    await asleep.blobs.keep([hash], true);
    expect(await page(keyValue).blobs.get(hash)).toEqual(bytes);
  });
});
