/**
 * The response maps as one picture for a paper or a slide: title, the layer's code, every map with its label, and the colour bar
 * with its numbers. Maps come painted by the engine; all words and numbers come written in the person's language.
 */

export interface PngTile {
  /** Where the map stands on the painted canvas, in its pixels. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly label: string;
  /** A second line, such as the map's own range; null for none. */
  readonly detail: string | null;
}

export interface PngLegend {
  /** 256 RGBA entries from the low end to the high end. */
  readonly colours: Uint8Array;
  readonly lo: string;
  /** What stands at the middle of the bar, such as '0' for a diverging map; null for none. */
  readonly middle: string | null;
  readonly hi: string;
  /** What the bar shows: 'activation, per map'. */
  readonly caption: string;
}

export interface MapsPng {
  readonly canvas: HTMLCanvasElement | OffscreenCanvas | ImageBitmap;
  readonly title: string;
  readonly code: readonly string[];
  readonly tiles: readonly PngTile[];
  readonly legend: PngLegend;
  /** CSS colours and font families. */
  readonly style: {
    readonly background: string;
    readonly text: string;
    readonly quiet: string;
    readonly sans: string;
    readonly mono: string;
  };
}

const margin = 24;
const gap = 12;
const lineHeight = 18;
const barWidth = 256;
/** Room for a letter of the code, in pixels, and the widest that a picture becomes for its sake. */
const letterWidth = 8;
const widestForCode = 1200;
/** A label needs this much room, however small the map is. */
const leastCell = 72;
/** Below every browser's limit for the side of a canvas. */
const largestSide = 16_000;

interface Layout {
  readonly columns: number;
  readonly cellWidth: number;
  readonly cellHeight: number;
  /** Where the maps begin. */
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

function layOut({ tiles, code }: MapsPng): Layout {
  const cellWidth = Math.max(leastCell, ...tiles.map((tile) => tile.width));
  const labelLines = tiles.some((tile) => tile.detail !== null) ? 2 : 1;
  const cellHeight = Math.max(0, ...tiles.map((tile) => tile.height)) + labelLines * lineHeight;
  // As near to 3:2 as whole rows allow, and wide enough for the legend.
  const wanted = Math.round(Math.sqrt((1.5 * tiles.length * cellHeight) / cellWidth));
  const columns = Math.min(Math.max(1, wanted), Math.max(1, tiles.length));
  const rows = Math.ceil(tiles.length / columns);
  const top = margin + 28 + code.length * lineHeight + gap;
  const mapsWidth = columns * (cellWidth + gap) - gap;
  const codeWidth = Math.min(widestForCode, letterWidth * Math.max(0, ...code.map((line) => line.length)));
  return {
    columns,
    cellWidth,
    cellHeight,
    top,
    width: 2 * margin + Math.max(mapsWidth, codeWidth, barWidth + 160, 480),
    height: top + rows * (cellHeight + gap) + 3 * lineHeight + margin,
  };
}

function drawLegend(context: OffscreenCanvasRenderingContext2D, { legend, style }: MapsPng, y: number): void {
  const bar = new OffscreenCanvas(256, 1);
  bar.getContext('2d')?.putImageData(new ImageData(new Uint8ClampedArray(legend.colours), 256, 1), 0, 0);
  context.imageSmoothingEnabled = false;
  context.drawImage(bar, margin, y, barWidth, 12);
  context.font = `12px ${style.mono}`;
  context.fillStyle = style.text;
  const numbersAt = y + 12 + lineHeight - 4;
  context.textAlign = 'left';
  context.fillText(legend.lo, margin, numbersAt);
  context.textAlign = 'center';
  if (legend.middle !== null) context.fillText(legend.middle, margin + barWidth / 2, numbersAt);
  context.textAlign = 'right';
  context.fillText(legend.hi, margin + barWidth, numbersAt);
  context.textAlign = 'left';
  context.font = `12px ${style.sans}`;
  context.fillStyle = style.quiet;
  context.fillText(legend.caption, margin + barWidth + gap, y + 11);
}

function drawTile(
  context: OffscreenCanvasRenderingContext2D,
  maps: MapsPng,
  tile: PngTile,
  x: number,
  y: number,
  width: number,
): void {
  context.drawImage(maps.canvas, tile.x, tile.y, tile.width, tile.height, x, y, tile.width, tile.height);
  context.font = `12px ${maps.style.mono}`;
  context.fillStyle = maps.style.text;
  context.fillText(tile.label, x, y + tile.height + 14, width);
  if (tile.detail === null) return;
  context.fillStyle = maps.style.quiet;
  context.fillText(tile.detail, x, y + tile.height + 14 + lineHeight, width);
}

/** Draws the picture and encodes it as PNG. Shrinks it as a whole where it would be larger than a canvas may be. */
export async function composeMapsPng(maps: MapsPng): Promise<Blob> {
  const layout = layOut(maps);
  const scale = Math.min(1, largestSide / layout.width, largestSide / layout.height);
  const canvas = new OffscreenCanvas(Math.ceil(layout.width * scale), Math.ceil(layout.height * scale));
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no 2-D canvas');
  context.scale(scale, scale);
  context.fillStyle = maps.style.background;
  context.fillRect(0, 0, layout.width, layout.height);
  context.fillStyle = maps.style.text;
  context.font = `600 18px ${maps.style.sans}`;
  context.fillText(maps.title, margin, margin + 16, layout.width - 2 * margin);
  context.font = `13px ${maps.style.mono}`;
  maps.code.forEach((line, i) => {
    context.fillText(line, margin, margin + 28 + (i + 1) * lineHeight - 5, layout.width - 2 * margin);
  });
  maps.tiles.forEach((tile, i) => {
    const x = margin + (i % layout.columns) * (layout.cellWidth + gap);
    const y = layout.top + Math.floor(i / layout.columns) * (layout.cellHeight + gap);
    drawTile(context, maps, tile, x, y, layout.cellWidth);
  });
  drawLegend(context, maps, layout.height - margin - 2 * lineHeight);
  return canvas.convertToBlob({ type: 'image/png' });
}
