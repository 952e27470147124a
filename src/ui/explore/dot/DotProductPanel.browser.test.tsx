import { afterEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { convOf, withConv } from '../../../graph/explore.ts';
import { defaultWorkspace } from '../../../store/defaultWorkspace.ts';
import { pinUnit, scrub } from '../../../store/pointer.ts';
import { type ComputedSession, createComputedSession } from '../testing/computedSession.ts';
import { renderWithSession } from '../testing/renderWithSession.tsx';
import { violations } from '../testing/violations.ts';
import { DotProductPanel } from './DotProductPanel.tsx';

let computed: ComputedSession;
afterEach(() => computed.dispose());

/** The panel at the size that it has at 1440 x 900, for a square kernel. */
async function show(kernel: number, width = 1408, language: 'en' | 'ko' = 'en'): Promise<void> {
  const workspace = defaultWorkspace();
  const conv = { ...convOf(workspace.graph, workspace.focus), kernelSize: [kernel, kernel] } as const;
  const graph = withConv(workspace.graph, workspace.focus, conv);
  computed = await createComputedSession([24, 36], { ...workspace, graph });
  pinUnit(computed.session.pointer, { channel: 0, y: 4, x: 4 });
  await renderWithSession(
    computed.session,
    <div style={{ width, height: 189, display: 'grid' }}>
      <DotProductPanel />
    </div>,
    { width, language },
  );
  await expect.element(page.getByRole('img').first()).toBeVisible();
}

const element = (selector: string) => document.querySelector<HTMLElement>(selector)!;
const hidden = () => element('.dot-window').dataset.more;

describe('the arithmetic of a unit', () => {
  it('of a 3 x 3 kernel fits as a whole, at 1440 and at 1280 px', async () => {
    await show(3);
    await expect.poll(hidden).toBe('');
    computed.dispose();
    await show(3, 1248);
    await expect.poll(hidden).toBe('');
  });

  it('of a 7 x 7 kernel has all its rows in sight, the sums beside them, and shades the side where it goes on', async () => {
    await show(7);
    await expect.poll(hidden).toBe('right');
    const [rows, sums] = [element('.dot-window'), element('.dot-sums')].map((part) => part.getBoundingClientRect());
    expect(sums!.left).toBeGreaterThan(rows!.right);
    expect(sums!.bottom).toBeLessThanOrEqual(element('.panel-body').getBoundingClientRect().bottom);
  });

  it('of a 15 x 15 kernel shades every side behind which there is more', async () => {
    await show(15);
    await expect.poll(hidden).toBe('bottom right');
    element('.dot-slices').scrollTo(40, 40);
    await expect.poll(hidden).toBe('top bottom left right');
    element('.dot-slices').scrollTo(9999, 9999);
    await expect.poll(hidden).toBe('top left');
  });

  it('shrinks no cell below its number', async () => {
    await show(15, 1000);
    const cell = element('.number-cells > span');
    const longest = [...document.querySelectorAll('.number-cells > span')].reduce((a, b) =>
      (b.textContent ?? '').length > (a.textContent ?? '').length ? b : a,
    );
    expect(longest.scrollWidth).toBeLessThanOrEqual(cell.clientWidth);
  });

  it('counts rows and columns of the kernel from 0', async () => {
    await show(3);
    const [, kernel] = document.querySelectorAll('.number-cells');
    await userEvent.hover(kernel!.querySelector('[data-tap="5"]')!);
    await expect.element(page.getByText(/^kernel R, row 1, column 2: /)).toBeVisible();
  });
});

describe('the sliding window', () => {
  it('has labels that can be read, in both languages', async () => {
    await show(3);
    scrub(computed.session.pointer, 7);
    await expect.element(page.getByText('position', { exact: true })).toBeVisible();
    await expect.element(page.getByText('speed', { exact: true })).toBeVisible();
    expect(await violations()).toEqual([]);
    computed.dispose();
    await show(3, 1408, 'ko');
    scrub(computed.session.pointer, 7);
    await expect.element(page.getByText('위치', { exact: true }).last()).toBeVisible();
  });

  it('moves by arrow keys from its buttons: one position, or one row', async () => {
    await show(3);
    const { pointer } = computed.session;
    scrub(pointer, 7);
    const width = computed.output.shape[3];
    (page.getByRole('button', { name: 'Slide the window' }).element() as HTMLElement).focus();
    await userEvent.keyboard('{ArrowRight}{ArrowDown}');
    expect(pointer.getState().playback.position).toBe(8 + width);
  });

  it('is put away by Escape, unless the key belongs to a field or a dialog', async () => {
    await show(3);
    const { pointer } = computed.session;
    const position = () => pointer.getState().playback.position;
    scrub(pointer, 7);
    await expect.element(page.getByRole('slider', { name: 'Position of the window' })).toBeVisible();

    const field = document.body.appendChild(document.createElement('input'));
    field.focus();
    await userEvent.keyboard('{Escape}');
    field.remove();
    const dialog = document.body.appendChild(document.createElement('dialog'));
    dialog.showModal();
    await userEvent.keyboard('{Escape}');
    dialog.remove();
    expect(position()).toBe(7);

    await userEvent.keyboard('{Escape}');
    expect(position()).toBeNull();
  });
});
