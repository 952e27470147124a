import { beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Session } from '../../../live/session.ts';
import { createLayerSession } from '../testing/layerSession.ts';
import { renderWithSession } from '../testing/renderWithSession.tsx';
import { violations } from '../testing/violations.ts';
import { KernelsPanel } from './KernelsPanel.tsx';

let session: Session;

beforeEach(async () => {
  session = createLayerSession();
  await renderWithSession(session, <KernelsPanel />);
});

const actions = () => session.workspace.getState();
const weights = () => actions().workspace.weights.conv;
/** Weight of a filter of three 3 x 3 slices. */
const weight = (filter: number, slice: number, y: number, x: number) =>
  session.results.getState().filters?.values.weight[((filter * 3 + slice) * 3 + y) * 3 + x];
const cell = (slice: string, row: number, column: number) =>
  page.getByRole('gridcell', { name: `slice ${slice}, row ${row}, column ${column}:` });
const choose = async (menuItem: string) => {
  await page.getByRole('button', { name: 'Presets' }).click();
  await page.getByRole('menuitemradio', { name: menuItem }).click();
};

describe('the filters', () => {
  it('are all there, named, and one is chosen', async () => {
    await expect.element(page.getByRole('radio', { name: 'filter 0: Sobel x' })).toBeChecked();
    await page.getByRole('radio', { name: 'filter 3: Gaussian' }).click();
    expect(actions().workspace.view.filter).toBe(3);
  });

  it('are walked by arrow keys, round the end', async () => {
    (page.getByRole('radio', { name: 'filter 0: Sobel x' }).element() as HTMLElement).focus();
    await userEvent.keyboard('{ArrowLeft}');
    expect(actions().workspace.view.filter).toBe(8);
    await expect.element(page.getByRole('radio', { name: /^filter 8:/ })).toHaveFocus();
  });
});

