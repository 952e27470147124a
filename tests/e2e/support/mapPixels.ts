/**
 * The maps on the screen, pixel by pixel, against the maps in float64: each screen pixel must have the colour of the value under its
 * centre or, where a pixel covers several values, of their mean. What lies above the maps (cross-hair, pin) is hidden meanwhile.
 */
import { expect, type Page } from '@playwright/test';
import { PNG } from 'pngjs';
import { colourIndex } from '../../../src/engine/displayRange.ts';
import { bakeColourMap, parseRgb } from '../../../src/views/colour/colourMaps.ts';
import { type Experiment, expectedMaps } from './experiment.ts';
import type { Explore } from './explore.ts';

interface Screen {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Difference per colour channel that rounding to the neighbouring entry of the colour map may make. */
const colourTolerance = 10;
/** Share of the pixels of a map that may differ by more: values on the border between two cells. */
const strayShare = 0.02;

/** Waits until the first `count` maps are drawn as `experiment` says: diverging, one range for all from extreme to extreme. */
export async function expectMapsDrawn(explore: Explore, experiment: Experiment, count = 3): Promise<void> {
  const { page } = explore;
  await page.getByRole('radio', { name: 'per layer', exact: true }).click();
  const percentiles = page.getByRole('switch', { name: '1–99 %', exact: true });
  if (await percentiles.isChecked()) await percentiles.click();
  const { output } = expectedMaps(experiment);
  const [, , height, width] = output.shape;
  const colours = await divergingColours(page);
  let reach = 0;
  for (const value of output.values) reach = Math.max(reach, Math.abs(value));
  const ends = { lo: -reach, hi: reach };
  const tiles: Box[] = [];
  for (let channel = 0; channel < count; channel++) tiles.push(onPixels(await explore.tile(channel)));

  await hideOverlay(page, true);
  try {
    await expect
      .poll(async () => {
        const screen = PNG.sync.read(await page.screenshot());
        return tiles.map((tile, channel) => {
          const values = output.values.subarray(channel * height * width, (channel + 1) * height * width);
          const colourOf = (value: number) =>
            colours.subarray(4 * colourIndex(value, ends), 4 * colourIndex(value, ends) + 3);
          return strays(screen, tile, (u, v) => colourOf(meanUnder(values, [height, width], tile, u, v))) <= strayShare;
        });
      })
      .toEqual(tiles.map(() => true));
  } finally {
    await hideOverlay(page, false);
  }
}

async function divergingColours(page: Page): Promise<Uint8Array> {
  const { panel, isDark } = await page.evaluate(() => {
    const style = getComputedStyle(document.documentElement);
    return { panel: style.getPropertyValue('--panel'), isDark: style.colorScheme.includes('dark') };
  });
  return bakeColourMap('rdbu', { zero: parseRgb(panel), isDark });
}

async function hideOverlay(page: Page, isHidden: boolean): Promise<void> {
  await page.locator('.maps-overlay').evaluate((element, hidden) => {
    if (element instanceof HTMLElement) element.style.visibility = hidden ? 'hidden' : '';
  }, isHidden);
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A tile's edges lie on whole pixels, each rounded by itself. */
function onPixels({ x, y, width, height }: Box): Box {
  const [left, top] = [Math.round(x), Math.round(y)];
  return { x: left, y: top, width: Math.round(x + width) - left, height: Math.round(y + height) - top };
}

/** The mean of the values whose centres the screen pixel covers; the value under its centre where it covers less than one. */
function meanUnder(
  values: Float64Array | Float32Array,
  [height, width]: readonly [number, number],
  tile: Box,
  u: number,
  v: number,
): number {
  const rows = covered(v, height / tile.height, height);
  const columns = covered(u, width / tile.width, width);
  let sum = 0;
  for (const row of rows) for (const column of columns) sum += values[row * width + column] ?? 0;
  return sum / (rows.length * columns.length);
}

function covered(pixel: number, step: number, size: number): readonly number[] {
  const inside = (index: number) => Math.min(size - 1, Math.max(0, index));
  if (step <= 1) return [inside(Math.floor((pixel + 0.5) * step))];
  const first = Math.ceil(pixel * step - 0.5);
  const last = Math.ceil((pixel + 1) * step - 0.5);
  return Array.from({ length: Math.max(1, last - first) }, (_, i) => inside(first + i));
}

/** Share of the tile's pixels whose colour is another one; the outermost pixels, which a frame may touch, do not count. */
function strays(screen: Screen, tile: Box, colourAt: (u: number, v: number) => Uint8Array): number {
  const { x: left, y: top, width, height } = tile;
  let count = 0;
  let wrong = 0;
  for (let v = 2; v < height - 2 && top + v < screen.height; v++) {
    for (let u = 2; u < width - 2; u++) {
      const at = 4 * ((top + v) * screen.width + left + u);
      const wanted = colourAt(u, v);
      count++;
      for (let c = 0; c < 3; c++) {
        if (Math.abs((screen.data[at + c] ?? 0) - (wanted[c] ?? 0)) > colourTolerance) {
          wrong++;
          break;
        }
      }
    }
  }
  return count === 0 ? 1 : wrong / count;
}
