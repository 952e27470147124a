import fc from 'fast-check';
import { createDeformConv2d } from '../../../src/operators/deformConv2d/index.ts';
import { outputShapeOf } from '../../../src/operators/deformConv2d/samples.ts';
import type { Shape } from '../../../src/operators/operator.ts';
import { caseOf, isValid, type KindCases, type OperatorCase, pairUpTo, seed, shapeUpTo } from './operatorCase.ts';

type Attributes = Parameters<typeof createDeformConv2d>[0];
const side = fc.nat(2);
const upTo = (max: number) => fc.integer({ min: 1, max });

/** Offsets of up to `reach` pixels; `isWhole`: only by whole pixels, where the four corners are one. */
export function deformCase(
  attributes: Attributes,
  [images, height, width]: readonly [images: number, height: number, width: number],
  { reach = 3, isWhole = false, by = 1 } = {},
): OperatorCase | null {
  const conv = createDeformConv2d(attributes);
  const x: Shape = [images, conv.inChannels, height, width];
  const [, , rows, columns] = outputShapeOf(conv, x);
  if (rows < 1 || columns < 1) return null;
  const perTap = conv.offsetGroups * conv.kernelSize[0] * conv.kernelSize[1];
  const offset: Shape = [images, 2 * perTap, rows, columns];
  const mask: Shape = [images, perTap, rows, columns];
  const made = caseOf(conv, conv.hasMask ? [x, offset, mask] : [x, offset], by);
  const inputs = made.inputs.map((tensor, i) => {
    if (i !== 1) return tensor;
    const values = tensor.values.map((value) => (isWhole ? Math.round(reach * value) : reach * value));
    return { shape: tensor.shape, values };
  });
  return { ...made, inputs };
}

function edge(...given: Parameters<typeof deformCase>): OperatorCase {
  const made = deformCase(...given);
  if (!made) throw new Error('the edge has no output');
  return made;
}

const sides = (padding: number) => ({ top: padding, bottom: padding, left: padding, right: padding });

export const deformConv2dCases: KindCases = {
  kind: 'deform_conv2d',
  random: fc
    .record({
      kernelSize: pairUpTo(4),
      stride: pairUpTo(3),
      dilation: pairUpTo(3),
      padding: fc.record({ top: side, bottom: side, left: side, right: side }),
      bias: fc.boolean(),
      hasMask: fc.boolean(),
      groups: fc.constantFrom(1, 1, 2, 3),
      offsetGroups: fc.constantFrom(1, 2, 3),
      slices: upTo(8),
      filters: upTo(9),
      shape: shapeUpTo(1, 11),
      reach: fc.constantFrom(0, 0.5, 3, 40),
      isWhole: fc.boolean(),
      by: seed,
    })
    .map(({ slices, filters, shape, reach, isWhole, by, ...attributes }) => {
      // Channels that both kinds of groups divide.
      const { groups, offsetGroups } = attributes;
      const inChannels = slices * (groups === offsetGroups ? groups : groups * offsetGroups);
      return deformCase({ ...attributes, inChannels, outChannels: groups * filters }, [shape[0], shape[2], shape[3]], {
        reach,
        isWhole,
        by,
      });
    })
    .filter((one) => one !== null)
    .filter(isValid),
  edges: [
    edge({ inChannels: 1, outChannels: 1, kernelSize: [1, 1] }, [1, 1, 1], { reach: 0.5 }),
    edge({ inChannels: 16, outChannels: 16, kernelSize: [3, 3], padding: sides(1) }, [2, 24, 24]),
    edge({ inChannels: 8, outChannels: 64, kernelSize: [3, 3], padding: sides(1), hasMask: true }, [1, 9, 11]),
    edge({ inChannels: 16, outChannels: 8, kernelSize: [3, 3], groups: 2, offsetGroups: 4 }, [1, 9, 9]),
    // An offset group that spans two groups, and groups that span two offset groups; none in fours.
    edge({ inChannels: 6, outChannels: 9, kernelSize: [3, 2], groups: 3, offsetGroups: 2, hasMask: true }, [1, 7, 8]),
    edge({ inChannels: 6, outChannels: 6, kernelSize: [3, 3], groups: 6, offsetGroups: 3 }, [1, 8, 7]),
    // Far outside: nothing but the bias.
    edge({ inChannels: 4, outChannels: 4, kernelSize: [3, 3], hasMask: true }, [1, 6, 6], { reach: 1e12 }),
  ],
};
