/**
 * The colours of a comparison: one colour map for all columns, diverging as soon as one of them can be negative, and one rule for which
 * maps share its two ends.
 */
import { displayEnds, type Ends } from '../../../engine/displayRange.ts';
import type { DisplayRange, MapStatistics } from '../../../engine/engine.ts';
import { chainTo } from '../../../graph/chain.ts';
import type { Graph, NodeId } from '../../../graph/graph.ts';
import { canBeNegative } from '../../../operators/activation/index.ts';
import type { ViewState } from '../../../store/workspace.ts';
import {
  bakeColourMap,
  type ColourMapName,
  type Ground,
  isDiverging,
  resolveColourMap,
} from '../../../views/colour/colourMaps.ts';

/** What of a column decides about its colours. */
export interface ColouredColumn {
  readonly graph: Graph;
  readonly output: NodeId;
  readonly statistics: readonly MapStatistics[];
}

export interface ComparedColouring {
  readonly name: ColourMapName;
  readonly colours: Uint8Array;
  readonly range: DisplayRange;
}

export function comparedColouring(
  columns: readonly ColouredColumn[],
  view: Pick<ViewState, 'colourMap' | 'comparedRange' | 'percentiles'>,
  ground: Ground,
): ComparedColouring {
  const name = resolveColourMap(view.colourMap, columns.some(isSigned));
  const range = rangeOf(columns, view, isDiverging(name));
  return { name, colours: bakeColourMap(name, ground), range };
}

function rangeOf(
  columns: readonly ColouredColumn[],
  { comparedRange, percentiles }: Pick<ViewState, 'comparedRange' | 'percentiles'>,
  symmetric: boolean,
): DisplayRange {
  switch (comparedRange) {
    case 'per-map':
      return { mode: 'per-map', percentiles, symmetric };
    case 'per-column':
      return { mode: 'per-layer', percentiles, symmetric };
    case 'shared': {
      const all = columns.flatMap(({ statistics }) => statistics);
      const ends: Ends = displayEnds({ mode: 'per-layer', percentiles, symmetric }, all, 0);
      return { mode: 'fixed', ...ends };
    }
    default:
      comparedRange satisfies never;
      throw new Error('unknown range');
  }
}

/** Whether the output can be negative: pooling and resizing keep what an activation before them left. */
function isSigned({ graph, output }: ColouredColumn): boolean {
  const deciding = chainTo(graph, output).findLast(
    ({ operator }) => operator.kind !== 'pool2d' && operator.kind !== 'resize',
  );
  return deciding?.operator.kind !== 'activation' || canBeNegative(deciding.operator.function);
}
