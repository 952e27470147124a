/** What the table shows: its rows, open blocks, order, and the row that keys act on. */
import { useMemo, useState } from 'react';
import { blocksOf, defaultCollapsed } from '../../../graph/network/blocks.ts';
import type { NetworkPlan } from '../../../live/network/networkPlan.ts';
import { type Order, sortedLayers } from '../../../views/network/table/columns.ts';
import type { LayerMs } from '../../../views/network/table/numbers.ts';
import { enclosingBlocks, layerRows, type TableRow, treeRows } from '../../../views/network/table/rows.ts';
import { useWorkspace } from '../../session.tsx';
import { useLook, useLookedLayer } from '../network.tsx';

export interface Table {
  readonly rows: readonly TableRow[];
  /** The row that keys act on and behind which layers are added. */
  readonly active: TableRow | null;
  readonly order: Order | null;
  setOrder(order: Order | null): void;
  /** Makes a row the active one; a layer's is looked at. */
  choose(row: TableRow): void;
  setOpen(block: string, isOpen: boolean): void;
}

export function useTable(plan: NetworkPlan, times: LayerMs, isCumulative: boolean): Table {
  const look = useLook();
  const looked = useLookedLayer();
  const open = useWorkspace((state) => state.workspace.view.network.open);
  const [order, setOrder] = useState<Order | null>(null);
  /** A block, the picture or a layer without maps: rows that cannot be looked at. */
  const [chosen, setChosen] = useState<{ readonly key: string; readonly looked: string | null } | null>(null);

  const closed = useMemo(() => {
    if (open === null) return defaultCollapsed(plan.whole);
    const opened = new Set(open);
    return new Set([...blocksOf(plan.whole).keys()].filter((block) => !opened.has(block)));
  }, [plan.whole, open]);
  const rows = useMemo(() => {
    const { whole, states, price, picture } = plan;
    const input = {
      ...{ whole, states, price, closed, times },
      off: plan.state.off,
      picture: [picture.height, picture.width] as const,
    };
    return order ? sortedLayers(layerRows(input), order, isCumulative) : treeRows(input);
  }, [plan, closed, times, order, isCumulative]);

  const own = chosen && chosen.looked === looked ? rows.find(({ key }) => key === chosen.key) : undefined;
  const active = own ?? rowOf(rows, looked);
  return {
    ...{ rows, active, order, setOrder },
    choose(row) {
      const last = row.nodes.findLast(({ id }) => plan.shapes[id] && id !== looked)?.id;
      const isLayer = row.kind === 'layer' && row.number > 0;
      const target = isLayer && !row.nodes.some(({ id }) => id === looked) ? last : undefined;
      setChosen({ key: row.key, looked: target ?? looked });
      if (target !== undefined) look({ layer: target });
    },
    setOpen(block, isOpen) {
      const opened = [...blocksOf(plan.whole).keys()].filter((each) => !closed.has(each) && each !== block);
      look({ open: isOpen ? [...opened, block] : opened });
    },
  };
}

/** The row of a node, or of the closed block that holds it. */
function rowOf(rows: readonly TableRow[], node: string | null): TableRow | null {
  const own = rows.find(({ kind, nodes }) => kind === 'layer' && nodes.some(({ id }) => id === node));
  if (own || node === null) return own ?? rows.at(-1) ?? null;
  const blocks = new Set(enclosingBlocks(node));
  return rows.findLast((row) => row.kind === 'block' && blocks.has(row.block)) ?? rows.at(-1) ?? null;
}
