import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { convOf } from '../../../graph/explore.ts';
import { valuesIn } from '../../../graph/graph.ts';
import { conv2dArithmetic } from '../../../operators/conv2d/arithmetic.ts';
import { defaultWorkspace } from '../../../store/defaultWorkspace.ts';
import { pinUnit, setHover } from '../../../store/pointer.ts';
import { tileRect } from '../../../views/atlas/layout.ts';
import { bakeColourMap, colourOf } from '../../../views/colour/colourMaps.ts';
import { shortNumber } from '../../../views/numbers.ts';
import { type ComputedSession, createComputedSession } from '../testing/computedSession.ts';
import { hoverAt, tapAt } from '../testing/pointing.ts';
import { renderWithSession } from '../testing/renderWithSession.tsx';
import { MapsPanel } from './MapsPanel.tsx';
import { atlasOf } from './mapsView.ts';

const [height, width] = [24, 36];
let computed: ComputedSession;

beforeEach(async () => {
  document.documentElement.dataset.theme = 'light';
  const workspace = defaultWorkspace();
  // One range for all maps, from their extremes: the colours of the reference below.
  const wholeLayer = { ...workspace.view, range: 'per-layer', percentiles: false } as const;
  computed = await createComputedSession([height, width], { ...workspace, view: wholeLayer });
  await renderWithSession(
    computed.session,
    <div style={{ width: 720, height: 520, display: 'grid' }}>
      <MapsPanel />
    </div>,
  );
  await vi.waitUntil(() => captionValue(0) !== '' || computed.session.pointer.getState().pin === null);
});
afterEach(() => computed.dispose());

const view = () => computed.session.workspace.getState().workspace.view;
const element = <T extends Element>(selector: string) => document.querySelector<T>(selector)!;
const captionValue = (slot: number) => document.querySelectorAll('.map-value')[slot]?.textContent ?? '';
const reference = () => {
  const { output } = computed;
  const values = Float64Array.from(output.picture.values);
  const input = { shape: [1, 3, height, width] as const, values };
  return conv2dArithmetic.reference(convOf(output.graph, 'conv'), [input], valuesIn(output.parameters, 'conv')).output
    .values;
};

function atlas() {
  const scroller = element<HTMLElement>('.maps-scroller');
  const viewport = { width: scroller.clientWidth, height: scroller.clientHeight };
  const arrangement = { flow: 'grid', captionHeight: 24 } as const;
  return atlasOf(computed.output, computed.session.results.getState().statistics, view(), viewport, arrangement);
}

/** Where unit (y, x) of the map in a slot stands, from the top left of the canvas in CSS pixels. */
function placeOf(slot: number, y: number, x: number) {
  const tile = tileRect(atlas().layout, slot);
  return { x: tile.x + ((x + 0.5) / width) * tile.width, y: tile.y + ((y + 0.5) / height) * tile.height };
}

function pixel(canvas: HTMLCanvasElement, at: { readonly x: number; readonly y: number }): number[] {
  const copy = new OffscreenCanvas(canvas.width, canvas.height);
  const context = copy.getContext('2d')!;
  context.drawImage(canvas, 0, 0);
  const ratio = canvas.width / canvas.clientWidth;
  return [...context.getImageData(Math.floor(at.x * ratio), Math.floor(at.y * ratio), 1, 1).data].slice(0, 3);
}

