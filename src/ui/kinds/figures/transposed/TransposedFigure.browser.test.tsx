import { afterEach, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import type { EngineKind } from '../../../../engine/engine.ts';
import type { KindAttributes } from '../../../../graph/layers/kindAttributes.ts';
import { loadWords, startI18n } from '../../../../i18n/index.ts';
import { newKind } from '../../../../store/kind.ts';
import { pinUnit } from '../../../../store/pointer.ts';
import { createKindSession, type KindSession } from '../../../explore/testing/kindSession.ts';
import { renderWithSession } from '../../../explore/testing/renderWithSession.tsx';
import { violations } from '../../../explore/testing/violations.ts';
import { TransposedFigure } from './TransposedFigure.tsx';

let computed: KindSession;
afterEach(() => computed.dispose());

async function show(change: Partial<KindAttributes>, on: EngineKind = 'cpu') {
  await startI18n('en');
  await loadWords('kinds');
  const first = newKind('transposed');
  computed = await createKindSession(
    [24, 36],
    {
      ...first,
      attributes: { ...first.attributes, outChannels: 4, ...change },
    },
    on,
  );
  pinUnit(computed.session.pointer, { channel: 1, y: 20, x: 31 });
  const before = computed.engine.counters.liveTensors;
  const { session, engine, output, kind } = computed;
  const figure = <TransposedFigure {...{ engine, output, kind }} />;
  const rendered = await renderWithSession(session, <div style={{ height: 260 }}>{figure}</div>, { width: 900 });
  return { rendered, before };
}

it('says which pixels a unit reads, that 3 x 3 with stride 2 is uneven, and mends it in one click', async () => {
  await show({ kernelSize: [3, 3], outputPadding: [1, 1] });
  await expect.element(page.getByText(/Taps on a pixel: 2 of 9/)).toBeVisible();
  // Row 20 lies on pixel 10, whose neighbours are zeros; column 31 between pixels 15 and 16.
  await expect.element(page.getByText('Input row 10 × column 15, 16')).toBeVisible();
  await expect.element(page.getByText(/A checkerboard: pixels sum 1, 2, 4 products in turn/)).toBeVisible();
  await expect.element(page.getByRole('img', { name: /; 2 at the pinned unit/ })).toBeVisible();
  await expect.element(page.getByText(/Δ. [≤=]/).first()).toBeVisible();
  expect(await violations()).toEqual([]);
  await page.getByRole('button', { name: 'Fix: kernel_size=4' }).click();
  expect(computed.session.workspace.getState().workspace.kind?.attributes).toMatchObject({
    kernelSize: [4, 4],
    outputPadding: [0, 0],
  });
  computed.session.workspace.getState().undo();
  expect(computed.session.workspace.getState().workspace.kind?.attributes.kernelSize).toEqual([3, 3]);
});

it.each(['cpu', 'webgpu'] as const)(
  'makes the same map as a direct convolution and as a pixel shuffle, to rounding, on %s',
  async (kind) => {
    await show({}, kind);
    await expect.element(page.getByText(/Products per interior pixel: 4 everywhere/)).toBeVisible();
    await expect.element(page.getByText(/Δ. [≤=]/).nth(1)).toBeVisible();
    const differences = page
      .getByText(/Δ. [≤=]/)
      .elements()
      .map(({ textContent }) => {
        return Number(textContent?.replace(/^.Δ. [≤=] /, '').replace('−', '-'));
      });
    for (const difference of differences) expect(difference).toBeLessThan(1e-5);
    await expect.element(page.getByText('another, even')).toBeVisible();
  },
);

it('says where a pixel shuffle cannot stand for the layer', async () => {
  await show({ stride: [2, 3], kernelSize: [4, 3] });
  await expect.element(page.getByText('not possible: strides (2, 3) differ')).toBeVisible();
});

it('frees all that it has computed when it goes', async () => {
  const { rendered, before } = await show({});
  await expect.element(page.getByText(/Δ. [≤=]/).nth(1)).toBeVisible();
  await expect.poll(() => computed.engine.counters.liveTensors).toBe(before + 5);
  await rendered.unmount();
  await expect.poll(() => computed.engine.counters.liveTensors).toBe(before);
});
