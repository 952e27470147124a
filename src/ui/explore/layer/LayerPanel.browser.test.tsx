import { beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { convOf } from '../../../graph/explore.ts';
import type { Session } from '../../../live/session.ts';
import type { Pair } from '../../../operators/operator.ts';
import { createLayerSession } from '../testing/layerSession.ts';
import { renderWithSession } from '../testing/renderWithSession.tsx';
import { violations } from '../testing/violations.ts';
import { LayerControls, LayerPanel } from './LayerPanel.tsx';

let session: Session;

async function open(size: Pair = [300, 451], language: 'en' | 'ko' = 'en', theme: 'light' | 'dark' = 'light') {
  session = createLayerSession(size);
  await renderWithSession(session, <LayerPanel />, { language, theme });
}

function conv() {
  const { workspace } = session.workspace.getState();
  return convOf(workspace.graph, workspace.focus);
}

const field = (name: string) => page.getByRole('spinbutton', { name, exact: true });

describe('the layer card', () => {
  beforeEach(() => open());

  it('has a number field for every attribute, named as in PyTorch', async () => {
    for (const name of ['kernel_size', 'stride', 'padding', 'dilation', 'groups', 'out_channels']) {
      await expect.element(field(name)).toBeVisible();
    }
  });

  it('names the fields alike in Korean', async () => {
    await open([300, 451], 'ko');
    await expect.element(page.getByRole('heading', { name: '레이어' }).last()).toBeVisible();
    await expect.element(field('stride').last()).toBeVisible();
  });

  it('sets height and width together while they are linked', async () => {
    await field('stride').fill('2');
    expect(conv().stride).toEqual([2, 2]);
  });

  it('parts height and width, and joins them again at the height', async () => {
    await page.getByRole('button', { name: 'Height and width together: stride' }).click();
    await field('stride height').fill('2');
    await field('stride width').fill('3');
    expect(conv().stride).toEqual([2, 3]);
    await page.getByRole('button', { name: 'Height and width together: stride' }).click();
    expect(conv().stride).toEqual([2, 2]);
    await expect.element(field('stride')).toHaveValue(2);
  });

  it('parts padding into its four sides', async () => {
    await page.getByRole('button', { name: 'All four sides together: padding' }).click();
    await field('padding top').fill('0');
    await field('padding bottom').fill('2');
    await field('padding left').fill('3');
    await field('padding right').fill('4');
    expect(conv().padding).toEqual({ top: 0, bottom: 2, left: 3, right: 4 });
  });

  it('takes padding by name, and goes back to numbers at the same size', async () => {
    await page.getByRole('radio', { name: 'full' }).click();
    expect(conv().padding).toBe('full');
    await expect.element(field('padding')).toHaveValue(2);
    await page.getByRole('radio', { name: 'number' }).click();
    expect(conv().padding).toEqual({ top: 2, bottom: 2, left: 2, right: 2 });
  });

  it('offers no same padding under a stride', async () => {
    await field('stride').fill('2');
    await expect.element(page.getByRole('radio', { name: 'same' })).toBeDisabled();
  });

  it('sets padding_mode, bias and activation', async () => {
    await page.getByRole('combobox', { name: 'padding_mode' }).selectOptions('reflect');
    await page.getByRole('switch', { name: 'bias' }).click();
    await page.getByRole('combobox', { name: 'activation' }).selectOptions('leaky_relu');
    expect(conv()).toMatchObject({ paddingMode: 'reflect', bias: false });
    const { graph } = session.workspace.getState().workspace;
    expect(graph.nodes.at(-1)?.operator).toEqual({ kind: 'activation', function: 'leaky_relu' });
  });

  it('lights the control that had to move: 3 groups make 9 of 8 output channels', async () => {
    await field('out_channels').fill('8');
    await field('groups').fill('3');
    expect(conv().outChannels % 3).toBe(0);
    const row = field('out_channels').element().closest('[data-moved]');
    expect(row?.getAttribute('data-moved')).toBe('true');
    await expect.poll(() => row?.getAttribute('data-moved'), { timeout: 4000 }).toBe('false');
  });

  it('goes back on a double click', async () => {
    await field('stride').fill('4');
    await page.getByText('stride', { exact: true }).first().dblClick();
    expect(conv().stride).toEqual([1, 1]);
  });
});

describe('the output size', () => {
  it('works out the output size with its numbers, and names what the floor drops', async () => {
    session = createLayerSession();
    await renderWithSession(session, <LayerControls />);
    const size = page.getByRole('region', { name: 'Output size, worked out' });
    await expect.element(size).toHaveTextContent('⌊(300 + 1 + 1 − 1·(3 − 1) − 1) / 1⌋ + 1 = 300');
    await field('stride').fill('2');
    await expect.element(size).toHaveTextContent('⌊(300 + 1 + 1 − 1·(3 − 1) − 1) / 2⌋ + 1 = 150');
    await expect.element(size).toHaveTextContent('1 row at the bottom is never read (only padding)');
    await field('padding').fill('0');
    await expect.element(size).toHaveTextContent('1 row at the bottom is never read (hatched on the photo)');
  });
});

describe('the ranges', () => {
  it('reach no kernel larger than a 5-pixel photo with its padding of 1', async () => {
    await open([5, 5]);
    await expect.element(field('kernel_size')).toHaveAttribute('max', '7');
    await field('kernel_size').fill('9');
    await userEvent.keyboard('{Enter}');
    expect(conv().kernelSize).toEqual([7, 7]);
  });
});

describe('the code line', () => {
  beforeEach(() => open());
  const line = page.getByRole('textbox', { name: 'Layer as PyTorch code' });
  const written = (stride: number) =>
    `nn.Conv2d(3, 9, kernel_size=3, stride=${stride}, padding=1, dilation=1, groups=1, padding_mode='zeros')`;
  const pasteText = (text: string) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    line.element().dispatchEvent(new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData }));
  };

  it('is the layer as PyTorch writes it, and follows the sliders', async () => {
    await expect.element(line).toHaveValue(written(1));
    await field('stride').fill('2');
    await expect.element(line).toHaveValue(written(2));
  });

  it('breaks its lines where the coloured text behind it does, so that the caret stands at its letter', async () => {
    pasteText(
      'nn.Sequential(nn.ZeroPad2d((15, 3, 15, 2)), nn.Conv2d(3, 64, (15, 13), (2, 1), dilation=8, bias=False), nn.LeakyReLU())',
    );
    await expect.element(line).toHaveValue(expect.stringMatching(/^nn\.Sequential\(\n {4}nn\.ZeroPad2d/));
    const element = line.element();
    element.closest<HTMLElement>('.layer-code')!.style.width = '300px';
    expect(element.clientHeight).toBeGreaterThan(5 * 18);
    expect(element.scrollHeight).toBe(element.clientHeight);
  });

  it('is edited as text and taken on Enter; the controls follow', async () => {
    await line.fill('nn.Conv2d(3, 16, 5, stride=2, padding=2)');
    await userEvent.keyboard('{Enter}');
    await expect.poll(conv).toMatchObject({ outChannels: 16, kernelSize: [5, 5], stride: [2, 2] });
    await expect.element(field('kernel_size')).toHaveValue(5);
    await expect.element(field('out_channels')).toHaveValue(16);
  });

  it('takes a pasted Keras layer whole, wherever the caret stands', async () => {
    pasteText("Conv2D(8, (3, 5), strides=2, padding='valid', activation='relu')");
    await expect.poll(conv).toMatchObject({ outChannels: 8, kernelSize: [3, 5], stride: [2, 2] });
    await expect.element(page.getByRole('combobox', { name: 'activation' })).toHaveValue('relu');
  });

  it('refuses in the words of the library and offers what may be taken instead', async () => {
    pasteText("nn.Conv2d(3, 16, 3, stride=2, padding='same')");
    const alert = page.getByRole('alert');
    await expect.element(alert).toHaveTextContent("padding='same' is not supported for strided convolutions");
    expect(conv().stride).toEqual([1, 1]);
    await page.getByRole('button', { name: 'Take TensorFlow’s SAME instead' }).click();
    // 300 rows at stride 2: 150 outputs read 2 * 149 + 3 = 301 rows, so one row is added, below.
    expect(conv()).toMatchObject({ stride: [2, 2], padding: { top: 0, bottom: 1, left: 1, right: 1 } });
    await expect.element(alert).not.toBeInTheDocument();
  });

  it('refuses what it cannot show, with the range, and offers the nearest', async () => {
    pasteText('nn.Conv2d(3, 16, 17, padding=8)');
    const alert = page.getByRole('alert');
    await expect.element(alert).toHaveTextContent('Explore does not go as far: kernel_size=17 (1–15).');
    expect(conv().kernelSize).toEqual([3, 3]);
    await page.getByRole('button', { name: 'Take kernel_size=15 instead' }).click();
    expect(conv()).toMatchObject({ kernelSize: [15, 15], padding: { top: 8, left: 8 }, outChannels: 16 });
  });

  it('takes a call without an activation for a layer without one', async () => {
    session.workspace.getState().setActivation('relu');
    pasteText('nn.Conv2d(3, 16, 5)');
    await expect.element(page.getByRole('combobox', { name: 'activation' })).toHaveValue('none');
    expect(session.workspace.getState().notice?.code).toBe('layer-activation');
  });

  it('keeps what was refused until it is taken back', async () => {
    await line.fill('nn.Linear(3, 4)');
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByRole('alert')).toHaveTextContent('write nn.Conv2d(…)');
    await expect.element(line).toHaveValue('nn.Linear(3, 4)');
    await page.getByRole('button', { name: 'Take back' }).click();
    await expect.element(line).toHaveValue(written(1));
  });

  it('is given back by Escape', async () => {
    await line.fill('nn.Conv2d(');
    await userEvent.keyboard('{Escape}');
    await expect.element(line).toHaveValue(written(1));
  });
});

