/** What a row of the table says of one layer or of a block, and sums of it. */
import type { FieldOnPicture } from '../../../graph/field/fieldOnPicture.ts';
import type { GraphNode, NodeId } from '../../../graph/graph.ts';
import type { PriceRow, PriceTable } from '../../../graph/price/table.ts';
import type { Pair } from '../../../operators/operator.ts';

export interface RowNumbers {
  /** [C, H, W] behind the last layer of the row. */
  readonly output: readonly [number, number, number];
  readonly parameters: number;
  readonly macs: number;
  readonly usefulMacs: number;
  /** Null where the row has no convolution. */
  readonly textbookMacs: number | null;
  /** Bytes of the maps that training keeps; nothing for what is written in place. */
  readonly keptBytes: number;
  /** Behind the last layer of the row. */
  readonly field: FieldOnPicture | null;
  /** Milliseconds; null until they are measured. */
  readonly ms: number | null;
  /** The same of the first layer of the network up to this row. */
  readonly cumulative: Counts;
}

export interface Counts {
  readonly parameters: number;
  readonly macs: number;
  readonly textbookMacs: number | null;
  readonly usefulMacs: number;
  readonly keptBytes: number;
  readonly ms: number | null;
}

/** Measured milliseconds by node; null: nothing has been measured. */
export type LayerMs = Readonly<Record<NodeId, number>> | null;

export interface Numbers {
  /** Of nodes that can run, in the order of the network; null where none of them can. */
  of(nodes: readonly GraphNode[]): RowNumbers | null;
  readonly total: Counts;
}

const nothing: Counts = { parameters: 0, macs: 0, textbookMacs: null, usefulMacs: 0, keptBytes: 0, ms: null };

export function networkNumbers({ rows }: PriceTable, times: LayerMs): Numbers {
  const own = new Map<NodeId, { readonly row: PriceRow; readonly counts: Counts; readonly cumulative: Counts }>();
  let total = nothing;
  for (const row of rows) {
    const { parameters, macs, textbookMacs, usefulMacs, keptBytes } = row;
    const counts: Counts = {
      ...{ parameters, macs, textbookMacs, usefulMacs, keptBytes },
      ms: times?.[row.name] ?? null,
    };
    total = sum(total, counts);
    own.set(row.name, { row, counts, cumulative: total });
  }
  return {
    total,
    of(nodes) {
      const known = nodes.flatMap(({ id }) => own.get(id) ?? []);
      const last = known.at(-1);
      if (!last) return null;
      const { output, field } = last.row;
      return {
        ...known.reduce((counts, each) => sum(counts, each.counts), nothing),
        ...{ output, field },
        cumulative: last.cumulative,
      };
    },
  };
}

function sum(a: Counts, b: Counts): Counts {
  const orNull = (one: number | null, other: number | null) =>
    one === null && other === null ? null : (one ?? 0) + (other ?? 0);
  return {
    parameters: a.parameters + b.parameters,
    macs: a.macs + b.macs,
    textbookMacs: orNull(a.textbookMacs, b.textbookMacs),
    usefulMacs: a.usefulMacs + b.usefulMacs,
    keptBytes: a.keptBytes + b.keptBytes,
    ms: orNull(a.ms, b.ms),
  };
}

/** Whether a field of this size is as large as a picture of [height, width]: no layer behind it sees anything new. */
export function coversPicture(field: FieldOnPicture | null, [height, width]: Pair): boolean {
  return field !== null && field.size[0] >= height && field.size[1] >= width;
}
