/** Every ingredient of a network, altered. */
import { partTo } from '../../chain.ts';
import type { NodeId } from '../../graph.ts';
import type { Network } from '../../price/refit.ts';
import { alterActivation } from './activation.ts';
import { type Alteration, type Ingredient, ingredients } from './alteration.ts';
import { alterDilation } from './dilation.ts';
import { alterDropout } from './dropout.ts';
import { alterSkip } from './skip.ts';
import { alterStride, alterStrideOrder } from './stride.ts';

export type { Alteration, Altered, Ingredient, Unaltered } from './alteration.ts';
export { ingredients } from './alteration.ts';

/** Of the part that `layer` reads. */
export function alterationsOf(whole: Network, layer: NodeId): Readonly<Record<Ingredient, Alteration>> {
  const network: Network = { graph: partTo(whole.graph, layer), shapes: whole.shapes };
  return Object.fromEntries(ingredients.map((name) => [name, rules[name](network, layer)])) as Record<
    Ingredient,
    Alteration
  >;
}

const rules: Readonly<Record<Ingredient, (network: Network, layer: NodeId) => Alteration>> = {
  activation: alterActivation,
  skip: alterSkip,
  dilation: alterDilation,
  stride: alterStride,
  strideOrder: alterStrideOrder,
  dropout: alterDropout,
};
