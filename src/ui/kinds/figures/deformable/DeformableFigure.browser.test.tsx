import { afterEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { loadWords, startI18n } from '../../../../i18n/index.ts';
import type { KindOutput, Output } from '../../../../live/results.ts';
import { type KindState, newKind } from '../../../../store/kind.ts';
import { pinUnit } from '../../../../store/pointer.ts';
import { createKindSession, type KindSession } from '../../../explore/testing/kindSession.ts';
import { renderWithSession } from '../../../explore/testing/renderWithSession.tsx';
import { violations } from '../../../explore/testing/violations.ts';
import { useResults } from '../../../session.tsx';
import { DeformableFigure } from './DeformableFigure.tsx';

let made: KindSession | null = null;
afterEach(() => made?.dispose());

function Shown() {
  const output = useResults((state) => state.output) as Output & { readonly kind: KindOutput };
  const engine = useResults((state) => state.running);
  return engine && <DeformableFigure {...{ engine, output, kind: output.kind }} />;
}

const plain: KindState = { ...newKind('deformable'), offsets: { by: 'preset', preset: { kind: 'none' } } };

async function show(state: KindState, options: Parameters<typeof renderWithSession>[2] = {}): Promise<KindSession> {
  made = await createKindSession([20, 30], state);
  pinUnit(made.session.pointer, { channel: 0, y: 9, x: 12 });
  await startI18n(options.language ?? 'en');
  await loadWords('kinds');
  await renderWithSession(
    made.session,
    <div style={{ height: 243 }}>
      <Shown />
    </div>,
    { width: 808, ...options },
  );
  return made;
}

const offsets = ({ session }: KindSession) => session.workspace.getState().workspace.kind!.offsets;
const handle = (name: RegExp) => page.getByRole('button', { name });

describe('a deformable layer at the pinned unit', () => {
  it('writes out a sample between pixels with the values of the photo', async () => {
    const { session } = await show({
      ...plain,
      offsets: { by: 'hand', taps: [{ dy: 0.25, dx: -0.5, mask: 1 }] },
    });
    // Tap (0, 0) of unit (9, 12) stands at (8, 11) and samples at (8.25, 10.5).
    await expect.element(page.getByText('(8.25, 10.50)')).toBeVisible();
    const { width, values } = session.results.getState().picture!;
    const red = (y: number, x: number) => values[y * width + x]!;
    const sample = 0.375 * (red(8, 10) + red(8, 11)) + 0.125 * (red(9, 10) + red(9, 11));
    const cell = () => document.querySelector('.point-table tfoot td:last-child')!.textContent;
    await vi.waitUntil(() => cell() !== '…');
    expect(Number(cell())).toBeCloseTo(sample, 3);
    await expect.element(page.getByText('(1−.25)·(1−.50) =').first()).toBeVisible();
  });

  it('takes all taps in hand when one is dragged, in one step of undo', async () => {
    const shown = await show(plain);
    const { session } = shown;
    const tap = handle(/^Tap \(1, 2\)/);
    const { left, top } = tap.element().getBoundingClientRect();
    const stage = document.querySelector('.sampling-stage')!.getBoundingClientRect();
    const side = stage.width / 9;
    await userEvent.dragAndDrop(tap, page.elementLocator(document.querySelector('.sampling-stage')!), {
      sourcePosition: { x: 12, y: 12 },
      targetPosition: { x: left + 12 + side - stage.left, y: top + 12 - 2 * side - stage.top },
    });
    const moved = offsets(shown);
    if (moved.by !== 'hand') throw new Error('not by hand');
    expect(moved.taps).toHaveLength(9);
    expect(moved.taps[5]!.dy).toBeCloseTo(-2, 1);
    expect(moved.taps[5]!.dx).toBeCloseTo(1, 1);
    expect(moved.taps[4]).toEqual({ dy: 0, dx: 0, mask: 1 });
    // The handle is where the hand is, before anything is computed again.
    expect(tap.element().getBoundingClientRect().left).toBeGreaterThan(left + side / 2);
    session.workspace.getState().undo();
    expect(offsets(shown)).toEqual(plain.offsets);
    expect(session.workspace.getState().canUndo).toBe(false);
  });

  it('moves a tap by a tenth of a pixel for each arrow key, by a whole one with Shift, and back', async () => {
    const shown = await show(plain);
    handle(/^Tap \(2, 0\)/)
      .element()
      .focus();
    await userEvent.keyboard('{ArrowRight}{ArrowRight}{Shift>}{ArrowDown}{/Shift}');
    expect(offsets(shown)).toMatchObject({ by: 'hand', taps: { 6: { dy: 1, dx: 0.2, mask: 1 } } });
    await userEvent.keyboard('{Delete}');
    expect(offsets(shown)).toMatchObject({ taps: { 6: { dy: 0, dx: 0 } } });
  });

  it('has rules, an offset convolution, and a way back', async () => {
    const shown = await show({ ...newKind('deformable') });
    await page.getByRole('combobox', { name: 'rule' }).selectOptions('shear');
    expect(offsets(shown)).toEqual({ by: 'preset', preset: { kind: 'shear', amount: 0.5 } });
    await page.getByRole('button', { name: 'Put all taps back' }).click();
    expect(offsets(shown)).toEqual({ by: 'preset', preset: { kind: 'none' } });
    await page.getByRole('radio', { name: 'convolution' }).click();
    await shown.compute();
    await expect.element(page.getByText(/makes 18 maps/)).toBeVisible();
    await page.getByRole('radio', { name: 'hand' }).click();
    const taken = offsets(shown);
    if (taken.by !== 'hand') throw new Error('not by hand');
    // The taps stay where the convolution had them at this unit.
    const [first] = shown.session.results.getState().output!.kind!.samplesOf({ y: 9, x: 12 })!;
    expect(taken.taps[0]!.dy).toBeCloseTo(first!.y - 8, 3);
  });

  it('weighs each tap of each offset group in version 2, in Korean too', async () => {
    const bank = { name: 'gabor', channels: 8 } as const;
    const attributes = { ...plain.attributes, hasMask: true, offsetGroups: 2 };
    const shown = await show({ ...plain, bank, attributes, offsets: { by: 'hand', taps: [] } }, { language: 'ko' });
    await page.getByRole('combobox', { name: '오프셋 그룹' }).selectOptions('1');
    await expect.element(page.getByRole('combobox', { name: '샘플링하는 채널' })).toHaveValue('4');
    const mask = page.getByRole('spinbutton', { name: '탭의 마스크' });
    await mask.fill('0.25');
    expect(offsets(shown)).toMatchObject({ taps: { 0: { mask: 1 }, 9: { dy: 0, dx: 0, mask: 0.25 } } });
    await expect.element(page.getByText(/^0\.25 ·/)).toBeVisible();
    expect(await violations()).toEqual([]);
  });
});
