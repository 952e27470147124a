import { expect, it } from 'vitest';
import { decodePhoto } from './image/decode.ts';
import { composeMapsPng } from './mapsPng.ts';

/** Two maps of 80x60, red and blue. */
function paintedMaps(): OffscreenCanvas {
  const canvas = new OffscreenCanvas(160, 60);
  const context = canvas.getContext('2d')!;
  context.fillStyle = '#ff0000';
  context.fillRect(0, 0, 80, 60);
  context.fillStyle = '#0000ff';
  context.fillRect(80, 0, 80, 60);
  return canvas;
}

it('draws title, code, each map with its label, and the colour bar from its low to its high end', async () => {
  const colours = Uint8Array.from({ length: 1024 }, (_, i) => (i % 4 === 3 ? 255 : i % 4 === 1 ? i >> 2 : 0));
  const blob = await composeMapsPng({
    canvas: paintedMaps(),
    title: 'Conv2d on cat',
    code: ['nn.Conv2d(3, 2, kernel_size=3)', 'nn.ReLU()'],
    tiles: [
      { x: 0, y: 0, width: 80, height: 60, label: '0', detail: '-1 to 1' },
      { x: 80, y: 0, width: 80, height: 60, label: '1', detail: null },
    ],
    legend: { colours, lo: '-1', middle: '0', hi: '1', caption: 'per layer' },
    style: { background: '#ffffff', text: '#111111', quiet: '#666666', sans: 'sans-serif', mono: 'monospace' },
  });
  const decoded = await decodePhoto(blob);
  if (!decoded.ok) throw new Error(decoded.error.code);
  const { rgba, width, height } = decoded.value;
  const at = (x: number, y: number) => [...rgba.subarray(4 * (y * width + x), 4 * (y * width + x) + 3)];
  // Margin 24, title 28, two lines of 18, a gap of 12: the maps begin at y = 100.
  expect(at(25, 101)).toEqual([255, 0, 0]);
  expect(at(25 + 80 + 12, 101)).toEqual([0, 0, 255]);
  expect(at(width - 2, height - 2)).toEqual([255, 255, 255]);
  const bar = height - 24 - 36 + 6;
  expect([at(24, bar), at(24 + 128, bar), at(24 + 255, bar)]).toEqual([
    [0, 0, 0],
    [0, 128, 0],
    [0, 255, 0],
  ]);
  // The title is written: some pixels of its line are dark.
  const titleRow = Array.from({ length: 120 }, (_, i) => at(24 + i, 34)[0]!);
  expect(Math.min(...titleRow)).toBeLessThan(128);
});
