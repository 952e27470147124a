import { afterEach, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Pair } from '../../../../operators/operator.ts';
import { pinUnit } from '../../../../store/pointer.ts';
import { type ComputedSession, createComputedSession } from '../../testing/computedSession.ts';
import { renderWithSession } from '../../testing/renderWithSession.tsx';
import { MapsPanel } from '../MapsPanel.tsx';

let computed: ComputedSession;
afterEach(() => computed.dispose());

async function open(size: Pair, panelHeight = 520): Promise<void> {
  computed = await createComputedSession(size);
  pinUnit(computed.session.pointer, { channel: 0, y: 1, x: 1 });
  await renderWithSession(
    computed.session,
    <div style={{ width: 720, height: panelHeight, display: 'grid' }}>
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

const scale = () => computed.session.workspace.getState().workspace.view.zoom.scale;

it('zooms with + − 0, the input slices as the maps', async () => {
  await open([24, 36]);
  const slice = page.getByRole('img', { name: 'input R' });
  await userEvent.keyboard('+');
  expect(scale()).toBe(1.5);
  await expect.element(slice).toHaveStyle({ imageRendering: 'pixelated' });
  await userEvent.keyboard('-');
  expect(scale()).toBe(1);
  await expect.element(slice).not.toHaveStyle({ imageRendering: 'pixelated' });
});

it.each([
  { panelHeight: 1600, what: 'zooms', to: 2 },
  { panelHeight: 300, what: 'scrolls and does not zoom', to: 1 },
])('in a panel of $panelHeight px the wheel $what', async ({ panelHeight, to }) => {
  await open([24, 36], panelHeight);
  const { x, y, width, height } = boxOf('[data-slot=response]');
  const at = { clientX: x + width / 2, clientY: y + height / 2 };
  document
    .querySelector('.figure-canvas.pointing')!
    .dispatchEvent(new WheelEvent('wheel', { deltaY: -250, bubbles: true, cancelable: true, ...at }));
  expect(scale()).toBe(to);
});

it('moves the pinned unit by arrow keys, and goes to the next map by PageDown', async () => {
  await open([24, 36]);
  await userEvent.keyboard('{ArrowRight}{ArrowDown}');
  expect(computed.session.pointer.getState().pin).toEqual({ channel: 2, y: 2, x: 2 });
  await userEvent.keyboard('{PageDown}');
  await expect.element(page.getByRole('dialog', { name: /^Map 3/ })).toBeVisible();
  await userEvent.keyboard('{ArrowLeft}');
  expect(computed.session.pointer.getState().pin).toEqual({ channel: 3, y: 2, x: 1 });
});
