import i18next from 'i18next';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { displayEnds } from '../../../engine/displayRange.ts';
import { changeOperator } from '../../../graph/network/edit.ts';
import { loadWords } from '../../../i18n/index.ts';
import { editLayers } from '../../../live/network/layersText.ts';
import { type NetworkDesk, startNetworkDesk } from '../../../live/network/networkDesk.ts';
import { defaultWorkspace } from '../../../store/defaultWorkspace.ts';
import { defaultNetwork, defaultNetworkView, type NetworkState } from '../../../store/network.ts';
import { bakeColourMap, colourOf } from '../../../views/colour/colourMaps.ts';
import { type ComputedSession, createComputedSession } from '../../explore/testing/computedSession.ts';
import { renderWithSession } from '../../explore/testing/renderWithSession.tsx';
import { violations } from '../../explore/testing/violations.ts';
import { createNetworkContext, NetworkProvider, pinnedUnit } from '../network.tsx';
import '../network.css';
import { DiagramPanel } from './DiagramPanel.tsx';
import { diagramFile } from './diagramFile.ts';
import { diagramOf } from './useDiagram.ts';

let computed: ComputedSession;
let desk: NetworkDesk;

/** The network over a picture of 32 × 48. */
async function open(
  network: Partial<NetworkState> = {},
  open: readonly string[] | null = null,
  theme: 'light' | 'dark' = 'light',
  limit = 2 ** 28,
) {
  await page.viewport(1040, 500);
  const initial = defaultWorkspace();
  computed = await createComputedSession([32, 48], {
    ...initial,
    network: { ...initial.network, ...network },
    view: { ...initial.view, network: { ...initial.view.network, open } },
  });
  const { session } = computed;
  desk = startNetworkDesk(session, limit);
  const context = createNetworkContext(desk);
  await renderWithSession(session, <span />, { theme });
  await loadWords('network');
  await renderWithSession(
    session,
    <NetworkProvider value={context}>
      <DiagramPanel />
    </NetworkProvider>,
    { theme, width: 1000 },
  );
  await expect.element(page.getByRole('listbox')).toBeVisible();
  return context;
}

afterEach(() => {
  desk.dispose();
  computed.dispose();
});

const looked = () => computed.session.workspace.getState().workspace.view.network;
const options = () => page.getByRole('option').elements();
const nameOf = (option: Element) => option.querySelector('.sr-only')?.textContent;
const chosen = () => page.getByRole('option', { selected: true }).element();
const rectOf = (element: Element) => {
  const [x, y, width, height] = ['x', 'y', 'width', 'height'].map((name) => Number(element.getAttribute(name)));
  return { x: x!, y: y!, width: width!, height: height! };
};
const boxOf = (stage: string) => rectOf(document.querySelector(`.beam-box[data-stage="${stage}"]`)!);
const frontOf = (index: number) => rectOf(document.querySelectorAll('.strip-front')[index]!);

