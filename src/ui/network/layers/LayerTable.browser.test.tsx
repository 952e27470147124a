import { afterEach, describe, expect, it, vi } from 'vitest';
import { cdp, page, userEvent } from 'vitest/browser';
import '../../../operators/late.ts';
import { loadWords, setLanguage } from '../../../i18n/index.ts';
import { withGraph } from '../../../live/network/layersText.ts';
import { type NetworkDesk, startNetworkDesk } from '../../../live/network/networkDesk.ts';
import { defaultWorkspace } from '../../../store/defaultWorkspace.ts';
import { defaultNetwork } from '../../../store/network.ts';
import { type ComputedSession, createComputedSession } from '../../explore/testing/computedSession.ts';
import { renderWithSession } from '../../explore/testing/renderWithSession.tsx';
import { violations } from '../../explore/testing/violations.ts';
import { createNetworkContext, NetworkProvider } from '../network.tsx';
import { LayerTable } from './LayerTable.tsx';

let computed: ComputedSession;
let desk: NetworkDesk;

/** The table over a picture of 48 x 32. */
async function open(layers = 'stack', width = 1000) {
  const base = defaultWorkspace();
  computed = await createComputedSession([32, 48], { ...base, network: { ...base.network, layers } });
  desk = startNetworkDesk(computed.session, 2 ** 20);
  await renderWithSession(computed.session, <span />);
  await loadWords('network');
  const network = createNetworkContext(desk);
  await renderWithSession(
    computed.session,
    <NetworkProvider value={network}>
      <LayerTable />
    </NetworkProvider>,
    { width },
  );
  await expect.element(page.getByRole('treegrid')).toBeVisible();
}

afterEach(async () => {
  await setLanguage('en');
  desk.dispose();
  computed.dispose();
});

const row = (name: RegExp) => page.getByRole('row', { name });
const rowNames = () => [...document.querySelectorAll<HTMLElement>('[data-row]')].map(({ dataset }) => dataset.row);
const focusRow = (key: string) => document.querySelector<HTMLElement>(`[data-row="${key}"]`)!.focus();
const undo = () => computed.session.workspace.getState().undo();
const number = (name: string) => page.getByRole('spinbutton', { name, exact: true });

