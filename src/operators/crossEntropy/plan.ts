/** Plans `crossEntropy`: one invocation per pixel, over its blocks of classes. */
import wgsl from '../../../shaders/crossEntropy/crossEntropy.wgsl?raw';
import type { Shape } from '../operator.ts';
import { expand } from '../programs/expand.ts';
import { lateSnippets } from '../programs/lateSnippets.ts';
import { headFloats } from '../programs/layout.ts';
import { input, output, type PassPlan, passOf } from '../programs/passes.ts';
import { type DeviceTraits, gridOf, type Program } from '../programs/program.ts';
import { uniformStruct } from '../programs/uniforms.ts';
import type { CrossEntropy } from './attributes.ts';

const crossEntropyUniforms = uniformStruct('CrossEntropy', {
  total: 'u32',
  perRow: 'u32',
  base: 'u32',
  plane: 'u32',
  blocks: 'u32',
  classes: 'u32',
});

const outputs = ['loss', 'gradient', 'correct'] as const;

function programOf({ gives, target }: CrossEntropy): Program {
  const label = `cross entropy ${gives} of ${target}`;
  const choices = { GIVES: outputs.indexOf(gives), INDICES: Number(target === 'indices') };
  return {
    key: label,
    label,
    wgsl: expand(wgsl, choices, lateSnippets),
    entryPoint: 'main',
    bindings: ['dynamic', 'read', 'read', 'write'],
  };
}

export function planCrossEntropy(
  operator: CrossEntropy,
  inputs: readonly Shape[],
  traits: Pick<DeviceTraits, 'maxWorkgroupsPerDimension'>,
): PassPlan {
  const [images, classes, height, width] = inputs[0]!;
  const plane = height * width;
  const total = images * plane;
  const grid = gridOf(total, traits);
  const values = { total, perRow: grid.perRow, base: headFloats / 4, plane, blocks: Math.ceil(classes / 4), classes };
  const pass = passOf(crossEntropyUniforms, values, {
    program: programOf(operator),
    workgroups: [grid.x, grid.y, 1],
    operands: [input(0), input(1), output],
    work: 3 * total * classes,
  });
  return { inputLayouts: ['blocked', 'blocked'], outputLayout: 'blocked', scratch: [], passes: [pass] };
}
