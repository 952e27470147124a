/** What the layer reads in each pixel of the photo, written into it when it is large on the screen: one line for each channel. */
import { cellsIn } from '../atlas/cellValues.ts';
import { inkOn } from '../colour/colourMaps.ts';
import { shortNumber } from '../numbers.ts';
import { placed } from '../rects.ts';
import type { Pixels } from './paddedPixels.ts';
import type { PhotoFrame } from './photoFrame.ts';
import { dimmedLight } from './photoOverlay.ts';

const lineHeight = 12;
const smallestWidth = 38;

/** True where all channels fit into a pixel. */
export function pixelsAreReadable(frame: PhotoFrame, channels: number): boolean {
  const size = frame.area.width / frame.shown.width;
  return size >= smallestWidth && size >= channels * lineHeight + 4;
}

/** `values` are [C, H, W], what the input tensor holds; `pixels` gives the colour behind each number, where `isLit` is false dimmed. */
export function drawPixelValues(
  context: CanvasRenderingContext2D,
  frame: PhotoFrame,
  pixels: Pixels,
  values: Float32Array,
  channels: number,
  font: string,
  isLit: (y: number, x: number) => boolean,
): void {
  const { area, shown } = frame;
  const { width, height, rgba } = pixels;
  const cells = cellsIn(shown, width, height);
  context.font = `10px ${font}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (let y = cells.y; y < cells.y + cells.height; y++) {
    for (let x = cells.x; x < cells.x + cells.width; x++) {
      const at = 4 * (y * width + x);
      const light = isLit(y, x) ? 1 : dimmedLight;
      context.fillStyle = inkOn([light * (rgba[at] ?? 0), light * (rgba[at + 1] ?? 0), light * (rgba[at + 2] ?? 0)]);
      const cell = placed(area, shown, { x, y, width: 1, height: 1 });
      for (let channel = 0; channel < channels; channel++) {
        const line = cell.y + cell.height / 2 + (channel - (channels - 1) / 2) * lineHeight;
        const value = values[(channel * height + y) * width + x] ?? 0;
        context.fillText(shortNumber(value), cell.x + cell.width / 2, line);
      }
    }
  }
}
