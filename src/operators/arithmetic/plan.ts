/** Plans `arithmetic`: one pass over the output, both inputs read through strides that are 0 where they are repeated. */
import wgsl from '../../../shaders/arithmetic/arithmetic.wgsl?raw';
import type { Shape } from '../operator.ts';
import { expand } from '../programs/expand.ts';
import { lateSnippets } from '../programs/lateSnippets.ts';
import { floatsOf, stridesOf } from '../programs/layout.ts';
import { input, output, type PassPlan, passOf, wholeArray } from '../programs/passes.ts';
import { type DeviceTraits, gridOf, type Program } from '../programs/program.ts';
import { uniformStruct } from '../programs/uniforms.ts';
import { type Arithmetic, type ArithmeticFunction, arithmeticFunctions } from './attributes.ts';

const arithmeticUniforms = uniformStruct('Arithmetic', {
  total: 'u32',
  perRow: 'u32',
  base: 'u32',
  image: 'u32',
  height: 'u32',
  width: 'u32',
  channels: 'u32',
  leftImage: 'u32',
  leftBlock: 'u32',
  leftRow: 'u32',
  leftColumn: 'u32',
  leftIsSingle: 'u32',
  rightImage: 'u32',
  rightBlock: 'u32',
  rightRow: 'u32',
  rightColumn: 'u32',
  rightIsSingle: 'u32',
});

function programOf(name: ArithmeticFunction): Program {
  return {
    key: `arithmetic ${name}`,
    label: `arithmetic ${name}`,
    wgsl: expand(wgsl, { FUNCTION: arithmeticFunctions.indexOf(name) }, lateSnippets),
    entryPoint: 'main',
    bindings: ['dynamic', 'read', 'read', 'write'],
  };
}

function stepsOf(shape: Shape, target: Shape) {
  const { image, block, row, column } = stridesOf(wholeArray(shape, 'blocked'));
  const unless = (isRepeated: boolean, stride: number) => (isRepeated ? 0 : stride / 4);
  return {
    image: unless(shape[0] === 1, image),
    block: unless(shape[1] === 1, block),
    row: unless(shape[2] === 1, row),
    column: unless(shape[3] === 1, column),
    isSingle: Number(shape[1] === 1 && target[1] !== 1),
  };
}

export function planArithmetic(
  operator: Arithmetic,
  inputs: readonly Shape[],
  outputShape: Shape,
  traits: Pick<DeviceTraits, 'maxWorkgroupsPerDimension'>,
): PassPlan {
  const target = wholeArray(outputShape, 'blocked');
  const to = stridesOf(target);
  const left = stepsOf(inputs[0]!, outputShape);
  const right = stepsOf(inputs[1]!, outputShape);
  const total = floatsOf({ ...target, images: 1 }) / 4;
  const grid = gridOf(total, traits);
  const values = {
    total,
    perRow: grid.perRow,
    base: to.base / 4,
    image: to.image / 4,
    height: target.height,
    width: target.width,
    channels: target.channels,
    leftImage: left.image,
    leftBlock: left.block,
    leftRow: left.row,
    leftColumn: left.column,
    leftIsSingle: left.isSingle,
    rightImage: right.image,
    rightBlock: right.block,
    rightRow: right.row,
    rightColumn: right.column,
    rightIsSingle: right.isSingle,
  };
  return {
    inputLayouts: ['blocked', 'blocked'],
    outputLayout: 'blocked',
    scratch: [],
    passes: [
      passOf(arithmeticUniforms, values, {
        program: programOf(operator.function),
        workgroups: [grid.x, grid.y, target.images],
        operands: [input(0), input(1), output],
        work: total * target.images,
      }),
    ],
  };
}