describe('a cell', () => {
  it('takes a typed number, and Escape takes nothing', async () => {
    await cell('R', 0, 0).click();
    await userEvent.keyboard('0.5{Enter}');
    expect(weight(0, 0, 0, 0)).toBe(0.5);
    await userEvent.keyboard('7{Escape}');
    expect(weight(0, 0, 0, 0)).toBe(0.5);
    await expect.element(cell('R', 0, 0)).toHaveFocus();
  });

  it('takes a negative number begun by its digits', async () => {
    await cell('G', 1, 1).click();
    await userEvent.keyboard('0.25-{Enter}');
    expect(weight(0, 1, 1, 1)).toBe(-0.25);
  });

  it('takes a negative number begun by its sign, where - stands right before it', async () => {
    await cell('G', 1, 1).click();
    await userEvent.keyboard('-0.25{Enter}');
    expect(weight(0, 1, 1, 1)).toBe(-0.25);
    await userEvent.keyboard('{ArrowRight}-{ArrowLeft}.5{Enter}');
    expect(weight(0, 1, 1, 1)).toBe(0.5);
  });

  it('is as it was where the negative number is given up: the sign was no step', async () => {
    await cell('G', 1, 1).click();
    const before = weight(0, 1, 1, 1) ?? Number.NaN;
    await userEvent.keyboard('-5{Escape}');
    await expect.element(cell('G', 1, 1)).toHaveFocus();
    expect(weight(0, 1, 1, 1)).toBe(before);
    await userEvent.keyboard('-');
    await expect.poll(() => weight(0, 1, 1, 1)).toBeLessThan(before);
  });

  it('takes what was typed when the cell beside it is pressed, which the entry covers', async () => {
    await cell('R', 0, 0).click();
    await userEvent.keyboard('0.5');
    const beside = cell('R', 0, 1).element().getBoundingClientRect();
    const [clientX, clientY] = [beside.x + beside.width / 2, beside.y + beside.height / 2];
    const covering = document.elementFromPoint(clientX, clientY)!;
    covering.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, cancelable: true, clientX, clientY }));
    await expect.element(cell('R', 0, 1)).toHaveFocus();
    expect(weight(0, 0, 0, 0)).toBe(0.5);
  });

  it('opens whole on Enter, selected, and takes a fraction', async () => {
    await cell('B', 2, 2).click();
    await userEvent.keyboard('{Enter}-1/8{Enter}');
    expect(weight(0, 2, 2, 2)).toBe(-0.125);
  });

  it('is left by arrow keys from slice to slice', async () => {
    await cell('R', 0, 2).click();
    await userEvent.keyboard('{ArrowRight}{ArrowDown}');
    await expect.element(cell('G', 1, 0)).toHaveFocus();
  });

  it('steps by + and -, and a run of steps is one step of undo', async () => {
    await cell('R', 0, 1).click();
    await userEvent.keyboard('+++');
    expect(weight(0, 0, 0, 1)).toBeCloseTo(0.03, 6);
    actions().undo();
    expect(weight(0, 0, 0, 1)).toBe(0);
    expect(actions().canUndo).toBe(false);
  });

  it('is dragged up, as one step of undo', async () => {
    const element = cell('R', 0, 1).element();
    const { left, top } = element.getBoundingClientRect();
    const fire = (type: string, up: number) =>
      element.dispatchEvent(
        new PointerEvent(type, { bubbles: true, button: 0, clientX: left + 9, clientY: top + 9 - up }),
      );
    element.closest<HTMLElement>('[role="grid"]')!.setPointerCapture = () => undefined;
    fire('pointerdown', 0);
    for (const up of [3, 9, 30]) fire('pointermove', up);
    fire('pointerup', 30);
    expect(weight(0, 0, 0, 1)).toBeCloseTo(0.1, 6);
    actions().undo();
    expect(weight(0, 0, 0, 1)).toBe(0);
  });

  it('is turned by the wheel once it is chosen, not before', async () => {
    const element = cell('R', 0, 1).element();
    const turn = () =>
      element.dispatchEvent(new WheelEvent('wheel', { bubbles: true, cancelable: true, deltaY: -100 }));
    turn();
    expect(weight(0, 0, 0, 1)).toBe(0);
    await cell('R', 0, 1).click();
    turn();
    expect(weight(0, 0, 0, 1)).toBeCloseTo(0.01, 6);
  });

  it('lights its place on the photo while it is pointed at', async () => {
    await cell('G', 1, 2).hover();
    expect(session.pointer.getState().hover).toEqual({ on: 'weight', filter: 0, slice: 1, y: 1, x: 2 });
    await page.getByRole('radio', { name: 'filter 0: Sobel x' }).hover();
    expect(session.pointer.getState().hover).toBeNull();
  });

  it('changes all slices and all filters when asked to', async () => {
    await page.getByRole('radio', { name: 'all slices' }).click();
    await page.getByRole('radio', { name: 'all 9' }).click();
    await cell('R', 0, 0).click();
    await userEvent.keyboard('2{Enter}');
    for (const filter of [0, 4, 8]) for (const slice of [0, 1, 2]) expect(weight(filter, slice, 0, 0)).toBe(2);
    actions().undo();
    expect(weights()?.filters.every(({ recipe }) => recipe.kind !== 'custom')).toBe(true);
  });
});

