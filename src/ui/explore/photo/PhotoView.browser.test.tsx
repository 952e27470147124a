import { afterEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { withConv } from '../../../graph/explore.ts';
import { createConv2d } from '../../../operators/conv2d/index.ts';
import { defaultWorkspace } from '../../../store/defaultWorkspace.ts';
import { pinUnit, setHover } from '../../../store/pointer.ts';
import type { Workspace } from '../../../store/workspace.ts';
import { type ComputedSession, createComputedSession } from '../testing/computedSession.ts';
import { hoverAt, tapAt } from '../testing/pointing.ts';
import { renderWithSession } from '../testing/renderWithSession.tsx';
import { PhotoView, type PhotoViewProps } from './PhotoView.tsx';

let computed: ComputedSession | null = null;
afterEach(() => computed?.dispose());

/** 24 x 36 pixels with two rows and columns of padding on each side, on a canvas of 10 CSS pixels for each pixel. */
async function show(change: Partial<Workspace['input']> = {}, props: PhotoViewProps = {}): Promise<ComputedSession> {
  const workspace = defaultWorkspace();
  const conv = createConv2d({
    inChannels: 3,
    outChannels: 9,
    kernelSize: [3, 3],
    padding: { top: 2, bottom: 2, left: 2, right: 2 },
    dilation: [2, 2],
  });
  const graph = withConv(workspace.graph, workspace.focus, conv);
  computed = await createComputedSession([24, 36], { ...workspace, graph, input: { ...workspace.input, ...change } });
  await renderWithSession(
    computed.session,
    <div style={{ width: 420 }}>
      <PhotoView {...props} />
    </div>,
  );
  await vi.waitUntil(() => canvas('.photo-canvas').width > 300 && at('.photo-canvas', 10, 10)[3] === 255);
  return computed;
}

const canvas = (selector: string) => document.querySelector<HTMLCanvasElement>(selector)!;

/** Side of a picture pixel and the place of the padded picture on the canvas, CSS pixels: 40 x 28 on 420 x 280. */
const side = 10;
const left = (420 - 40 * side) / 2;

/** RGBA in the middle of pixel (y, x) of the picture; -1 and -2 are padding. */
function at(selector: string, y: number, x: number): number[] {
  const element = canvas(selector);
  const ratio = element.width / element.clientWidth;
  const [px, py] = [left + (x + 2.5) * side, (y + 2.5) * side];
  const { data } = element.getContext('2d')!.getImageData(Math.floor(px * ratio), Math.floor(py * ratio), 1, 1);
  return [...data];
}

describe('the photo', () => {
  it('is drawn pixel by pixel, with zeros around it in the colour that 0 has', async () => {
    const { output } = await show({ range: 'signed' });
    const { rgba, width } = output.picture;
    for (const [y, x] of [
      [0, 0],
      [11, 17],
      [23, 35],
    ] as const) {
      expect(at('.photo-canvas', y, x)).toEqual([...rgba.subarray(4 * (y * width + x), 4 * (y * width + x) + 4)]);
    }
    for (const [y, x] of [
      [-1, 5],
      [24, 35],
      [10, -2],
    ] as const) {
      expect(at('.photo-canvas', y, x)).toEqual([128, 128, 128, 255]);
    }
  });

  it('dims all but the taps of the pinned unit: the holes of a dilated kernel are dimmed too', async () => {
    const { session } = await show();
    pinUnit(session.pointer, { channel: 0, y: 10, x: 10 });
    await vi.waitUntil(() => at('.photo-overlay', 0, 0)[3]! > 100);
    // Rows and columns 8, 10 and 12 are read.
    expect(at('.photo-overlay', 8, 12)[3]).toBe(0);
    expect(at('.photo-overlay', 9, 12)[3]).toBeGreaterThan(100);
    expect(at('.photo-overlay', 10, 11)[3]).toBeGreaterThan(100);
    expect(at('.photo-overlay', 10, 10)[3]).toBe(0);
  });

  it('draws the cross-hair of the unit up to its field', async () => {
    const { session } = await show();
    pinUnit(session.pointer, { channel: 0, y: 10, x: 10 });
    await vi.waitUntil(() => at('.photo-overlay', 0, 0)[3]! > 100);
    const red = (y: number, x: number) => at('.photo-overlay', y, x)[0]!;
    expect(red(10, 30)).toBeGreaterThan(red(9, 30) + 80);
    expect(red(20, 10)).toBeGreaterThan(red(20, 9) + 80);
  });

  it('dims nothing for a field that the zoomed picture does not show', async () => {
    const { session } = await show();
    pinUnit(session.pointer, { channel: 0, y: 3, x: 3 });
    await vi.waitUntil(() => at('.photo-overlay', 20, 30)[3]! > 100);
    session.workspace.getState().setView({ zoom: { scale: 4, x: 0.75, y: 0.75 } });
    await vi.waitUntil(() => at('.photo-overlay', 20, 30)[3] === 0);
    expect(at('.photo-overlay', 5, 5)[3]).toBe(0);
  });

  it('is in its own light while it is painted on', async () => {
    const { session } = await show({}, { onPaint: () => undefined });
    pinUnit(session.pointer, { channel: 0, y: 10, x: 10 });
    await new Promise((drawn) => setTimeout(drawn, 200));
    expect(at('.photo-overlay', 0, 0)[3]).toBe(0);
    expect(at('.photo-overlay', 20, 30)[3]).toBe(0);
  });

  it.each([
    { term: 'H', marked: { y: 12, x: 0 }, unmarked: { y: 23, x: 20 } },
    { term: 'W', marked: { y: 23, x: 20 }, unmarked: { y: 12, x: 0 } },
  ] as const)('marks what the letter $term of the price counts', async ({ term, marked, unmarked }) => {
    const { session } = await show();
    setHover(session.pointer, { on: 'term', term });
    await vi.waitUntil(() => at('.photo-overlay', marked.y, marked.x)[3] === 255);
    expect(at('.photo-overlay', unmarked.y, unmarked.x)[3]).toBe(0);
  });

  it('lights every pixel that one hovered weight multiplies', async () => {
    const { session } = await show();
    setHover(session.pointer, { on: 'weight', filter: 0, slice: 0, y: 0, x: 0 });
    await vi.waitUntil(() => at('.photo-overlay', 23, 35)[3]! > 100);
    // Output 0 reads row -2 with it, the last output row 21.
    expect(at('.photo-overlay', 0, 0)[3]).toBe(0);
    expect(at('.photo-overlay', 21, 33)[3]).toBe(0);
    expect(at('.photo-overlay', 22, 33)[3]).toBeGreaterThan(100);
  });

  it('points at the pixel under the pointer, and a click pins the unit whose window is centred there', async () => {
    const { session } = await show();
    const overlay = canvas('.photo-overlay');
    const position = { x: left + (15 + 2.5) * side, y: (6 + 2.5) * side };
    hoverAt(overlay, position);
    expect(session.pointer.getState().hover).toEqual({ on: 'photo', y: 6, x: 15 });
    tapAt(overlay, position);
    expect(session.pointer.getState().pin).toEqual({ channel: 0, y: 6, x: 15 });
  });

  it('hands strokes to the painting tool in picture pixels', async () => {
    const onPaint = vi.fn();
    const { session } = await show({}, { onPaint });
    await userEvent.click(page.elementLocator(canvas('.photo-overlay')), {
      position: { x: left + (15 + 2.5) * side, y: (6 + 2.5) * side },
    });
    expect(onPaint).toHaveBeenCalledTimes(2);
    const [start, end] = onPaint.mock.calls.map(([stroke]) => stroke);
    expect(start).toMatchObject({ phase: 'start' });
    expect(start.from.x).toBeCloseTo(15.5, 1);
    expect(start.from.y).toBeCloseTo(6.5, 1);
    expect(end).toMatchObject({ phase: 'end' });
    expect(session.pointer.getState().pin).toBeNull();
  });

  it('shows the field enlarged where a finger would cover it', async () => {
    const { session } = await show({}, { loupe: true });
    pinUnit(session.pointer, { channel: 0, y: 3, x: 3 });
    await expect.element(page.getByText('5 × 5')).toBeVisible();
  });
});
