/** What a rule of a graph model's operator sees: its node, the tensors of the graph, and the constants. */

import type { NetworkBuilder, Value } from '../build/builder.ts';
import { malformed, unsupported } from '../error.ts';
import type { TfTensor } from '../weights.ts';
import type { TfNode } from './nodes.ts';

/** A tensor of the graph, or numbers known before any run. */
export type Operand = { readonly value: Value } | { readonly constant: TfTensor };

export interface Context {
  readonly builder: NetworkBuilder;
  readonly node: TfNode;
  operand(index: number): Operand;
}

export type GraphRule = (context: Context) => Operand;

/** Input `index` as a tensor of the graph. */
export function valueAt({ node, operand }: Context, index: number): Value {
  const found = operand(index);
  if (!('value' in found)) throw unsupported(node.name, 'a constant in place of maps');
  return found.value;
}

/** Input `index` as numbers known before any run. */
export function constantAt({ node, operand }: Context, index: number): TfTensor {
  const found = operand(index);
  if (!('constant' in found)) throw unsupported(node.name, `input ${index} that is computed`);
  return found.constant;
}

export function integersAt(context: Context, index: number): readonly number[] {
  const { integers, values } = constantAt(context, index);
  const numbers = integers ?? [...values];
  if (!numbers.every(Number.isSafeInteger)) throw malformed(`${context.node.name}: input ${index}`);
  return numbers;
}
