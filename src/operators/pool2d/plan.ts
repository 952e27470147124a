/** Plans `pool`: one pass from NC4HW4 to NC4HW4. */
import wgsl from '../../../shaders/pool/pool.wgsl?raw';
import type { Shape } from '../operator.ts';
import { expand } from '../programs/expand.ts';
import { floatsOf, stridesOf } from '../programs/layout.ts';
import { input, output, type PassPlan, passOf, wholeArray } from '../programs/passes.ts';
import { type DeviceTraits, gridOf, type Program } from '../programs/program.ts';
import { uniformStruct } from '../programs/uniforms.ts';
import type { Pool2d } from './attributes.ts';

const poolUniforms = uniformStruct('Pool', {
  total: 'u32',
  perRow: 'u32',
  inputBase: 'u32',
  inputPlane: 'u32',
  inputImage: 'u32',
  inputHeight: 'i32',
  inputWidth: 'i32',
  outputBase: 'u32',
  outputImage: 'u32',
  outputHeight: 'u32',
  outputWidth: 'u32',
  kernelHeight: 'i32',
  kernelWidth: 'i32',
  strideY: 'i32',
  strideX: 'i32',
  dilationY: 'i32',
  dilationX: 'i32',
  top: 'i32',
  left: 'i32',
  endY: 'i32',
  endX: 'i32',
  countIncludePad: 'u32',
});

function programOf(pool: Pool2d): Program {
  return {
    key: `pool ${pool.function}`,
    label: `pool ${pool.function}`,
    wgsl: expand(wgsl, { AVERAGE: Number(pool.function === 'average') }, {}),
    entryPoint: 'main',
    bindings: ['dynamic', 'read', 'write'],
  };
}

export function planPool2d(
  pool: Pool2d,
  inputs: readonly Shape[],
  outputShape: Shape,
  traits: Pick<DeviceTraits, 'maxWorkgroupsPerDimension'>,
): PassPlan {
  const source = wholeArray(inputs[0]!, 'blocked');
  const target = wholeArray(outputShape, 'blocked');
  const [from, to] = [stridesOf(source), stridesOf(target)];
  const total = floatsOf({ ...target, images: 1 }) / 4;
  const grid = gridOf(total, traits);
  const values = {
    total,
    perRow: grid.perRow,
    inputBase: from.base / 4,
    inputPlane: from.block / 4,
    inputImage: from.image / 4,
    inputHeight: source.height,
    inputWidth: source.width,
    outputBase: to.base / 4,
    outputImage: to.image / 4,
    outputHeight: target.height,
    outputWidth: target.width,
    kernelHeight: pool.kernelSize[0],
    kernelWidth: pool.kernelSize[1],
    strideY: pool.stride[0],
    strideX: pool.stride[1],
    dilationY: pool.dilation[0],
    dilationX: pool.dilation[1],
    top: pool.padding.top,
    left: pool.padding.left,
    endY: source.height + pool.padding.bottom,
    endX: source.width + pool.padding.right,
    countIncludePad: Number(pool.countIncludePad),
  };
  const work = total * target.images * pool.kernelSize[0] * pool.kernelSize[1];
  return {
    inputLayouts: ['blocked'],
    outputLayout: 'blocked',
    scratch: [],
    passes: [
      passOf(poolUniforms, values, {
        program: programOf(pool),
        workgroups: [grid.x, grid.y, target.images],
        operands: [input(0), output],
        work,
      }),
    ],
  };
}
