import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { Engine, RunRequest, TuningTable } from '../../engine/engine.ts';
import { firstResults, type Output, type ResultsState } from '../results.ts';
import { createTuningDesk } from './tuningDesk.ts';
import { deviceKey, recall, remember } from './tuningMemory.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function memory() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => kept.set(key, text),
  };
}

const output = (name: string) => ({ graph: { nodes: [], name }, parameters: {}, inputs: {} }) as unknown as Output;

/** An engine whose tuning lasts until the test ends it, or until it is told to stop. */
function setUp(storage = memory()) {
  const tunings: {
    readonly request: RunRequest;
    readonly signal: AbortSignal;
    finish(changed: readonly string[]): void;
  }[] = [];
  const restored: TuningTable[] = [];
  const tuner = {
    table: { 'a problem': 'dense P4C16' },
    restore: (table: TuningTable) => restored.push(table),
    tune: (request: RunRequest, signal: AbortSignal) =>
      new Promise<readonly string[]>((finish, reject) => {
        tunings.push({ request, signal, finish });
        signal.addEventListener('abort', () => reject(signal.reason));
      }),
  };
  const engine = { description: { device: 'A GPU' }, tuner: async () => tuner } as unknown as Engine;
  const shown = output('first');
  const results = createStore<ResultsState>(() => ({
    ...firstResults,
    running: engine,
    output: shown,
    finished: shown,
  }));
  const onTuned = vi.fn();
  const desk = createTuningDesk({ results, engine, storage, userAgent: 'Chrome/150.0.1', onTuned });
  const timed = () => results.setState({ timing: { ms: 1, method: 'timestamp-query', runs: 3 } });
  return { tunings, restored, results, onTuned, desk, timed, storage, shown };
}

const seconds = (count: number) => vi.advanceTimersByTimeAsync(count * 1000);

describe('tuning', () => {
  it('begins when the maps have been timed and all has been still for two seconds', async () => {
    const { tunings, timed, shown } = setUp();
    await seconds(5);
    expect(tunings).toHaveLength(0);
    timed();
    await seconds(1.9);
    expect(tunings).toHaveLength(0);
    await seconds(0.2);
    expect(tunings.map(({ request }) => request.graph)).toEqual([shown.graph]);
  });

  it('ends with whatever the person does, and begins again', async () => {
    const { tunings, timed, results } = setUp();
    timed();
    await seconds(3);
    results.setState({ busy: true });
    expect(tunings[0]!.signal.aborted).toBe(true);
    const next = output('second');
    results.setState({ busy: false, output: next, finished: next });
    await seconds(3);
    expect(tunings.map(({ request }) => request.graph)).toHaveLength(2);
  });

  it('says when programs have changed, keeps what it found, and looks at a graph once', async () => {
    const { tunings, timed, results, onTuned, storage } = setUp();
    timed();
    await seconds(3);
    tunings[0]!.finish(['conv']);
    await seconds(0);
    expect(onTuned).toHaveBeenCalledOnce();
    expect(recall(storage, deviceKey('A GPU', 'Chrome/150.0.1'))).toEqual({ 'a problem': 'dense P4C16' });
    results.setState({ timing: { ms: 0.5, method: 'timestamp-query', runs: 3 } });
    await seconds(9);
    expect(tunings).toHaveLength(1);
  });

  it('takes back what an earlier visit found', async () => {
    const first = setUp();
    first.timed();
    await seconds(3);
    first.tunings[0]!.finish([]);
    await seconds(0);
    expect(first.onTuned).not.toHaveBeenCalled();
    const { restored } = setUp(first.storage);
    await seconds(0);
    expect(restored).toEqual([{ 'a problem': 'dense P4C16' }]);
  });

  it('is over when the desk is', async () => {
    const { tunings, timed, desk } = setUp();
    timed();
    await seconds(3);
    desk.dispose();
    expect(tunings[0]!.signal.aborted).toBe(true);
  });
});

describe('the memory of tuning', () => {
  it('goes by device and version of the browser', () => {
    expect(deviceKey('Apple M3', 'Mozilla/5.0 AppleWebKit/605.1 Version/26.0 Safari/605.1')).toBe(
      'Apple M3 Version/26',
    );
    expect(deviceKey('Apple M3', 'Mozilla/5.0 Chrome/150.0.0.0 Safari/537.36')).toBe('Apple M3 Chrome/150');
  });

  it('adds to what another tab has found, and reads nothing out of anything else', () => {
    const storage = memory();
    remember(storage, 'd', { a: 'x' });
    remember(storage, 'd', { b: 'y' });
    expect(recall(storage, 'd')).toEqual({ a: 'x', b: 'y' });
    for (const text of ['', '[1]', '7', '{"a":3}', 'null']) {
      storage.setItem('convscope.tuning.e', text);
      expect(recall(storage, 'e')).toEqual({});
    }
    expect(recall(null, 'd')).toEqual({});
  });
});
