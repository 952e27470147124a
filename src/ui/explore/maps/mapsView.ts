/** What the panel of the maps derives from the stores: layout, order, colours, range. Pure, so that React and the painter agree. */
import type { DisplayRange, MapStatistics } from '../../../engine/engine.ts';
import { activationAfter } from '../../../graph/explore.ts';
import type { Output } from '../../../live/results.ts';
import { canBeNegative } from '../../../operators/activation/index.ts';
import type { ViewState } from '../../../store/workspace.ts';
import { type AtlasLayout, layoutAtlas } from '../../../views/atlas/layout.ts';
import { channelOrder } from '../../../views/atlas/order.ts';
import type { MapSize } from '../../../views/atlas/pointing.ts';
import { bakeColourMap, type ColourMapName, isDiverging, resolveColourMap } from '../../../views/colour/colourMaps.ts';
import { displayRange } from '../../../views/colour/range.ts';
import { groundOf, type Palette } from '../../../views/palette.ts';
import type { ElementSize } from '../canvas/useElementSize.ts';

export interface Atlas {
  readonly layout: AtlasLayout;
  /** The channel of each slot. */
  readonly order: readonly number[];
  readonly size: MapSize;
}

/** How the maps are laid out on this screen: a strip to swipe on a phone, captions as high as what points at them. */
export interface Arrangement {
  readonly flow: AtlasLayout['flow'];
  readonly captionHeight: number;
}

export function atlasOf(
  output: Output,
  statistics: readonly MapStatistics[] | null,
  view: ViewState,
  viewport: ElementSize,
  arrangement: Arrangement,
): Atlas {
  const [, channels, height, width] = output.shape;
  const { tileWidth, sort } = view;
  const map = { count: channels, mapWidth: width, mapHeight: height };
  const layout = layoutAtlas({ ...map, viewport, tileWidth, ...arrangement });
  return { layout, order: channelOrder(sort, statistics, channels), size: { channels, height, width } };
}

export interface Colouring {
  readonly name: ColourMapName;
  readonly colours: Uint8Array;
  readonly range: DisplayRange;
}

/** The colour map and range of the layer's maps. */
export function colouringOf(output: Output, focus: string, view: ViewState, palette: Palette): Colouring {
  const signed =
    output.kind?.from === 'network'
      ? output.kind.isSigned
      : canBeNegative(output.kind?.activation ?? activationAfter(output.graph, focus));
  const name = resolveColourMap(view.colourMap, signed);
  const range = displayRange(view, isDiverging(name));
  return { name, range, colours: coloursFor(name, palette, range) };
}

const baked = new Map<string, Uint8Array>();

/** Baked once for each map, ground and fixed range. */
export function coloursFor(name: ColourMapName, palette: Palette, range: DisplayRange): Uint8Array {
  const ends = range.mode === 'fixed' && isDiverging(name) ? { lo: range.lo, hi: range.hi } : { lo: -1, hi: 1 };
  const key = `${name} ${palette.panel} ${ends.lo} ${ends.hi}`;
  const known = baked.get(key);
  if (known) return known;
  if (baked.size > 64) baked.clear();
  const colours = bakeColourMap(name, groundOf(palette), ends);
  baked.set(key, colours);
  return colours;
}