describe('the copy menu', () => {
  beforeEach(() => open());

  it('copies the layer as each library, and says what a library cannot say', async () => {
    const written: string[] = [];
    navigator.clipboard.writeText = async (text) => void written.push(text);
    session.workspace.getState().setConv({ paddingMode: 'circular' });
    await page.getByRole('button', { name: 'Copy as code' }).click();
    await expect
      .element(page.getByRole('menuitem', { name: 'as Keras' }))
      .toHaveAccessibleDescription('Keras pads with zeros only: the copy says so.');
    await page.getByRole('menuitem', { name: 'as Keras' }).click();
    await expect.element(page.getByText('Copied as Keras')).toBeVisible();
    expect(written[0]).toContain('# Keras has no layer for padding_mode=');
    expect(written[0]).toContain('Conv2D(9, kernel_size=3');
  });

  it('names everything that a library cannot say', async () => {
    session.workspace.getState().setConv({ paddingMode: 'reflect', stride: [2, 2], dilation: [2, 2] });
    await page.getByRole('button', { name: 'Copy as code' }).click();
    await expect
      .element(page.getByRole('menuitem', { name: 'as Keras' }))
      .toHaveAccessibleDescription(
        'Keras refuses stride and dilation together: the copy says so. Keras pads with zeros only: the copy says so.',
      );
  });

  it('shows the text to copy by hand when the browser refuses', async () => {
    navigator.clipboard.writeText = () => Promise.reject(new Error('denied'));
    await page.getByRole('button', { name: 'Copy as code' }).click();
    await page.getByRole('menuitem', { name: 'as ONNX' }).click();
    await expect.element(page.getByRole('alert')).toBeVisible();
    expect((page.getByRole('textbox', { name: 'Copy as code' }).element() as HTMLTextAreaElement).value).toContain(
      'Conv',
    );
  });
});

describe('the card for everybody', () => {
  it.each([
    ['en', 'light'],
    ['ko', 'dark'],
  ] as const)('has no axe violation in %s, %s: plain, parted, and with a refusal', async (language, theme) => {
    await open([300, 451], language, theme);
    expect(await violations()).toEqual([]);
    session.workspace.getState().setConv({ kernelSize: [3, 5], stride: [2, 3], padding: 'full' });
    await page.getByRole('textbox').fill('nn.Linear(3, 4)');
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByRole('alert')).toBeVisible();
    expect(await violations()).toEqual([]);
  });
});
