/**
 * The price of a network as a table: a row for each layer, with sums from the first layer to it, and totals. Counts are of one picture
 * (docs: convolution arithmetic, sections 4 and 5); `conventions` says what they count.
 */
import { textbookCost } from '../../operators/conv2d/index.ts';
import type { Operator } from '../../operators/index.ts';
import type { Shape } from '../../operators/operator.ts';
import { describeNetwork } from '../describe.ts';
import type { FieldOnPicture } from '../field/fieldOnPicture.ts';
import type { Graph, NodeId } from '../graph.ts';
import type { Shapes } from '../infer.ts';
import { type ActivationMemory, activationMemory, type MemoryConvention, usualConvention } from './memory.ts';

export interface Sums {
  readonly parameters: number;
  readonly macs: number;
  readonly activationBytes: number;
}

export interface PriceRow extends Sums {
  readonly name: NodeId;
  readonly op: Operator['kind'];
  /** [C, H, W] of one picture. */
  readonly output: readonly [number, number, number];
  /** C H W K² N, for convolutions alone: H and W of the input, as if the layer kept its size. */
  readonly textbookMacs: number | null;
  readonly usefulMacs: number;
  /** Multiply-adds that read the input itself, of all; null where there are none. */
  readonly usefulShare: number | null;
  /** What training keeps of it: the output, or nothing where it is written in place. With the picture they are all that training keeps. */
  readonly keptBytes: number;
  /** What is there while the layer runs in inference. */
  readonly liveBytes: number;
  readonly field: FieldOnPicture | null;
  /** Of this layer and all before it. */
  readonly cumulative: Sums;
}

export interface PriceTotals extends Sums {
  /** Of the parameters, in float32. */
  readonly parameterBytes: number;
  readonly usefulMacs: number;
  readonly usefulShare: number | null;
  readonly trainingBytes: number;
  readonly inferencePeak: ActivationMemory['inferencePeak'];
}

export interface PriceTable {
  readonly rows: readonly PriceRow[];
  readonly totals: PriceTotals;
}

/** Of a valid graph with one input; `shapes` as `inferShapes` gives them for one picture. */
export function priceTable(graph: Graph, shapes: Shapes, convention: MemoryConvention = usualConvention): PriceTable {
  const described = describeNetwork(graph, shapes);
  const memory = activationMemory(graph, shapes, convention);
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  let cumulative: Sums = { parameters: 0, macs: 0, activationBytes: 0 };
  const rows = described.rows.map((layer): PriceRow => {
    const { operator, inputs } = nodes.get(layer.name)!;
    const own: Sums = {
      parameters: layer.params,
      macs: layer.macs,
      activationBytes: 4 * layer.output.reduce((a, b) => a * b, 1),
    };
    cumulative = {
      parameters: cumulative.parameters + own.parameters,
      macs: cumulative.macs + own.macs,
      activationBytes: cumulative.activationBytes + own.activationBytes,
    };
    return {
      ...own,
      name: layer.name,
      op: layer.op,
      output: layer.output,
      textbookMacs: textbookOf(operator, shapes[inputs[0]!]!),
      usefulMacs: layer.useful_macs,
      usefulShare: shareOf(layer.useful_macs, layer.macs),
      keptBytes: memory.kept.has(layer.name) ? own.activationBytes : 0,
      liveBytes: memory.live[layer.name]!,
      field: layer.field,
      cumulative,
    };
  });
  const usefulMacs = rows.reduce((sum, row) => sum + row.usefulMacs, 0);
  return {
    rows,
    totals: {
      ...cumulative,
      parameterBytes: 4 * cumulative.parameters,
      usefulMacs,
      usefulShare: shareOf(usefulMacs, cumulative.macs),
      trainingBytes: memory.trainingBytes,
      inferencePeak: memory.inferencePeak,
    },
  };
}

function textbookOf(operator: Operator, input: Shape): number | null {
  return operator.kind === 'conv2d' ? textbookCost(operator, input).operations : null;
}

function shareOf(useful: number, macs: number): number | null {
  return macs === 0 ? null : useful / macs;
}

/** What rows may be ordered by; 'order' is that of the network. */
export const rowOrders = [
  'order',
  'name',
  'parameters',
  'macs',
  'usefulShare',
  'activationBytes',
  'liveBytes',
  'field',
] as const;
export type RowOrder = (typeof rowOrders)[number];

/** The rows in another order, largest first (names from a to z); rows without a value stand last, equal ones as in the network. */
export function sortedRows(rows: readonly PriceRow[], order: RowOrder): readonly PriceRow[] {
  if (order === 'order') return rows;
  if (order === 'name') return rows.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const value = (row: PriceRow): number | null => {
    switch (order) {
      case 'field':
        return row.field && row.field.size[0] * row.field.size[1];
      case 'parameters':
      case 'macs':
      case 'usefulShare':
      case 'activationBytes':
      case 'liveBytes':
        return row[order];
      default:
        order satisfies never;
        throw new Error('unknown order');
    }
  };
  return rows.toSorted((a, b) => (value(b) ?? -1) - (value(a) ?? -1));
}
