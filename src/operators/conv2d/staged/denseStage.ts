/** A convolution by `dense` as one pass of several, over whole arrays and with weights that the pass makes of the layer's own. */

import type { ParameterValues } from '../../operator.ts';
import { cutGrid } from '../../programs/cuts.ts';
import { identity } from '../../programs/epilogue.ts';
import type { ArrayShape } from '../../programs/layout.ts';
import type { Operand, Pass, PassPlan } from '../../programs/passes.ts';
import type { DeviceTraits, Dispatch } from '../../programs/program.ts';
import { convolutionUniforms, type Fields, type UniformStruct } from '../../programs/uniforms.ts';
import { orderKey, packedFloats, packWeights, type WeightOrder, type WeightPlaces } from '../../programs/weights.ts';
import type { Conv2d } from '../attributes.ts';
import { dispatchConv2d, planConv2d } from '../plan.ts';

/** The passes of one convolution, and the bytes of the weights that its `dense` reads in one binding. */
export interface StagedPlan extends PassPlan {
  readonly weightBytes: number;
}

interface DenseStage {
  /** The layer that the pass computes. */
  readonly conv: Conv2d;
  readonly pixels: number;
  readonly filters: number;
  readonly input: { readonly array: ArrayShape; readonly operand: Operand };
  readonly output: { readonly array: ArrayShape; readonly operand: Operand };
  /** Its weights from the parameters of the operator, and what names them. */
  readonly key: string;
  readonly weights: (values: ParameterValues) => Float32Array;
  /** Where drawn ones stand among those packed in an order. */
  readonly places: (order: WeightOrder) => WeightPlaces;
}

export function denseStage(
  { conv, pixels, filters, input, output, key, weights, places }: DenseStage,
  traits: DeviceTraits,
): { readonly pass: Pass; readonly weightBytes: number } {
  const { images, height, width } = output.array;
  const choice = { algorithm: 'dense', pixels, filters } as const;
  const plan = planConv2d(conv, { images, height, width }, identity, false, traits, choice);
  const over = (rows: readonly [number, number], blocks: readonly [number, number]): Dispatch =>
    dispatchConv2d(plan, {
      input: { array: input.array, y: 0, x: 0 },
      output: { array: output.array, channel: 0, y: 0, x: 0 },
      rows,
      blocks,
    });
  const pass: Pass = {
    program: plan.program,
    struct: convolutionUniforms as unknown as UniformStruct<Fields>,
    dispatch: over([0, height], [0, plan.blocks]),
    operands: [
      input.operand,
      {
        of: 'packed',
        packing: {
          key: `${key} ${orderKey(plan.order)}`,
          where: plan.weightsIn,
          // All of them are made at once of the layer's own.
          blocks: 1,
          perBlock: packedFloats(plan.order),
          pack: (values) => packWeights(plan.order, { weight: weights(values), bias: null }),
          places: places(plan.order),
        },
      },
      output.operand,
    ],
    work: plan.macsPerPixel * images * height * width * plan.blocks,
    cut: (parts) => cutGrid(height, plan.blocks, parts).map(({ groups, blocks }) => over(groups, blocks)),
  };
  return { pass, weightBytes: 4 * packedFloats(plan.order) };
}
