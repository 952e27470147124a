/** Plans `unary`: one pass over four values at a time. */
import wgsl from '../../../shaders/unary/unary.wgsl?raw';
import type { Shape } from '../operator.ts';
import { expand } from '../programs/expand.ts';
import { lateSnippets } from '../programs/lateSnippets.ts';
import { floatsOf, headFloats } from '../programs/layout.ts';
import { input, output, type PassPlan, passOf, wholeArray } from '../programs/passes.ts';
import { type DeviceTraits, gridOf, type Program } from '../programs/program.ts';
import { uniformStruct } from '../programs/uniforms.ts';
import { type Elementwise, type ElementwiseFunction, elementwiseFunctions } from './attributes.ts';

const unaryUniforms = uniformStruct('Unary', {
  total: 'u32',
  perRow: 'u32',
  inputBase: 'u32',
  outputBase: 'u32',
  alpha: 'f32',
  beta: 'f32',
});

function programOf(name: ElementwiseFunction): Program {
  return {
    key: `unary ${name}`,
    label: name,
    wgsl: expand(wgsl, { FUNCTION: elementwiseFunctions.indexOf(name) }, lateSnippets),
    entryPoint: 'main',
    bindings: ['dynamic', 'read', 'write'],
  };
}

/** float32's largest number: an end of `clip` that is open. */
const largest = 3.4028234663852886e38;
const finite = (value: number) => Math.min(Math.max(value, -largest), largest);

export function planElementwise(
  operator: Elementwise,
  inputs: readonly Shape[],
  traits: Pick<DeviceTraits, 'maxWorkgroupsPerDimension'>,
): PassPlan {
  const total = Math.ceil(floatsOf(wholeArray(inputs[0]!, 'blocked')) / 4);
  const grid = gridOf(total, traits);
  const values = {
    total,
    perRow: grid.perRow,
    inputBase: headFloats / 4,
    outputBase: headFloats / 4,
    alpha: finite(operator.alpha),
    beta: finite(operator.beta),
  };
  const pass = passOf(unaryUniforms, values, {
    program: programOf(operator.function),
    workgroups: [grid.x, grid.y, 1],
    operands: [input(0), output],
    work: 8 * total,
  });
  return { inputLayouts: ['blocked'], outputLayout: 'blocked', scratch: [], passes: [pass] };
}
