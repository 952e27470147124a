/** Plans `adaptivePool`; pooling to one value is a reduction, whose work a workgroup can share. */
import wgsl from '../../../shaders/adaptivePool/adaptivePool.wgsl?raw';
import type { Shape } from '../operator.ts';
import { expand } from '../programs/expand.ts';
import { floatsOf, stridesOf } from '../programs/layout.ts';
import { input, output, type PassPlan, passOf, wholeArray } from '../programs/passes.ts';
import { type DeviceTraits, gridOf, type Program } from '../programs/program.ts';
import { planReduction } from '../programs/reduction.ts';
import { uniformStruct } from '../programs/uniforms.ts';
import type { AdaptivePool2d } from './attributes.ts';

const adaptivePoolUniforms = uniformStruct('AdaptivePool', {
  total: 'u32',
  perRow: 'u32',
  base: 'u32',
  inputPlane: 'u32',
  inputHeight: 'u32',
  inputWidth: 'u32',
  outputHeight: 'u32',
  outputWidth: 'u32',
});

function programOf(name: AdaptivePool2d['function']): Program {
  return {
    key: `adaptivePool ${name}`,
    label: `adaptivePool ${name}`,
    wgsl: expand(wgsl, { AVERAGE: Number(name === 'average') }, {}),
    entryPoint: 'main',
    bindings: ['dynamic', 'read', 'write'],
  };
}

export function planAdaptivePool2d(
  pool: AdaptivePool2d,
  inputs: readonly Shape[],
  outputShape: Shape,
  traits: Pick<DeviceTraits, 'maxWorkgroupsPerDimension' | 'busyInvocations'>,
): PassPlan {
  const [rows, columns] = pool.outputSize;
  if (rows === 1 && columns === 1)
    return planReduction(pool.function === 'max' ? 'max' : 'mean', inputs[0]!, outputShape, traits);
  const source = wholeArray(inputs[0]!, 'blocked');
  const target = wholeArray(outputShape, 'blocked');
  const total = floatsOf(target) / 4;
  const grid = gridOf(total, traits);
  const values = {
    total,
    perRow: grid.perRow,
    base: stridesOf(source).base / 4,
    inputPlane: source.height * source.width,
    inputHeight: source.height,
    inputWidth: source.width,
    outputHeight: target.height,
    outputWidth: target.width,
  };
  return {
    inputLayouts: ['blocked'],
    outputLayout: 'blocked',
    scratch: [],
    passes: [
      passOf(adaptivePoolUniforms, values, {
        program: programOf(pool.function),
        workgroups: [grid.x, grid.y, 1],
        operands: [input(0), output],
        work: total * (Math.ceil(source.height / rows) + 1) * (Math.ceil(source.width / columns) + 1),
      }),
    ],
  };
}
