/** Plans `pointwiseGradient`: one pass from NC4HW4 to NC4HW4. */
import wgsl from '../../../shaders/pointwiseGradient/pointwiseGradient.wgsl?raw';
import type { Shape } from '../operator.ts';
import { everyFour, everyFourUniforms } from '../programs/everyFour.ts';
import { expand } from '../programs/expand.ts';
import { lateSnippets } from '../programs/lateSnippets.ts';
import { input, output, type PassPlan, passOf } from '../programs/passes.ts';
import type { DeviceTraits, Program } from '../programs/program.ts';
import { uniformStruct } from '../programs/uniforms.ts';
import { type GradientFunction, gradientFunctions, type PointwiseGradient } from './attributes.ts';

const gradientUniforms = uniformStruct('PointwiseGradient', {
  ...everyFourUniforms,
  channels: 'u32',
  alpha: 'f32',
  beta: 'f32',
});

function programOf(name: GradientFunction): Program {
  return {
    key: `pointwiseGradient ${name}`,
    label: `gradient of ${name}`,
    wgsl: expand(wgsl, { FUNCTION: gradientFunctions.indexOf(name) }, lateSnippets),
    entryPoint: 'main',
    bindings: ['dynamic', 'read', 'read', 'write'],
  };
}

/** float32's largest number: an end of `clip` that is open. */
const largest = 3.4028234663852886e38;
const finite = (value: number) => Math.min(Math.max(value, -largest), largest);

export function planPointwiseGradient(
  operator: PointwiseGradient,
  inputs: readonly Shape[],
  traits: Pick<DeviceTraits, 'maxWorkgroupsPerDimension'>,
): PassPlan {
  const { array, values: common, workgroups, blocks } = everyFour(inputs[0]!, traits);
  const values = {
    ...common,
    channels: array.channels,
    alpha: finite(operator.alpha),
    beta: finite(operator.beta),
  };
  const pass = passOf(gradientUniforms, values, {
    program: programOf(operator.function),
    workgroups,
    operands: [input(0), input(1), output],
    work: 8 * blocks,
  });
  return { inputLayouts: ['blocked', 'blocked'], outputLayout: 'blocked', scratch: [], passes: [pass] };
}
