/** How wide each map of a layer is drawn: few are as large as all of them fit, many stay large enough to be read and are scrolled. */
import { type AtlasOptions, gap, layoutAtlas } from '../../../views/atlas/layout.ts';

/** Below this a map says little. */
export const leastTile = 72;

/** CSS pixels: the fewest maps in a row whose rows stand in the viewport. */
export function tileWidthFor(options: Omit<AtlasOptions, 'tileWidth'>): number {
  const { viewport, count } = options;
  for (let columns = 1; columns <= count + 8; columns++) {
    // A pixel less than its share: the layout rounds down how many stand in a row.
    const tileWidth = (viewport.width - 6 - gap * (columns - 1)) / columns - 1;
    if (tileWidth < leastTile) break;
    if (layoutAtlas({ ...options, tileWidth }).content.height <= viewport.height) return tileWidth;
  }
  return leastTile;
}
