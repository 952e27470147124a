/** A skip connection whose source is chosen among the rows of the table: which rows fit, and why the one that was tried does not. */
import { useMemo, useState } from 'react';
import type { Graph, NodeId } from '../../../../graph/graph.ts';
import { branchFrom, type JoinName, type JoinRefusal, joinRefusals } from '../../../../graph/network/joins.ts';
import type { NetworkPlan } from '../../../../live/network/networkPlan.ts';
import type { TableRow } from '../../../../views/network/table/rows.ts';
import { outputOf } from '../moving.ts';
import type { LayerEdits } from '../useEdits.ts';

/** A skip connection whose source is still to be chosen. */
export interface Picking {
  readonly to: NodeId;
  readonly join: JoinName;
}

export interface RowPicking {
  /** Null: nothing is being chosen. */
  readonly picking: Picking | null;
  /** Why the row that was tried last cannot be joined, and which one it was. */
  readonly refused: { readonly row: string; readonly refusal: JoinRefusal } | null;
  fits(row: TableRow): boolean;
  start(picking: Picking): void;
  /** The node that joins both; null where they cannot be joined, which then is `refused`. */
  pick(row: TableRow): NodeId | null;
  dismiss(): void;
  cancel(): void;
}

export function usePicking(plan: NetworkPlan, edits: LayerEdits): RowPicking {
  const [wanted, setWanted] = useState<Picking | null>(null);
  const [tried, setTried] = useState<{
    readonly row: string;
    readonly refusal: JoinRefusal;
    readonly whole: Graph;
  } | null>(null);
  const { whole, base } = plan;
  // An undo may have taken the layer away.
  const picking = wanted && whole.nodes.some(({ id }) => id === wanted.to) ? wanted : null;
  const refusalOf = useMemo(
    () => (picking ? joinRefusals(whole, base.shapes, picking.to, picking.join) : () => null),
    [picking, whole, base],
  );
  const cancel = () => {
    setWanted(null);
    setTried(null);
  };
  return {
    picking,
    refused: picking && tried?.whole === whole ? tried : null,
    fits: (row) => refusalOf(outputOf(whole, row)) === null,
    start(next) {
      setWanted(next);
      setTried(null);
    },
    pick(row) {
      if (!picking) return null;
      const from = outputOf(whole, row);
      const refusal = refusalOf(from);
      if (refusal) {
        setTried({ row: row.key, refusal, whole });
        return null;
      }
      cancel();
      return edits.change((graph) => branchFrom(graph, from, picking.to, picking.join));
    },
    dismiss: () => setTried(null),
    cancel,
  };
}
