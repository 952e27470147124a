import '../../../operators/late.ts';
import { useState } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { architecture } from '../../../graph/architectures/index.ts';
import type { Graph, NodeId } from '../../../graph/graph.ts';
import { inferShapes } from '../../../graph/infer.ts';
import { neutralLevers } from '../../../graph/price/levers.ts';
import type { Network } from '../../../graph/price/refit.ts';
import { type Language, loadWords, startI18n } from '../../../i18n/index.ts';
import { violations } from '../../explore/testing/violations.ts';
import '../../theme/base.css';
import '../../theme/tokens.css';
import { Levers } from './Levers.tsx';
import { PriceOfContext, type PriceOfContextProps } from './PriceOfContext.tsx';

const input = [1, 3, 128, 128] as const;

function networkOf(graph: Graph): Network {
  const shapes = inferShapes(graph, { input });
  if (!shapes.ok) throw new Error(shapes.error.message);
  return { graph, shapes: shapes.value };
}

const mobilenet = networkOf(architecture('mobilenet_v1', input));
const resnet = networkOf(architecture('resnet18', input));

interface Look {
  readonly language?: Language;
  readonly theme?: 'light' | 'dark';
  readonly width?: number;
}

async function show(part: React.ReactNode, { language = 'en', theme = 'light', width = 1000 }: Look = {}) {
  document.documentElement.dataset.theme = theme;
  await startI18n(language);
  await loadWords('network');
  await render(<div style={{ width }}>{part}</div>);
}

afterEach(() => {
  delete document.documentElement.dataset.theme;
});

describe('the price of a wider view', () => {
  const open = (props: Partial<PriceOfContextProps> = {}, look?: Look) =>
    show(<PriceOfContext network={resnet} layer="layer1.0.conv1" onReplace={() => undefined} {...props} />, look);
  const row = (name: RegExp) => page.getByRole('row', { name });

  it('says what each way takes at the chosen field: one 7 x 7 kernel of 64 channels has 200 k weights, three 3 x 3 111 k', async () => {
    await open();
    await expect.element(page.getByRole('table', { name: 'The ways to a field of 7' })).toBeVisible();
    await expect.element(row(/one larger kernel/)).toHaveTextContent(/1\D*201\s?k/);
    await expect.element(row(/^stack of 3 × 3/)).toHaveTextContent(/3111\s?k/);
    // 11 px are seen by the maps that it reads, each 4 px from the next.
    await expect.element(page.getByText(/reaches 35 px of the photo/)).toBeVisible();
    await expect
      .element(page.getByRole('img', { name: /^memory in training over the field: one larger kernel/ }))
      .toBeVisible();
    expect(await violations()).toEqual([]);
  });

  it('moves the wanted field by keyboard, through odd numbers', async () => {
    await open();
    const slider = page.getByRole('slider', { name: /field/ });
    (slider.element() as HTMLElement).focus();
    await userEvent.keyboard('{ArrowRight}');
    await expect.element(page.getByRole('table', { name: 'The ways to a field of 9' })).toBeVisible();
    await row(/max pooling/)
      .getByRole('radio')
      .click();
    await expect.element(page.getByText('This way has no field of 9: the next is 10.')).toBeVisible();
  });

  it('moves the wanted field by dragging in a chart', async () => {
    await open();
    const chart = page.getByRole('img', { name: /^MACs over the field/ }).element();
    const { left, width, top } = chart.getBoundingClientRect();
    // The axis runs from 44 to 232 of 250, its middle is the field of 33.
    const at = { clientX: left + (width * 138) / 250, clientY: top + 20, buttons: 1, pointerId: 1, bubbles: true };
    vi.spyOn(chart, 'setPointerCapture').mockImplementation(() => undefined);
    chart.dispatchEvent(new PointerEvent('pointerdown', at));
    await expect.element(page.getByRole('table', { name: 'The ways to a field of 33' })).toBeVisible();
  });

  it('makes the chosen way the network, in place of the layer or behind it', async () => {
    const onReplace = vi.fn<(graph: Graph, last: NodeId) => void>();
    await open({ onReplace });
    await page.getByRole('button', { name: 'Replace layer1.0.conv1' }).click();
    const [graph, last] = onReplace.mock.calls[0]!;
    expect(last).toBe('layer1.0.conv1.wide.2');
    expect(graph.nodes.some(({ id }) => id === 'layer1.0.conv1')).toBe(false);
    await page.getByRole('radio', { name: 'Behind the layer' }).click();
    await page.getByRole('button', { name: 'Put it behind layer1.0.conv1' }).click();
    expect(onReplace.mock.calls[1]![1]).toBe('layer1.0.conv1.wide.relu');
  });

  it('says in PyTorch’s words where smaller maps do not fit, and changes nothing', async () => {
    const onReplace = vi.fn();
    await open({ onReplace });
    await row(/max pooling/)
      .getByRole('radio')
      .click();
    await page.getByRole('button', { name: 'Replace layer1.0.conv1' }).click();
    await expect.element(page.getByRole('alert')).toHaveTextContent(/size of tensor a \(16\) must match.*\(32\)/);
    expect(onReplace).not.toHaveBeenCalled();
  });

  it('behind a layer that is no convolution offers no other place', async () => {
    await open({ layer: 'maxpool' });
    await expect.element(page.getByRole('radio', { name: 'Instead of the layer' })).toBeDisabled();
    await expect.element(page.getByRole('button', { name: 'Put it behind maxpool' })).toBeVisible();
  });

  it('measures every way in its turn, and says why where that fails', async () => {
    const measure = vi.fn(async () => 1.25);
    await open({ measure });
    await page.getByRole('button', { name: 'Measure the time' }).click();
    await expect.element(row(/stack of depthwise/)).toHaveTextContent(/1\.25 ms$/);
    expect(measure).toHaveBeenCalledTimes(7);
    measure.mockRejectedValueOnce(new Error('out of memory'));
    await page.getByRole('button', { name: 'Measure the time' }).click();
    await expect.element(page.getByRole('alert')).toHaveTextContent('out of memory');
  });

  it('reads well in Korean on a dark phone', async () => {
    await open({}, { language: 'ko', theme: 'dark', width: 360 });
    await expect.element(page.getByRole('button', { name: 'layer1.0.conv1 바꾸기' })).toBeVisible();
    expect(await violations()).toEqual([]);
  });
});

