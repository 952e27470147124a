/** Plans `deformGradient`: one pass from planar to planar, each value by itself, so that sums have one order. */
import wgsl from '../../../../shaders/deformGradient/deformGradient.wgsl?raw';
import type { Shape } from '../../operator.ts';
import { expand } from '../../programs/expand.ts';
import { floatsOf, headFloats } from '../../programs/layout.ts';
import { input, output, type PassPlan, passOf, wholeArray } from '../../programs/passes.ts';
import { type BindingKind, type DeviceTraits, gridOf, type Program } from '../../programs/program.ts';
import { uniformStruct } from '../../programs/uniforms.ts';
import type { DeformGradient } from './attributes.ts';

const gradientUniforms = uniformStruct('DeformGradient', {
  total: 'u32',
  perRow: 'u32',
  base: 'u32',
  channels: 'u32',
  height: 'i32',
  width: 'i32',
  rows: 'u32',
  columns: 'u32',
  taps: 'u32',
  kernelWidth: 'u32',
  perGroup: 'u32',
  groups: 'u32',
  strideY: 'i32',
  strideX: 'i32',
  dilationY: 'i32',
  dilationX: 'i32',
  top: 'i32',
  left: 'i32',
});

const targets = ['input', 'offset', 'mask'] as const;

function programOf({ of, to }: DeformGradient): Program {
  const label = `deform gradient to ${to}${of.hasMask ? ' mask' : ''}`;
  const bindings: BindingKind[] = ['dynamic', 'read', 'read', 'read', 'write'];
  if (of.hasMask) bindings.push('read');
  return {
    key: label,
    label,
    wgsl: expand(wgsl, { TO: targets.indexOf(to), MASK: Number(of.hasMask) }, {}),
    entryPoint: 'main',
    bindings,
  };
}

export function planDeformGradient(
  operator: DeformGradient,
  inputs: readonly Shape[],
  outputShape: Shape,
  traits: Pick<DeviceTraits, 'maxWorkgroupsPerDimension'>,
): PassPlan {
  const { of, to } = operator;
  const [, , rows, columns] = inputs[0]!;
  const [, channels, height, width] = inputs[1]!;
  const total = floatsOf(wholeArray(outputShape, 'planar'));
  const grid = gridOf(total, traits);
  const taps = of.kernelSize[0] * of.kernelSize[1];
  const perGroup = of.inChannels / of.offsetGroups;
  const values = {
    total,
    perRow: grid.perRow,
    base: headFloats,
    channels,
    height,
    width,
    rows,
    columns,
    taps,
    kernelWidth: of.kernelSize[1],
    perGroup,
    groups: of.offsetGroups,
    strideY: of.stride[0],
    strideX: of.stride[1],
    dilationY: of.dilation[0],
    dilationX: of.dilation[1],
    top: of.padding.top,
    left: of.padding.left,
  };
  return {
    inputLayouts: ['planar', 'planar', 'planar', 'planar'].slice(0, inputs.length) as 'planar'[],
    outputLayout: 'planar',
    scratch: [],
    passes: [
      passOf(gradientUniforms, values, {
        program: programOf(operator),
        workgroups: [grid.x, grid.y, 1],
        operands: [input(0), input(1), input(2), output, ...(of.hasMask ? [input(3)] : [])],
        work: total * (to === 'input' ? rows * columns * taps : 8 * perGroup),
      }),
    ],
  };
}