describe('the maps on their canvas', () => {
  it('have the colours of the float64 reference: sampled in every map at nine places', async () => {
    const expected = reference();
    const largest = expected.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
    const ends = { lo: -largest, hi: largest };
    const colours = bakeColourMap('rdbu', { zero: [255, 255, 255], isDark: false });
    const canvas = element<HTMLCanvasElement>('.maps-canvas');
    await vi.waitUntil(() => canvas.width > 300 && pixel(canvas, placeOf(0, 5, 5)).some((v) => v !== 0));
    const step = (ends.hi - ends.lo) / 255;
    for (let channel = 0; channel < 6; channel++) {
      for (const y of [2, 11, 21]) {
        for (const x of [3, 17, 33]) {
          const value = expected[(channel * height + y) * width + x]!;
          const near = [-1, 0, 1].map((by) => colourOf(colours, value + by * 0.02 * step, ends));
          expect(near).toContainEqual(pixel(canvas, placeOf(channel, y, x)));
        }
      }
    }
  });

  it('say what they are: size in the heading, name and number in the captions, numbers at the colours', async () => {
    await expect.element(page.getByText('9 × 24 × 36')).toBeVisible();
    await expect.element(page.getByRole('button', { name: 'Open map 0 · Sobel x full size' })).toBeVisible();
    const most = shortNumber(reference().reduce((m, v) => Math.max(m, Math.abs(v)), 0));
    await expect.element(page.getByText(`+${most}`)).toBeVisible();
    await expect.element(page.getByText(`−${most}`)).toBeVisible();
  });
});

describe('pointing at a map', () => {
  it('hovers the unit under the pointer and writes its value under every map; a click pins it', async () => {
    const overlay = element('.maps-overlay');
    const position = placeOf(1, 7, 30);
    hoverAt(overlay, position);
    await vi.waitUntil(() => captionValue(0) !== '');
    expect(computed.session.pointer.getState().hover).toEqual({ on: 'map', unit: { channel: 1, y: 7, x: 30 } });
    const expected = reference();
    for (let channel = 0; channel < 9; channel++) {
      expect(captionValue(channel)).toBe(shortNumber(Math.fround(expected[(channel * height + 7) * width + 30]!)));
    }
    tapAt(overlay, position);
    expect(computed.session.pointer.getState().pin).toEqual({ channel: 1, y: 7, x: 30 });
  });

  it('works by keyboard: arrows, Page Down, zoom and Enter', async () => {
    pinUnit(computed.session.pointer, { channel: 0, y: 4, x: 4 });
    element<HTMLElement>('.maps-scroller').focus();
    await userEvent.keyboard('{ArrowRight}{ArrowDown}{Shift>}{ArrowRight}{/Shift}{PageDown}');
    expect(computed.session.pointer.getState().pin).toEqual({ channel: 1, y: 5, x: 15 });
    await userEvent.keyboard('+');
    expect(view().zoom.scale).toBeCloseTo(1.5, 9);
    await userEvent.keyboard('0');
    expect(view().zoom.scale).toBe(1);
    await userEvent.keyboard('{Enter}');
    expect(view().opened).toBe(1);
  });

  it('says the pinned value and the statistics of its map in words', async () => {
    setHover(computed.session.pointer, null);
    pinUnit(computed.session.pointer, { channel: 0, y: 4, x: 4 });
    await expect.element(page.getByText(/Map 0 · Sobel x, row 4, column 4: .* This map: minimum/)).toBeInTheDocument();
  });
});

describe('a map opened full size', () => {
  it('shows a partial map for each input channel, whose sum is the map, and gives back its memory when Esc closes it', async () => {
    const before = computed.engine.counters.liveTensors;
    pinUnit(computed.session.pointer, { channel: 0, y: 4, x: 4 });
    await page.getByRole('button', { name: 'Open map 3 · Gaussian full size' }).click();
    await expect.element(page.getByRole('dialog', { name: 'Map 3 · Gaussian' })).toHaveFocus();
    // The unit that was pinned stays where it is, now in this map: what else is shown speaks of it too.
    expect(computed.session.pointer.getState().pin).toEqual({ channel: 3, y: 4, x: 4 });
    await expect.element(page.getByText('The map is the sum of one partial map for each input channel')).toBeVisible();
    expect(document.querySelectorAll('[data-slot^=partial]')).toHaveLength(3);
    expect(computed.engine.counters.liveTensors).toBe(before + 1);
    await userEvent.keyboard('{Escape}');
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
    await vi.waitUntil(() => computed.engine.counters.liveTensors === before);
    await expect.element(page.getByRole('button', { name: 'Open map 3 · Gaussian full size' })).toHaveFocus();
  });
});