const onKeep = vi.fn<(network: Network) => void>();

function Held({ network }: { readonly network: Network }) {
  const [levers, setLevers] = useState(neutralLevers);
  return (
    <Levers network={network} photo={[512, 512]} longest={512} levers={levers} onChange={setLevers} onKeep={onKeep} />
  );
}

describe('the levers', () => {
  it('say what the network costs before and after, and which setting first fits the budget', async () => {
    await show(<Held network={mobilenet} />);
    const totals = page.getByRole('table', { name: 'The whole network' });
    await page.getByRole('spinbutton', { name: 'budget in millions' }).fill('100');
    await page.getByRole('button', { name: /^Set width to/ }).click();
    await expect.element(page.getByRole('spinbutton', { name: 'width' })).toHaveValue(0.7);
    await expect.element(totals.getByRole('row', { name: /^MACs/ })).toHaveTextContent(/186\s?M9\d\.\d\s?M/);
    expect(await violations()).toEqual([]);
  });

  it('keep the network as it is set, and go back', async () => {
    await show(<Held network={mobilenet} />);
    await expect.element(page.getByRole('button', { name: 'Keep this network' })).toBeDisabled();
    await page.getByRole('spinbutton', { name: 'width' }).fill('0.5');
    await page.getByRole('button', { name: 'Keep this network' }).click();
    expect(onKeep.mock.lastCall![0].shapes['layers.0.pointwise.0']).toEqual([1, 32, 64, 64]);
    await page.getByRole('button', { name: 'Reset' }).click();
    await expect.element(page.getByRole('spinbutton', { name: 'width' })).toHaveValue(1);
  });

  it('move a step of sub-sampling, and show each layer before and after', async () => {
    await show(<Held network={resnet} />);
    await page.getByRole('combobox', { name: 'step to move' }).selectOptions('maxpool, ÷2 at 64 × 64');
    await page.getByRole('combobox', { name: 'where to' }).selectOptions('left out');
    await page.getByText('Layer by layer').click();
    await expect
      .element(page.getByRole('row', { name: /^layer4\.1\.relu2/ }))
      .toHaveTextContent('512 × 4 × 4 → 512 × 8 × 8');
    expect(await violations()).toEqual([]);
  });

  it('say why a setting is no network', async () => {
    const alexnet = networkOf(architecture('alexnet', input));
    await show(
      <Levers
        network={alexnet}
        photo={[512, 512]}
        longest={512}
        levers={{ ...neutralLevers, size: 24 }}
        onChange={() => undefined}
        onKeep={onKeep}
      />,
    );
    await expect.element(page.getByRole('alert')).toHaveTextContent(/Output size is too small/);
    await expect.element(page.getByRole('button', { name: 'Keep this network' })).toBeDisabled();
  });

  it('read well in Korean on a dark phone', async () => {
    await show(<Held network={mobilenet} />, { language: 'ko', theme: 'dark', width: 360 });
    await expect.element(page.getByRole('table', { name: '네트워크 전체' })).toBeVisible();
    expect(await violations()).toEqual([]);
  });
});