describe('presets', () => {
  it('are taken for this filter, or for all', async () => {
    await choose('box');
    expect(weights()?.filters[0]?.recipe).toEqual({ kind: 'named', name: 'box' });
    expect(weights()?.filters[1]?.recipe).toEqual({ kind: 'named', name: 'sobel_y' });
    await page.getByRole('radio', { name: 'all 9' }).click();
    await choose('emboss');
    expect(weights()?.filters.every(({ recipe }) => recipe.kind === 'named' && recipe.name === 'emboss')).toBe(true);
  });

  it('draw random filters whose seed is shown, kept and rolled again', async () => {
    await choose('Xavier');
    actions().setFilter(0, { recipe: { kind: 'random', distribution: 'xavier', seed: 7, index: 0 } });
    const seed = page.getByRole('spinbutton', { name: 'seed' });
    await expect.element(seed).toHaveValue(7);
    const first = weight(0, 0, 0, 0);
    await page.getByRole('button', { name: 'Roll again' }).click();
    expect(weight(0, 0, 0, 0)).not.toBe(first);
    await seed.fill('7');
    expect(weight(0, 0, 0, 0)).toBe(first);
  });

  it('fetch a learned bank as it is and say when it is resampled: 7 x 7 filters in a 3 x 3 kernel', async () => {
    await choose('face network: 32 filters, 7 × 7 × 3');
    await expect.element(page.getByText('32 × 3 × 7 × 7')).toBeVisible();
    await expect.element(page.getByText('resampled')).not.toBeInTheDocument();
    actions().setConv({ kernelSize: [3, 3] });
    await expect.element(page.getByText('resampled')).toBeVisible();
  });

  it('say that an edited filter stands in the middle of a larger kernel', async () => {
    actions().editFilter(0, new Float32Array(27).fill(1), 'test');
    actions().setConv({ kernelSize: [5, 5] });
    await expect.element(page.getByText('recentred')).toBeVisible();
    const slice = [...(session.results.getState().filters?.values.weight.subarray(0, 25) ?? [])];
    expect(slice.map((value, i) => (value === 1 ? i : -1)).filter((i) => i >= 0)).toEqual([
      6, 7, 8, 11, 12, 13, 16, 17, 18,
    ]);
  });

  it('say that an edited filter of three channels is merged for one, which is no other size', async () => {
    actions().editFilter(0, new Float32Array(27).fill(1), 'test');
    actions().setInput({ channels: 'grey' });
    await expect.element(page.getByText('merged')).toBeVisible();
    await expect.element(page.getByText('recentred')).not.toBeInTheDocument();
    expect([...(session.results.getState().filters?.values.weight.subarray(0, 9) ?? [])]).toEqual(Array(9).fill(3));
  });

  it('say when a preset has no definition at this size: no Sobel in a 1 x 1 kernel, no middle in 2 x 2', async () => {
    actions().setConv({ kernelSize: [1, 1] });
    await expect.element(page.getByText('identity', { exact: true })).toBeVisible();
    await page.getByRole('radio', { name: 'filter 4: sharpen' }).click();
    actions().setConv({ kernelSize: [4, 4] });
    await expect.element(page.getByText('nearest')).toBeVisible();
  });
});

describe('what is done to a filter', () => {
  it('normalises, flips and transposes it', async () => {
    await page.getByRole('radio', { name: 'L1' }).click();
    await page.getByRole('switch', { name: 'flip' }).click();
    await page.getByRole('switch', { name: 'transpose' }).click();
    expect(weights()?.filters[0]).toMatchObject({ normalise: 'l1', flip: true, transpose: true });
    const sum = session.results
      .getState()
      .filters?.values.weight.subarray(0, 27)
      .reduce((a, w) => a + Math.abs(w), 0);
    expect(sum).toBeCloseTo(1, 5);
  });

  it('gives it a bias', async () => {
    await page.getByRole('spinbutton', { name: 'bias of filter 0' }).fill('-0.125');
    expect(weights()?.bias[0]).toBe(-0.125);
  });
});

describe('a kernel of one tap', () => {
  it('names its weights by their slices alone', async () => {
    actions().setConv({ kernelSize: [1, 1] });
    await expect.element(page.getByRole('gridcell', { name: 'slice G: 0.33' })).toBeVisible();
    await expect.element(page.getByText('slice R', { exact: true })).toBeVisible();
    await expect.element(page.getByRole('button', { name: 'more slice R of filter 0' })).toBeVisible();
  });
});

describe('a large kernel', () => {
  it('of 15 x 15 keeps cells that can be pointed at, and shows one slice larger', async () => {
    actions().setConv({ kernelSize: [15, 15] });
    await expect.element(cell('B', 14, 14)).toBeInTheDocument();
    await expect.poll(() => cell('R', 0, 0).element().getBoundingClientRect().width).toBe(18);
    await page.getByRole('button', { name: 'slice G' }).click();
    await expect.poll(() => page.getByRole('gridcell').elements().length).toBe(225);
    await page.getByRole('button', { name: 'Large cells with numbers' }).click();
    await expect.element(cell('G', 7, 7)).not.toBeEmptyDOMElement();
  });
});

describe('the editor for everybody', () => {
  it.each(['light', 'dark'] as const)(
    'has no axe violation in the %s theme, and numbers that can be read',
    async (theme) => {
      document.documentElement.dataset.theme = theme;
      for (const bank of ['classic', 'random', 'opponent', 'face'] as const) {
        actions().setBank(bank, 1);
        await expect.element(page.getByRole('radio', { name: /^filter 8/ })).toBeInTheDocument();
        expect(await violations()).toEqual([]);
      }
    },
  );
});
