/** Where the diagram, its numbers and its thumbnails stand in a given room, and which maps the thumbnails are. */
import type { Rect, Scene, Tensor } from '../../../../engine/engine.ts';
import { bakeColourMap, parseRgb } from '../../../../views/colour/colourMaps.ts';
import { groundOf, type Palette } from '../../../../views/palette.ts';
import type { DiagramFrame } from '../../../connectivity/Diagram.tsx';
import type { ElementSize } from '../../../explore/canvas/useElementSize.ts';

export interface WiringPlace {
  readonly diagram: DiagramFrame;
  /** The width of a thumbnail at either end, CSS pixels; 0: a channel's row is too low for one. */
  readonly thumbnail: readonly [inputs: number, outputs: number];
}

/** CSS pixels: the titles above, the numbers beside the columns, a row that a thumbnail needs, and one that a number needs. */
const room = { title: 16, number: 24, thumbnailRow: 9, numberRow: 11, widest: 44 } as const;

/** `ends`: the number of channels and the aspect (width / height) of the maps at both ends. */
export function wiringPlace(
  { width, height }: ElementSize,
  ends: readonly [inputs: MapsAtEnd, outputs: MapsAtEnd],
): WiringPlace {
  const tall = Math.max(1, height - room.title - 2);
  const widthOf = ({ channels, aspect }: MapsAtEnd) => {
    const row = tall / channels;
    return row < room.thumbnailRow || width < 240 ? 0 : Math.min(room.widest, Math.round((row - 1) * aspect));
  };
  const thumbnail = [widthOf(ends[0]), widthOf(ends[1])] as const;
  const beside = (wide: number) => room.number + (wide > 0 ? wide + 3 : 0);
  const across = Math.max(1, width - beside(thumbnail[0]) - beside(thumbnail[1]));
  return { diagram: { x: beside(thumbnail[0]), y: room.title, width: across, height: tall, dot: 4 }, thumbnail };
}

export interface MapsAtEnd {
  readonly channels: number;
  /** Width / height. */
  readonly aspect: number;
}

export function mapsAtEnd({ shape }: Tensor): MapsAtEnd {
  return { channels: shape[1], aspect: shape[3] / shape[2] };
}

/** The channels whose numbers stand beside a column of `height` CSS pixels: all, or every 2nd, 4th, 8th and so on. */
export function numberedChannels(count: number, height: number): readonly number[] {
  let step = 1;
  while ((step * height) / count < room.numberRow) step *= 2;
  return Array.from({ length: Math.ceil(count / step) }, (_, i) => i * step);
}

/** One column of thumbnails at the left, one at the right; each map over its own range. */
export function thumbnails(
  { diagram, thumbnail }: WiringPlace,
  ends: { readonly inputs: Tensor; readonly outputs: Tensor },
  palette: Palette,
  ratio: number,
): Scene {
  const tilesOf = (tensor: Tensor, x: number, wide: number) => {
    if (wide === 0) return [];
    const [, channels, height, width] = tensor.shape;
    const row = diagram.height / channels;
    const tall = Math.min(row - 1, (wide * height) / width);
    return Array.from({ length: channels }, (_, channel) => {
      const top = diagram.y + (channel + 0.5) * row - tall / 2;
      const target: Rect = {
        x: Math.round(x * ratio),
        y: Math.round(top * ratio),
        width: Math.max(1, Math.round(Math.min(wide, (tall * width) / height) * ratio)),
        height: Math.max(1, Math.round(tall * ratio)),
      };
      const range = { mode: 'per-map', percentiles: true, symmetric: false } as const;
      return { tensor, channel, target, source: { x: 0, y: 0, width, height }, range };
    });
  };
  return {
    background: parseRgb(palette.panel),
    colours: bakeColourMap('grey', groundOf(palette)),
    tiles: [
      ...tilesOf(ends.inputs, 0, thumbnail[0]),
      ...tilesOf(ends.outputs, diagram.x + diagram.width + room.number + 3, thumbnail[1]),
    ],
  };
}