describe('the table of layers', () => {
  it('has code, shape, price and field of every layer, and their sums', async () => {
    await open();
    // 16 · (16 · 9 + 1) weights; 16 · 16 · 9 multiply-adds at each of 32 · 48 places.
    const second = row(/conv2/);
    await expect.element(second).toHaveTextContent(/nn\.Conv2d\(16, 16, kernel_size=3, padding=1\), ReLU\(\)/);
    await expect.element(second).toHaveTextContent(/16 × 32 × 48.*2320.*3\.54\s?M.*5 × 5.*1/);
    await expect.element(row(/^Total/)).toHaveTextContent(/42\s288/);
    expect(await violations()).toEqual([]);
  });

  it('is edited by keyboard: rows doubled, moved, switched off, removed; each a step of undo', async () => {
    await open();
    focusRow('pool');
    await userEvent.keyboard('{Control>}d{/Control}');
    await vi.waitFor(() => expect(rowNames()).toHaveLength(8));
    undo();
    await vi.waitFor(() => expect(rowNames()).toHaveLength(7));
    focusRow('pool');
    await userEvent.keyboard('{Alt>}{ArrowUp}{/Alt}');
    await vi.waitFor(() => expect(rowNames()).toEqual(['input', 'conv1', 'pool', 'conv2', 'conv3', 'conv4', 'conv5']));
    await vi.waitFor(() => expect((document.activeElement as HTMLElement).dataset.row).toBe('pool'));
    await userEvent.keyboard('{Delete}');
    await vi.waitFor(() => expect(rowNames()).not.toContain('pool'));
    undo();
    await vi.waitFor(() => expect(rowNames()).toContain('pool'));
    focusRow('conv5');
    await userEvent.keyboard(' ');
    await expect.element(row(/conv5/)).toHaveTextContent('off');
    expect(desk.results.getState().plan?.graph.nodes.at(-1)?.id).toBe('relu4');
  });

  it('changes a number by keys, by typing and by dragging: a drag is one step of undo', async () => {
    await open();
    const channels = () => desk.results.getState().plan?.shapes.conv1?.[1];
    const field = number('out_channels of conv1');
    (field.element() as HTMLElement).focus();
    await userEvent.keyboard('{ArrowUp}');
    expect(channels()).toBe(17);
    await userEvent.keyboard('20{Enter}');
    await vi.waitFor(() => expect(channels()).toBe(20));
    undo();
    undo();
    expect(channels()).toBe(16);
    await expect.element(field).toHaveTextContent('16');
    const element = field.element();
    const at = (type: string, clientX: number) =>
      element.dispatchEvent(new PointerEvent(type, { bubbles: true, pointerId: 1, button: 0, clientX }));
    element.setPointerCapture = () => undefined;
    at('pointerdown', 100);
    for (const x of [108, 130, 164]) at('pointermove', x);
    at('pointerup', 164);
    // 64 pixels to the right are 8 steps.
    expect(channels()).toBe(24);
    undo();
    expect(channels()).toBe(16);
  });

  it('moves a row that is dragged by its grip, down and up, by mouse and by finger', async () => {
    await open();
    const rowOf = (key: string) => document.querySelector<HTMLElement>(`[data-row="${key}"]`)!;
    const gripOf = (key: string) => page.getByTitle(`Move ${key}: drag it, or Alt + arrow keys`);
    const start = rowNames();
    // On the lower half of a row: behind it.
    const lower = { targetPosition: { x: 120, y: 30 } };
    await userEvent.dragAndDrop(gripOf('conv1'), page.elementLocator(rowOf('pool')), lower);
    await vi.waitFor(() => expect(rowNames()).toEqual(['input', 'conv2', 'pool', 'conv1', 'conv3', 'conv4', 'conv5']));
    // On the upper half: before it.
    const upper = { targetPosition: { x: 120, y: 8 } };
    await userEvent.dragAndDrop(gripOf('conv1'), page.elementLocator(rowOf('conv2')), upper);
    await vi.waitFor(() => expect(rowNames()).toEqual(start));
    expect(getComputedStyle(gripOf('conv1').element()).touchAction).toBe('none');
    const middle = (element: Element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return { x: x + width / 2, y: y + height / 2 };
    };
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: { x: number; y: number }[]) =>
      cdp().send('Input.dispatchTouchEvent', { type, touchPoints });
    const frame = window.frameElement!.getBoundingClientRect();
    const scale = frame.width / window.innerWidth;
    const onPage = ({ x, y }: { readonly x: number; readonly y: number }) => ({
      x: frame.x + scale * x,
      y: frame.y + scale * y,
    });
    const from = middle(gripOf('pool').element());
    const to = middle(rowOf('conv4'));
    await touch('touchStart', [onPage(from)]);
    await touch('touchMove', [onPage({ x: from.x, y: from.y + 20 })]);
    await touch('touchMove', [onPage({ x: from.x, y: to.y + 6 })]);
    await vi.waitFor(() => expect(rowOf('conv4').dataset.drop).toBe('true'));
    await touch('touchEnd', []);
    await vi.waitFor(() => expect(rowNames()).toEqual(['input', 'conv1', 'conv2', 'conv3', 'conv4', 'pool', 'conv5']));
  });

  it('adds behind the chosen row; what follows keeps its place', async () => {
    await open();
    focusRow('conv1');
    await userEvent.keyboard('{ArrowDown}');
    await page.getByRole('button', { name: 'MaxPool2d' }).click();
    await vi.waitFor(() =>
      expect(rowNames()).toEqual(['input', 'conv1', 'conv2', 'maxpool', 'pool', 'conv3', 'conv4', 'conv5']),
    );
    expect(desk.results.getState().plan?.shapes.pool).toEqual([1, 16, 8, 12]);
  });

  it('looks at the layer of before where an undo takes the new one away', async () => {
    await open();
    const looked = () => computed.session.workspace.getState().workspace.view.network;
    page
      .elementLocator(document.querySelector('[data-row="conv3"] .network-names')!)
      .element()
      .dispatchEvent(new MouseEvent('click', { bubbles: true }));
    await vi.waitFor(() => expect(looked().layer).toBe('relu3'));
    const { unit } = looked();
    await page.getByRole('button', { name: 'MaxPool2d' }).click();
    await vi.waitFor(() => expect(looked().layer).toBe('maxpool'));
    undo();
    await vi.waitFor(() => expect(rowNames()).not.toContain('maxpool'));
    await vi.waitFor(() => expect(looked()).toMatchObject({ layer: 'relu3', unit }));
  });

  it('opens a layer in Explore by a key on its row and by a button of its card, at the unit that is pinned', async () => {
    await open();
    const { getState } = computed.session.workspace;
    const explored = () => {
      const { networkLayer, view } = getState().workspace;
      return [networkLayer, view.screen, view.pin];
    };
    focusRow('pool');
    await userEvent.keyboard('e');
    // The unit of the first view, channel 8 at 0.395 and 0.36, in maps of 16 x 24 and of 32 x 48.
    expect(explored()).toEqual(['pool', 'explore', { channel: 8, y: 6, x: 8 }]);
    await page.getByRole('button', { name: 'Attributes, weights and connections of conv1' }).click();
    await page.getByRole('button', { name: 'Open in Explore: conv1' }).click();
    expect(explored()).toEqual(['conv1', 'explore', { channel: 8, y: 12, x: 17 }]);
  });

  it('fills a layer with a filter or a bank of Explore: its row says which, and it is a step of undo', async () => {
    await open();
    await page.getByRole('button', { name: 'Attributes, weights and connections of conv4' }).click();
    const choice = page.getByRole('combobox', { name: 'Weights of conv4' });
    await choice.selectOptions('sobel_x');
    await expect
      .element(page.getByText('Each filter reads 32 maps with the same kernel, divided by 32.'))
      .toBeVisible();
    // The open card has the names of all filters: only the row's own words count.
    const marks = () =>
      [...document.querySelectorAll('[data-row="conv4"] .network-mark')].map((mark) => mark.textContent);
    await vi.waitFor(() => expect(marks()).toEqual(['Sobel x']));
    await choice.selectOptions('gabor');
    await vi.waitFor(() => expect(marks()).toEqual(['Gabor bank']));
    expect(computed.session.workspace.getState().workspace.network.weights.own).toEqual({
      conv4: { filters: 'gabor' },
    });
    undo();
    await vi.waitFor(() => expect(marks()).toEqual(['Sobel x']));
    undo();
    await vi.waitFor(() => expect(marks()).toEqual([]));
  });

  it('has room for a jump of two fractions, as behind a pool to a fixed size', async () => {
    await open();
    const cell = document.querySelector<HTMLElement>('[data-row="conv2"] [data-column="jump"]')!;
    cell.textContent = '9.14 × 13.7';
    expect(cell.scrollWidth).toBeLessThanOrEqual(cell.clientWidth);
  });

  it('has cards that are no wider than the popover they stand in', async () => {
    await open('resnet18');
    for (const layer of ['conv1', 'maxpool']) {
      await page.getByRole('button', { name: `Attributes, weights and connections of ${layer}`, exact: true }).click();
      await vi.waitFor(() => expect(document.querySelector('.popover:popover-open .row-card')).not.toBeNull());
      const card = document.querySelector('.popover:popover-open')!;
      expect(card.scrollWidth).toBeLessThanOrEqual(card.clientWidth);
      await userEvent.keyboard('{Escape}');
      await vi.waitFor(() => expect(document.querySelector('.popover:popover-open')).toBeNull());
    }
  });

  it('says an error at its place with both shapes, and goes on with the rest', async () => {
    await open();
    await page.getByRole('button', { name: 'Attributes, weights and connections of conv4' }).click();
    await expect.element(page.getByRole('dialog')).toBeVisible();
    expect(await violations()).toEqual([]);
    // conv4 gives 32 x 16 x 24, conv1 16 x 32 x 48: they cannot be added, and nothing is made.
    await page.getByRole('combobox', { name: 'Skip connection from' }).selectOptions('conv1');
    expect(desk.results.getState().plan?.whole.nodes).toHaveLength(12);
    const alert = page.getByRole('dialog').getByRole('alert');
    await expect.element(alert).toHaveTextContent(/relu4: \[1, 32, 16, 24\].*conv1: \[1, 16, 32, 48\]/);
    await expect
      .element(alert)
      .toHaveTextContent('The size of tensor a (24) must match the size of tensor b (48) at non-singleton dimension 3');
    expect(await violations()).toEqual([]);
    // Side by side they would not do either, which the library says in other words; the choice of the way asks anew.
    await page.getByRole('radio', { name: 'concat' }).click();
    await expect.element(alert).not.toBeInTheDocument();
    await page.getByRole('combobox', { name: 'Skip connection from' }).selectOptions('conv1');
    await expect.element(alert).toHaveTextContent(/except in dimension 1\. Expected size 16 but got size 32/);
    await page.getByRole('button', { name: 'Close this message' }).click();
    await expect.element(alert).not.toBeInTheDocument();
    await page.getByRole('radio', { name: 'add' }).click();
    await page.getByRole('combobox', { name: 'Skip connection from' }).selectOptions('conv3');
    await vi.waitFor(() => expect(rowNames()).toContain('add'));
    await userEvent.keyboard('{Escape}');
    // The sum fits until conv3 gives other channels.
    (number('out_channels of conv3').element() as HTMLElement).focus();
    await userEvent.keyboard('{ArrowUp}');
    await expect.element(page.getByText(/It reads 32 × 16 × 24 and 33 × 16 × 24\./)).toBeVisible();
    // What is wrong in the person's words, PyTorch's own beside them.
    await expect.element(page.getByText(/Both have to be of one size.*32 and 33 do not go together/)).toBeVisible();
    await setLanguage('ko');
    await expect.element(page.getByText(/크기가 같거나.*32와 33은 맞지 않습니다/)).toBeVisible();
    await expect.element(page.getByText(/The size of tensor a \(32\) must match/)).toBeVisible();
    await setLanguage('en');
    await expect.element(row(/conv5/)).toHaveTextContent('waits for add');
    await expect.element(row(/Conv2d\(16, 33/)).toHaveTextContent('33 × 16 × 24');
  });

  it('lets a row be chosen to be joined: those that do not fit are pale, and say why below them', async () => {
    await open();
    await page.getByRole('button', { name: 'Attributes, weights and connections of conv4' }).click();
    await page.getByRole('button', { name: 'or choose its row' }).click();
    // The card is gone, and the keys are the table's.
    await vi.waitFor(() => expect((document.activeElement as HTMLElement).dataset.row).toBe('conv4'));
    expect(document.querySelector('.popover:popover-open')).toBeNull();
    const unfit = () =>
      [...document.querySelectorAll<HTMLElement>('[data-row][aria-disabled]')].map((each) => each.dataset.row);
    // The layers behind it would be a cycle, those before the pool are larger; the pool has 16 maps.
    expect(unfit()).toEqual(['input', 'conv1', 'conv2', 'pool', 'conv4', 'conv5']);
    await userEvent.keyboard('{ArrowUp}{ArrowUp}{ArrowUp}{Enter}');
    const note = page.getByRole('alert');
    await expect.element(note).toHaveTextContent(/relu4: \[1, 32, 16, 24\].*relu2: \[1, 16, 32, 48\]/);
    await expect.element(note).toHaveTextContent(/The size of tensor a \(24\) must match the size of tensor b \(48\)/);
    expect(document.querySelector('[data-row="conv2"]')!.nextElementSibling).toBe(note.element().closest('tr'));
    expect(await violations()).toEqual([]);
    // The next choice is a new one, and the one that fits is made.
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{Enter}');
    await vi.waitFor(() => expect(rowNames()).toContain('add'));
    await expect.element(note).not.toBeInTheDocument();
    expect(unfit()).toEqual([]);
    undo();
    await page.getByRole('button', { name: 'Attributes, weights and connections of conv4' }).click();
    await page.getByRole('button', { name: 'or choose its row' }).click();
    await vi.waitFor(() => expect(unfit()).not.toEqual([]));
    await userEvent.keyboard('{Escape}');
    await vi.waitFor(() => expect(unfit()).toEqual([]));
  });

  it('is a tree: arrow keys open and close blocks, which have the sums of their layers', async () => {
    await open('resnet18');
    focusRow(rowNames().find((key) => key === 'layer1')!);
    const block = () => document.querySelector<HTMLElement>('[data-row="layer1"]')!;
    const isOpen = block().ariaExpanded;
    await userEvent.keyboard(isOpen === 'true' ? '{ArrowLeft}' : '{ArrowRight}');
    await vi.waitFor(() => expect(block().ariaExpanded).toBe(isOpen === 'true' ? 'false' : 'true'));
    if (isOpen === 'false') await userEvent.keyboard('{ArrowLeft}');
    await vi.waitFor(() => expect(block().ariaExpanded).toBe('false'));
    // 4 · (64 · 64 · 9 + 2 · 64)
    await expect.element(row(/layer1/).first()).toHaveTextContent(/6 layers.*148\s?k/);
    await userEvent.keyboard('{ArrowRight}{ArrowRight}');
    await vi.waitFor(() => expect((document.activeElement as HTMLElement).dataset.row).toBe('layer1.0'));
    await userEvent.keyboard('{ArrowLeft}{ArrowLeft}');
    await vi.waitFor(() => expect((document.activeElement as HTMLElement).dataset.row).toBe('layer1'));
    expect(await violations()).toEqual([]);
  });

  it('sorts by a column, and says so', async () => {
    await open();
    await page.getByRole('button', { name: 'parameters' }).click();
    await vi.waitFor(() => expect(rowNames()).toEqual(['conv5', 'conv4', 'conv3', 'conv2', 'conv1', 'pool']));
    expect(page.getByRole('columnheader', { name: 'parameters' }).element().ariaSort).toBe('descending');
  });

  it('is there without any layer, with what can be added', async () => {
    const nodes = [{ id: 'input', operator: { kind: 'input', channels: 3 }, inputs: [] }] as const;
    await open(withGraph(defaultNetwork, { nodes }, [1, 3, 32, 48]).layers);
    await expect.element(page.getByText(/no layer yet/)).toBeVisible();
    await page.getByRole('button', { name: 'Conv2d 3 × 3' }).click();
    await vi.waitFor(() => expect(rowNames()).toHaveLength(2));
  });
});
