import { beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { convOf } from '../../../graph/explore.ts';
import type { Session } from '../../../live/session.ts';
import type { Pair } from '../../../operators/operator.ts';
import { createLayerSession } from '../testing/layerSession.ts';
import { renderWithSession } from '../testing/renderWithSession.tsx';
import { LayerPanel } from './LayerPanel.tsx';

let session: Session;

async function open(size: Pair = [300, 451], language: 'en' | 'ko' = 'en') {
  session = createLayerSession(size);
  await renderWithSession(session, <LayerPanel />, { language });
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

  it('works out the output size with its numbers, and names what the floor drops', async () => {
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
