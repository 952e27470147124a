/**
 * A network as the rows of its table: layers in order under their blocks, which are open or closed; and sorted by a column all layers
 * in one list, since the most expensive layer is looked for in the whole network.
 */
import type { Graph, GraphNode, NodeId } from '../../../graph/graph.ts';
import { blocksOf } from '../../../graph/network/blocks.ts';
import { blockOf } from '../../../graph/network/ids.ts';
import type { NodeState, NodeStates } from '../../../graph/network/inferEach.ts';
import type { PriceTable } from '../../../graph/price/table.ts';
import type { Pair } from '../../../operators/operator.ts';
import { type LayerGroup, layerGroups } from './groups.ts';
import { coversPicture, type LayerMs, networkNumbers, type RowNumbers } from './numbers.ts';

interface Placed {
  /** The first node's id; of a block its name, with `#2` behind it where it comes a second time. */
  readonly key: string;
  /** From 1. */
  readonly level: number;
  readonly numbers: RowNumbers | null;
}

export interface LayerRow extends Placed {
  readonly kind: 'layer';
  /** Counts the rows of layers from 1, as the sketch's `1 Conv2d`; 0 is the picture. */
  readonly number: number;
  readonly nodes: LayerGroup;
  /** The error of one of its nodes, with the node. */
  readonly error: { readonly node: NodeId; readonly state: Extract<NodeState, { readonly state: 'error' }> } | null;
  /** The node with the error that this row waits for. */
  readonly waitsFor: NodeId | null;
  readonly off: ReadonlySet<NodeId>;
  /** Its units see the whole picture already through the layer in front of it. */
  readonly seesNothingNew: boolean;
}

export interface BlockRow extends Placed {
  readonly kind: 'block';
  readonly block: string;
  readonly isOpen: boolean;
  readonly nodes: readonly GraphNode[];
  readonly layers: number;
  /** How many of its layers have an error. */
  readonly errors: number;
}

export type TableRow = LayerRow | BlockRow;

export interface TableInput {
  /** As it was built, with the layers that are switched off. */
  readonly whole: Graph;
  readonly states: NodeStates;
  readonly price: PriceTable;
  readonly off: readonly NodeId[];
  readonly closed: ReadonlySet<string>;
  /** [height, width] of what the network reads. */
  readonly picture: Pair;
  readonly times: LayerMs;
}

/** All layers, without blocks, in the order of the network. */
export function layerRows({ whole, states, price, off, picture, times }: TableInput): readonly LayerRow[] {
  const numbers = networkNumbers(price, times);
  const fields = new Map(price.rows.map(({ name, field }) => [name, field]));
  const isOff = new Set(off);
  let number = 0;
  return layerGroups(whole).map((nodes): LayerRow => {
    const [head] = nodes;
    const failed = nodes.flatMap(({ id }) => {
      const state = states[id];
      return state?.state === 'error' ? [{ node: id, state }] : [];
    });
    const waiting = nodes.map(({ id }) => states[id]).find((state) => state?.state === 'before');
    const isInput = head.operator.kind === 'input';
    return {
      kind: 'layer',
      key: head.id,
      level: 1,
      number: isInput ? 0 : ++number,
      nodes,
      numbers: isInput ? pictureNumbers(states[head.id]) : numbers.of(nodes),
      error: failed[0] ?? null,
      waitsFor: failed.length === 0 && waiting?.state === 'before' ? waiting.node : null,
      off: new Set(nodes.map(({ id }) => id).filter((id) => isOff.has(id))),
      seesNothingNew: !isInput && head.inputs.every((input) => coversPicture(fields.get(input) ?? null, picture)),
    };
  });
}

/** The rows that are shown: those of closed blocks are one row with their sums. */
export function treeRows(input: TableInput): readonly TableRow[] {
  const layers = layerRows(input);
  const blocks = blocksOf(input.whole);
  const numbers = networkNumbers(input.price, input.times);
  const rows: TableRow[] = [];
  const seen = new Map<string, number>();
  let path: readonly string[] = [];
  for (const [at, layer] of layers.entries()) {
    const enclosing = enclosingBlocks(layer.key).filter((block) => blocks.has(block));
    const common = commonLength(path, enclosing);
    const isHidden = (depth: number) => enclosing.slice(0, depth).some((block) => input.closed.has(block));
    for (const [i, block] of enclosing.entries()) {
      if (i < common) continue;
      const times = (seen.get(block) ?? 0) + 1;
      seen.set(block, times);
      if (isHidden(i)) continue;
      const inside = runOf(layers, at, block);
      const nodes = inside.flatMap((each) => each.nodes);
      rows.push({
        kind: 'block',
        key: times === 1 ? block : `${block}#${times}`,
        level: i + 1,
        block,
        isOpen: !input.closed.has(block),
        nodes,
        layers: inside.length,
        errors: inside.filter(({ error }) => error !== null).length,
        numbers: numbers.of(nodes),
      });
    }
    path = enclosing;
    if (!isHidden(enclosing.length)) rows.push({ ...layer, level: enclosing.length + 1 });
  }
  return rows;
}

/** Of the picture itself: its pixels see themselves, and training keeps it. */
function pictureNumbers(state: NodeState | undefined): RowNumbers | null {
  if (state?.state !== 'shape') return null;
  const [, ...output] = state.shape;
  const keptBytes = 4 * output.reduce((a, b) => a * b, 1);
  const counts = { parameters: 0, macs: 0, usefulMacs: 0, textbookMacs: null, keptBytes, ms: null };
  return { ...counts, output, field: { size: [1, 1], jump: [1, 1], start: [0, 0] }, cumulative: counts };
}

/** The layers from number `from` on that stand in a block without a break. */
function runOf(layers: readonly LayerRow[], from: number, block: string): readonly LayerRow[] {
  let end = from;
  while (end < layers.length && layers[end]!.key.startsWith(`${block}.`)) end++;
  return layers.slice(from, end);
}

/** `conv1` of `layer1.0.conv1`. */
export function lastName(id: NodeId): string {
  return id.slice(id.lastIndexOf('.') + 1);
}

/** Outermost first. */
export function enclosingBlocks(id: NodeId): readonly string[] {
  const blocks: string[] = [];
  for (let block = blockOf(id); block !== ''; block = blockOf(block)) blocks.unshift(block);
  return blocks;
}

function commonLength(a: readonly string[], b: readonly string[]): number {
  let length = 0;
  while (length < Math.min(a.length, b.length) && a[length] === b[length]) length++;
  return length;
}
