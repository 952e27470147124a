import { afterEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { AlgorithmResult, Engine, Instruments } from '../../engine/engine.ts';
import { loadWords, setLanguage } from '../../i18n/index.ts';
import { type ComputedSession, createComputedSession } from '../explore/testing/computedSession.ts';
import { renderWithSession } from '../explore/testing/renderWithSession.tsx';
import { violations } from '../explore/testing/violations.ts';
import { preferences } from '../shell/preferences.ts';
import EnginePanel from './EnginePanel.tsx';

const algorithm = (label: string, ms: number, rest: Partial<AlgorithmResult> = {}): AlgorithmResult => ({
  label,
  ms,
  error: 2e-7,
  precision: 'exact',
  isExact: true,
  isRepeatable: true,
  isInUse: false,
  failure: null,
  ...rest,
});

const instruments: Instruments = {
  limits: { maxBufferSize: 268435456, subgroupMinSize: 4 },
  memory: () => ({ inUse: 3_000_000, idle: 1000, budget: 1_000_000_000 }),
  compileMs: () => 12,
  peak: async () => ({ gflops: 50, gigabytesPerSecond: 5, method: 'wall' }),
};

/** The CPU engine, telling of itself what a GPU's would. */
function asGpu(engine: Engine, compare: () => Promise<readonly AlgorithmResult[]>): Engine {
  const told = {
    description: { kind: 'webgpu', device: 'Test GPU', isFallback: false, features: ['timestamp-query'] },
    instruments: async () => instruments,
    peak: instruments.peak,
    tuner: async () => ({ table: {}, restore: () => undefined, compare, tune: async () => [] }),
  } as const;
  return new Proxy(engine, {
    get(target, name) {
      if (name in told) return told[name as keyof typeof told];
      const own = Reflect.get(target, name, target);
      return typeof own === 'function' ? own.bind(target) : own;
    },
  });
}

let computed: ComputedSession;

async function open(onClose = () => undefined, compare: (() => Promise<readonly AlgorithmResult[]>) | null = null) {
  computed = await createComputedSession([20, 30]);
  const { session, engine } = computed;
  if (compare) session.results.setState({ running: asGpu(engine, compare) });
  await renderWithSession(session, <span />);
  await loadWords('engine');
  await renderWithSession(session, <EnginePanel onClose={onClose} />);
  await expect.element(page.getByRole('table', { name: 'Operators of the network' })).toBeVisible();
}

afterEach(async () => {
  await setLanguage('en');
  computed.dispose();
});

/** The engine on the screen has f16, and its maps come from a fast run or an exact one. */
function withHalf(precision: 'exact' | 'fast'): void {
  const { running, output } = computed.session.results.getState();
  const description = { ...running!.description, features: ['shader-f16'] };
  const able = new Proxy(running!, {
    get: (target, name) => (name === 'description' ? description : Reflect.get(target, name, target)),
  });
  computed.session.results.setState({ running: able, output: { ...output!, precision } });
}

describe('the panel of what ran', () => {
  it('offers the fast mode where the device has f16 alone, off at first, says its bound and keeps the choice', async () => {
    await open(undefined, async () => []);
    expect(page.getByRole('switch').query()).toBeNull();
    withHalf('exact');
    const fast = page.getByRole('switch', { name: 'Fast mode: f16' });
    await expect.element(fast).not.toBeChecked();
    await expect.element(page.getByText(/bound on their error is 2e-3.*instead of 1e-5/)).toBeVisible();
    await fast.click();
    await expect.element(fast).toBeChecked();
    expect(preferences.getState().precision).toBe('fast');
    expect(await violations()).toEqual([]);
    // The maps of the fast run come: the same network is measured as it runs now.
    const run = vi.spyOn(computed.engine, 'run');
    withHalf('fast');
    await vi.waitFor(() => expect(run.mock.calls.some(([request]) => request.precision === 'fast')).toBe(true));
    preferences.getState().setPrecision('exact');
  });

  it('lists each operator with its program, time, work and rates; on the CPU engine without a peak', async () => {
    await open();
    const row = page.getByRole('row', { name: /Conv2d 3 → 9, 3 × 3/ });
    // 9 · 20 · 30 values of 27 multiply-adds.
    await expect.element(row).toHaveTextContent(/conv2d k3 s1.*ms.*146\s?k/);
    await expect.element(page.getByText('The CPU engine has no measured peak to compare with.')).toBeVisible();
    await expect.element(page.getByText(/computes each operator in one way/)).toBeVisible();
    expect(await violations()).toEqual([]);
  });

  it('draws the roofline of a GPU, and says the numbers of the point that has the focus', async () => {
    await open(undefined, async () => []);
    await expect.element(page.getByText('50.0 GFLOP/s · 5.00 GB/s')).toBeVisible();
    const point = page.getByRole('button', { name: /^1 Conv2d 3 → 9, 3 × 3: .* GFLOP\/s \(.* %\) at .* FLOP\/byte$/ });
    (point.element() as HTMLElement).focus();
    await expect.element(page.getByRole('figure', { name: 'Roofline' })).toHaveTextContent(/of \d.* GFLOP\/s \(\d/);
    expect(
      page
        .getByRole('row', { name: /Conv2d 3/ })
        .element()
        .hasAttribute('data-marked'),
    ).toBe(true);
    await page.getByText('Limits').click();
    await expect.element(page.getByText('268\u202f435\u202f456')).toBeVisible();
  });

  it('compares the algorithms of a convolution: time, error, bits, and what could not run', async () => {
    const compare = vi.fn(async () => [
      algorithm('window P4C16', 2, { isInUse: true }),
      algorithm('window P8C8', 1.5),
      algorithm('winograd', 1, { error: 3e-5, isExact: false, isRepeatable: false }),
      algorithm('dense P4C16', 0, { ms: null, failure: 'no room' }),
      algorithm('dense f16 P4C16', 1, { precision: 'fast', error: 4e-4, isExact: false }),
    ]);
    await open(undefined, compare);
    await page.getByRole('button', { name: 'Compare algorithms' }).click();
    const table = page.getByRole('table', { name: 'Algorithms' });
    await expect.element(table.getByRole('row', { name: /window P4C16/ })).toHaveTextContent(/in use.*2 ms.*same bits/);
    await expect
      .element(table.getByRole('row', { name: /winograd/ }))
      .toHaveTextContent(/beyond the bound.*other bits/);
    await expect.element(table.getByRole('row', { name: /dense P/ })).toHaveTextContent('no room');
    await expect.element(table.getByRole('row', { name: /f16/ })).toHaveTextContent(/fast mode only, bound 2e-3/);
    expect(await violations()).toEqual([]);
  });

  it('says why a measurement failed, and measures again', async () => {
    await open(undefined, async () => []);
    const run = vi.spyOn(computed.engine, 'run').mockRejectedValueOnce(new Error('device gone'));
    await page.getByRole('button', { name: 'Measure again' }).click();
    await expect.element(page.getByText('The measurement failed: device gone')).toBeVisible();
    run.mockRestore();
    await page.getByRole('button', { name: 'Measure again' }).click();
    await expect.element(page.getByRole('table', { name: 'Operators of the network' })).toBeVisible();
  });

  it('closes by Escape, and leaves no tensor behind', async () => {
    const onClose = vi.fn();
    await open(onClose);
    await userEvent.keyboard('{Escape}');
    await vi.waitFor(() => expect(onClose).toHaveBeenCalled());
    // The picture, and the maps with and without activation.
    expect(computed.engine.counters.liveTensors).toBe(3);
  });

  it('fits a phone in both languages: nothing is cut, and numbers keep the names of their columns', async () => {
    await page.viewport(390, 844);
    try {
      await open(undefined, async () => []);
      for (const language of ['en', 'ko'] as const) {
        await setLanguage(language);
        await expect
          .element(page.getByRole('button', { name: language === 'en' ? 'Save as JSON' : 'JSON으로 저장' }))
          .toBeVisible();
        const body = document.querySelector('.dialog-body')!;
        expect(body.scrollWidth).toBeLessThanOrEqual(body.clientWidth);
        const cell = document.querySelector('.engine-operators tbody td[data-column]')!;
        expect(getComputedStyle(cell, '::before').content).toBe(language === 'en' ? '"Time"' : '"시간"');
        expect(await violations()).toEqual([]);
      }
    } finally {
      await page.viewport(1280, 800);
    }
  });

  it('speaks Korean', async () => {
    await open();
    await setLanguage('ko');
    await expect.element(page.getByRole('button', { name: 'JSON으로 저장' })).toBeVisible();
    await expect.element(page.getByRole('columnheader', { name: '전송량' })).toBeVisible();
  });
});