describe('the diagram of a network', () => {
  it('opens the chosen layer in Explore by a key', async () => {
    await open();
    (page.getByRole('listbox').element() as HTMLElement).focus();
    await userEvent.keyboard('{Home}{ArrowRight}e');
    const { networkLayer, view } = computed.session.workspace.getState().workspace;
    expect([networkLayer, view.screen]).toEqual(['conv2', 'explore']);
  });

  it('has a box for every layer with what joins it, and says its shape and what the unit reads of it', async () => {
    await open();
    expect(options().map(nameOf)).toEqual([
      'conv1, Conv2d 3 → 16, 3 × 3, 16 × 32 × 48, field 20 × 20',
      'conv2, Conv2d 16 → 16, 3 × 3, 16 × 32 × 48, field 18 × 18',
      'pool, max pool, 2 × 2, 16 × 16 × 24, field 9 × 9',
      'conv3, Conv2d 16 → 32, 3 × 3, 32 × 16 × 24, field 7 × 7',
      'conv4, Conv2d 32 → 32, 3 × 3, 32 × 16 × 24, field 5 × 5',
      'conv5, Conv2d 32 → 32, 5 × 5, 32 × 16 × 24, field 1 × 1',
    ]);
    expect(await violations()).toEqual([]);
  });

  it('draws the field of the pinned unit where it lies on the photo', async () => {
    await open();
    // Row 6, column 8 of 16 × 24 maps read rows 2 to 23 and columns 6 to 27 of 32 × 48 pixels.
    const [photo, box] = [frontOf(0), boxOf('input')];
    expect((box.x - photo.x) / photo.width).toBeCloseTo(6 / 48);
    expect((box.y - photo.y) / photo.height).toBeCloseTo(2 / 32);
    expect(box.width / photo.width).toBeCloseTo(22 / 48);
    expect(box.height / photo.height).toBeCloseTo(22 / 32);
  });

  it('is walked through by arrow keys, from the last layer to the first', async () => {
    await open({}, null, 'dark');
    (page.getByRole('listbox').element() as HTMLElement).focus();
    expect(nameOf(chosen())).toMatch(/^conv5/);
    await userEvent.keyboard('{ArrowLeft}{ArrowLeft}');
    expect(looked().layer).toBe('relu3');
    await userEvent.keyboard('{Home}');
    expect(looked().layer).toBe('relu1');
    expect(page.getByRole('listbox').element().getAttribute('aria-activedescendant')).toBe(chosen().id);
    // One unit of the first layer reads 3 × 3 pixels.
    await expect.poll(() => boxOf('input').width / frontOf(0).width).toBeCloseTo(3 / 48);
    expect(document.querySelectorAll('.beam-box')).toHaveLength(2);
    expect(await violations()).toEqual([]);
  });

  it('shows the unit under the pointer, and pins it on a click', async () => {
    const { looking } = await open();
    const list = page.getByRole('listbox');
    const map = frontOf(3);
    const position = { x: Math.round(map.x + 0.52 * map.width), y: Math.round(map.y + 0.53 * map.height) };
    await list.hover({ position });
    expect(looking.getState().hover).toMatchObject({ layer: 'pool', y: 8, x: 12 });
    await list.click({ position });
    await expect.poll(looked).toMatchObject({ layer: 'pool', unit: { u: 12.5 / 24, v: 8.5 / 16 } });
  });

  it('paints the pinned channel of every layer in grey between its 1st and 99th percentile', async () => {
    const { desk: running } = await open();
    await vi.waitFor(() => expect(running.results.getState().progress).toBeNull());
    const maps = running.results.getState().maps.relu1!;
    const { channel } = defaultNetworkView.unit;
    const region = { channel, channels: 1, y: 0, x: 0, height: 32, width: 48 };
    const values = await computed.engine.read(maps, region);
    const range = { mode: 'per-map', percentiles: true, symmetric: false } as const;
    const ends = displayEnds(range, await computed.engine.statistics(maps), channel);
    const colours = bakeColourMap('grey', { zero: [255, 255, 255], isDark: false });
    const canvas = document.querySelector<HTMLCanvasElement>('.strip-maps')!;
    const front = frontOf(1);
    const pixelAt = (row: number, column: number) => {
      const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d')!;
      copy.drawImage(canvas, 0, 0);
      const x = Math.round((front.x + ((column + 0.5) / 48) * front.width) * devicePixelRatio);
      const y = Math.round((front.y + ((row + 0.5) / 32) * front.height) * devicePixelRatio);
      return [...copy.getImageData(x, y, 1, 1).data.slice(0, 3)];
    };
    for (const [row, column] of [[3, 4], [11, 29], [16, 24], [28, 40]] as const) // biome-ignore format: points
      await expect.poll(() => pixelAt(row, column)).toEqual([...colourOf(colours, values[row * 48 + column]!, ends)]);
  });

  it('opens a block by Enter and closes the one around a layer by Backspace', async () => {
    await open({ layers: 'resnet18' }, ['layer1']);
    (page.getByRole('listbox').element() as HTMLElement).focus();
    await userEvent.keyboard('{Home}{ArrowRight}{ArrowRight}');
    expect(nameOf(chosen())).toMatch(/^layer1\.0, 7 layers/);
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => options().some((option) => nameOf(option)?.startsWith('layer1.0.conv1'))).toBe(true);
    expect(looked().open).toContain('layer1.0');
    await expect.element(page.getByRole('button', { name: 'Close layer1.0' })).toBeInTheDocument();
    await userEvent.keyboard('{Backspace}');
    await expect.poll(() => nameOf(chosen())).toMatch(/^layer1\.0, 7 layers/);
    expect(await violations()).toEqual([]);
  });

  it('keeps the chosen scale with where one looks, and draws by the one that stands there', async () => {
    await open();
    const scale = (name: string) => page.getByRole('radio', { name });
    expect(looked().scale).toBeNull();
    await expect.element(scale('linear')).toBeChecked();
    await userEvent.click(scale('log'));
    expect(looked().scale).toBe('log');
    await expect.element(scale('log')).toBeChecked();
    const { setView } = computed.session.workspace.getState();
    setView({ network: { ...looked(), scale: 'linear' } });
    await expect.element(scale('linear')).toBeChecked();
  });

  it('has a minimap where the network is wider than the panel, moved by keys', async () => {
    await open({ layers: 'resnet18' });
    const bar = page.getByRole('scrollbar');
    const scroller = document.querySelector('.strip-scroller')!;
    (bar.element() as HTMLElement).focus();
    await userEvent.keyboard('{End}');
    expect(scroller.scrollLeft).toBe(scroller.scrollWidth - scroller.clientWidth);
    await expect.poll(() => bar.element().ariaValueNow).toBe('100');
    await userEvent.keyboard('{Home}');
    await expect.poll(() => bar.element().ariaValueNow).toBe('0');
  });

  it('says of layers whose maps are not kept that choosing them computes them', async () => {
    const { desk: running } = await open({}, null, 'light', 1);
    await vi.waitFor(() => expect(running.results.getState().progress).toBeNull());
    const conv1 = page.getByRole('option', { name: /^conv1.*not kept/ });
    expect(document.querySelectorAll('.strip-map.waiting')).toHaveLength(5);
    await conv1.click({ position: { x: 4, y: 60 } });
    await expect.poll(() => running.results.getState().maps.relu1).toBeDefined();
    await expect.poll(() => conv1.query()).toBeNull();
  });

  it('is saved as SVG with the blocks, names and fields that are on the screen', async () => {
    const { desk: running } = await open();
    const { plan } = running.results.getState();
    const view = computed.session.workspace.getState().workspace.view.network;
    const file = await diagramFile(
      diagramOf(plan!, null, null),
      pinnedUnit(plan!, view),
      i18next.getFixedT(null, 'network'),
    );
    expect(file.name).toBe('waves-network.svg');
    const svg = new DOMParser().parseFromString(await file.text(), 'image/svg+xml');
    const texts = [...svg.querySelectorAll('text')].map(({ textContent }) => textContent);
    expect(texts).toEqual(
      expect.arrayContaining(['Conv × 5', 'Photo', '3×32×48', '22×22', 'conv5', '32×16×24', '×32']),
    );
    expect(svg.querySelector('parsererror')).toBeNull();
  });

  it('marks a layer that cannot be had, with the sentence that says why', async () => {
    const { state } = editLayers(defaultNetwork, [1, 3, 32, 48], (graph) => {
      const pool = graph.nodes.find(({ id }) => id === 'pool')!.operator;
      return pool.kind === 'pool2d' ? changeOperator(graph, 'pool', { ...pool, kernelSize: [40, 40] }) : graph;
    });
    await open(state);
    await expect.element(page.getByRole('option', { name: /^pool.*Nothing is left of maps/ })).toBeInTheDocument();
    await expect
      .element(page.getByRole('option', { name: /^conv5.*waits for a layer with an error/ }))
      .toBeInTheDocument();
    expect(nameOf(chosen())).toMatch(/^conv2/);
  });
});
