/** Colours and range of a node's maps, by the choice that holds for all screens. */
import { useMemo } from 'react';
import type { DisplayRange, Tensor } from '../../engine/engine.ts';
import type { NodeId } from '../../graph/graph.ts';
import { isDiverging, resolveColourMap } from '../../views/colour/colourMaps.ts';
import { displayRange } from '../../views/colour/range.ts';
import { isSignedAt } from '../../views/network/signs.ts';
import { coloursFor } from '../explore/maps/mapsView.ts';
import { useWorkspace } from '../session.tsx';
import { usePalette } from '../theme/usePalette.ts';
import { useChannels } from './channels.tsx';

export function useMapColours(
  node: NodeId,
  maps: Tensor,
): { readonly colours: Uint8Array; readonly range: DisplayRange } {
  const subject = useChannels((state) => state.subject);
  const colourMap = useWorkspace((state) => state.workspace.view.colourMap);
  const range = useWorkspace((state) => state.workspace.view.range);
  const percentiles = useWorkspace((state) => state.workspace.view.percentiles);
  const fixed = useWorkspace((state) => state.workspace.view.fixed);
  const palette = usePalette();
  const [, , height, width] = maps.shape;
  return useMemo(() => {
    const name = resolveColourMap(colourMap, subject ? isSignedAt(subject.graph, node) : true);
    // A map of one value has no range of its own.
    const shared = height * width === 1 && range === 'per-map' ? 'per-layer' : range;
    const shown = displayRange({ range: shared, percentiles, fixed }, isDiverging(name));
    return { colours: coloursFor(name, palette, shown), range: shown };
  }, [subject, node, colourMap, range, percentiles, fixed, palette, height, width]);
}
