import { afterEach, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import type { Pair } from '../../../../operators/operator.ts';
import { pinUnit } from '../../../../store/pointer.ts';
import { type ComputedSession, createComputedSession } from '../../testing/computedSession.ts';
import { renderWithSession } from '../../testing/renderWithSession.tsx';
import { MapsPanel } from '../MapsPanel.tsx';

let computed: ComputedSession;
afterEach(() => computed.dispose());

async function open(size: Pair): Promise<void> {
  computed = await createComputedSession(size);
  pinUnit(computed.session.pointer, { channel: 0, y: 1, x: 1 });
  await renderWithSession(
    computed.session,
    <div style={{ width: 720, height: 520, display: 'grid' }}>
      <MapsPanel />
    </div>,
  );
  computed.session.workspace.getState().setView({ opened: 2 });
  await expect.element(page.getByRole('dialog')).toBeVisible();
}

const boxOf = (selector: string) => document.querySelector(selector)!.getBoundingClientRect();

it('a map of 200 x 10 values is opened in its own shape and seen as a whole, as are its terms', async () => {
  await open([200, 10]);
  for (const selector of ['[data-slot=response]', '[data-slot=partial-0]', '.input-slice']) {
    const { width, height } = boxOf(selector);
    expect(height / width).toBeCloseTo(20, 0);
    expect(height).toBeLessThan(520);
  }
});

it('a map of usual shape fills its column', async () => {
  await open([24, 36]);
  expect(boxOf('[data-slot=response]').width).toBeCloseTo(boxOf('.sum-response').width, 0);
});

it('whatever opened it, the pinned unit comes along', async () => {
  await open([24, 36]);
  expect(computed.session.pointer.getState().pin).toEqual({ channel: 2, y: 1, x: 1 });
});
