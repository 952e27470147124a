/** The rules that all operators share which only put values into another order: no parameters, no arithmetic, nothing rounded. */
import type { OperatorRules, Result, Shape } from './operator.ts';
import { type Rearrangement, rearrangeInto } from './programs/rearrange.ts';
import { costWithoutMacs, elementsOf, only } from './tensors.ts';

interface Order<O> {
  outputShape(operator: O, input: Shape): Result<Shape>;
  /** Where the output's values come from; shapes are valid. */
  rearrangement(operator: O, input: Shape): Rearrangement;
}

type Shared = 'outputShape' | 'parameters' | 'arity' | 'cost' | 'reference' | 'compute' | 'scaleFrom';

export function rearrangingRules<O extends { readonly kind: string }>({
  outputShape,
  rearrangement,
}: Order<O>): Pick<OperatorRules<O>, Shared> {
  const shapeOf = (operator: O, input: Shape): Shape => {
    const shape = outputShape(operator, input);
    if (!shape.ok) throw new Error(shape.error.message);
    return shape.value;
  };
  return {
    outputShape: (operator, inputs) => outputShape(operator, only(inputs)),
    parameters: () => [],
    arity: () => 1,
    cost: (operator, inputs) => costWithoutMacs(shapeOf(operator, only(inputs))),
    reference: (operator, inputs) => {
      const { shape, values } = only(inputs);
      const output = shapeOf(operator, shape);
      const moved = rearrangeInto(rearrangement(operator, shape), values, new Float64Array(elementsOf(output)));
      return { output: { shape: output, values: moved }, magnitude: moved.map(Math.abs) };
    },
    compute: (operator, inputs) => {
      const { shape, values } = only(inputs);
      const output = shapeOf(operator, shape);
      const moved = rearrangeInto(rearrangement(operator, shape), values, new Float32Array(elementsOf(output)));
      return { shape: output, values: moved };
    },
    scaleFrom: (operator, { scales, own }) => {
      const { shape, values } = only(scales);
      return rearrangeInto(rearrangement(operator, shape), values, new Float64Array(own.length));
    },
  };
}
