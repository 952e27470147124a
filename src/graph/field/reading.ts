/**
 * What one node reads of its inputs, block by block, exactly: rows and columns by each operator's `reads`, followed through what padding
 * copies and never into its zeros; channels by `channels.ts`. What is worked out once for a row holds for all blocks and all units, and
 * is kept as long as the graph and its shapes live.
 */
import { sourceIndex } from '../../operators/conv2d/index.ts';
import { type Operator, rulesOf } from '../../operators/index.ts';
import type { Axis, Shape, Surroundings } from '../../operators/operator.ts';
import { pointwise } from '../../operators/pointwise.ts';
import { dimensionOf } from '../../operators/tensors.ts';
import type { NodeId } from '../graph.ts';
import { channelsRead } from './channels.ts';
import { perNetwork } from './perNetwork.ts';
import { between, imageOf, type Positions } from './positions.ts';
import { deepBlocks, permutedBlock, reshapedBlocks, wideBlocks } from './rearranged.ts';
import type { Block, Region } from './region.ts';

export interface NodeReader {
  readonly id: NodeId;
  readonly operator: Operator;
  readonly inputs: readonly NodeId[];
  /** What a block of the output reads of input number `i`; empty where nothing. */
  blocksRead(block: Block, i: number): Region;
}

/** A reader of every node, in the graph's order. */
export const readersIn = perNetwork((graph, shapes): readonly NodeReader[] =>
  graph.nodes.map(({ id, operator, inputs }) => {
    const around = { inputs: inputs.map((input) => shapes[input]!), output: shapes[id]! };
    return { id, operator, inputs, blocksRead: readingOf(operator, around) };
  }),
);

function readingOf(operator: Operator, around: Surroundings): NodeReader['blocksRead'] {
  const along = around.inputs.map((shape, i) => ({
    h: readingAlong(operator, 'h', shape, i, around),
    w: readingAlong(operator, 'w', shape, i, around),
  }));
  return (block, i) => {
    const input = around.inputs[i]!;
    switch (operator.kind) {
      case 'permute':
        return [permutedBlock(operator, block, input)];
      case 'depth_to_space':
        return deepBlocks(operator, block, input);
      case 'space_to_depth':
        return wideBlocks(operator, block, input);
      case 'reshape':
        return reshapedBlocks(block, around.output, input);
      default: {
        const channels = channelsRead(operator, block.channels, i, around);
        const rows = channels && along[i]!.h(block.rows);
        const columns = rows && along[i]!.w(block.columns);
        return columns ? [{ channels, rows, columns }] : [];
      }
    }
  };
}

/** From positions of the output along an axis to those of an input. */
function readingAlong(
  operator: Operator,
  axis: Axis,
  input: Shape,
  i: number,
  around: Surroundings,
): (read: Positions) => Positions | null {
  if (keepsPlaces(operator, axis, input, around)) return (read) => read;
  const size = input[dimensionOf(axis)];
  if (readsWhole(operator, axis, i)) return () => between(0, size - 1);
  const rules = rulesOf(operator);
  const mode = operator.kind === 'conv2d' ? operator.paddingMode : 'zeros';
  const known: (readonly number[])[] = [];
  const sourcesOf = (at: number): readonly number[] => {
    known[at] ??= rules
      .reads(operator, axis, size, at, i, around)
      .map((position) => sourceIndex(position, size, mode))
      .filter((position) => position !== null);
    return known[at];
  };
  return (read) => imageOf(read, size, sourcesOf);
}

/** Does every output read the position that it stands at, and no other? */
function keepsPlaces(operator: Operator, axis: Axis, input: Shape, { output }: Surroundings): boolean {
  const dimension = dimensionOf(axis);
  switch (operator.kind) {
    case 'concat':
      return operator.axis !== dimension;
    case 'arithmetic':
      return input[dimension] === output[dimension];
    default:
      return rulesOf(operator).reads === pointwise.reads;
  }
}

/** Does every output read all rows (columns) of input number `i`, by what the operator is and not by the size of a window? */
export function readsWhole(operator: Operator, axis: Axis, i: number): boolean {
  switch (operator.kind) {
    case 'reduce':
      return operator.axes.includes(dimensionOf(axis));
    case 'softmax':
      return operator.axis === dimensionOf(axis);
    case 'adaptive_pool2d':
      return operator.outputSize[axis === 'h' ? 0 : 1] === 1;
    case 'group_norm':
    case 'reshape':
      return true;
    case 'deform_conv2d':
      return i === 0;
    default:
      return false;
  }
}
