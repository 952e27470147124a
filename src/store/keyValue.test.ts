import { afterEach, describe, expect, it, vi } from 'vitest';
import { browserKeyValue, storageProblem } from './keyValue.ts';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('the browser’s database', () => {
  it('is given up where it never answers, so that the page opens without it', async () => {
    vi.useFakeTimers();
    vi.stubGlobal('indexedDB', { open: () => ({}) });
    const answer = browserKeyValue().get(['a']);
    const refused = expect(answer).rejects.toThrow('does not answer');
    await vi.advanceTimersByTimeAsync(2500);
    await refused;
  });

  it('tells a full disk from a forbidden one', () => {
    expect(storageProblem(new DOMException('', 'QuotaExceededError'), 7)).toEqual({
      code: 'storage-full',
      values: { bytes: 7 },
    });
    expect(storageProblem(new DOMException('', 'TimeoutError'), 7).code).toBe('storage-denied');
  });
});
