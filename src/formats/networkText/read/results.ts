/** What the expressions of `forward` come to, and who works them out. */
import type { Value } from '../../../operators/callSyntax.ts';
import type { Expression } from '../python/expressions.ts';
import type { Place } from '../python/tokens.ts';
import type { GrowingNetwork, Tensor } from './network.ts';
import type { Initialised } from './owned.ts';

export type Result = Tensor | { readonly kind: 'tuple'; readonly items: readonly Result[] } | Value;

export type CallExpression = Extract<Expression, { readonly kind: 'call' }>;

/** Who works out expressions, for what applies modules and functions to them. */
export interface Evaluator {
  readonly network: GrowingNetwork;
  readonly owned: Initialised;
  /** By their names; the reader of statements sets them. */
  readonly variables: ReadonlyMap<string, Result>;
  /** The statement that is read. */
  readonly place: Place;
  /** `name`: what the node of the whole expression is called. */
  evaluate(expression: Expression, name?: string | null): Result;
  /** The tensor that an expression is; null where it is something else. */
  tensorIn(expression: Expression): Tensor | null;
  /** The tensor that an expression has to be. */
  need(expression: Expression): Tensor;
}

export const isTensor = (result: Result): result is Tensor => result.kind === 'tensor';

/** PyTorch's sizes of a tensor. */
export function sizesOf({ shape, isFlat }: Tensor): readonly Value[] {
  return (isFlat ? shape.slice(0, 2) : shape).map((value) => ({ kind: 'number', value }));
}
