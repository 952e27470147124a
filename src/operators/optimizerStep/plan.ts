/** Plans `optimizerStep`: one pass over planar arrays, an invocation for each value of the tensor. */
import wgsl from '../../../shaders/optimizerStep/optimizerStep.wgsl?raw';
import type { Shape } from '../operator.ts';
import { expand } from '../programs/expand.ts';
import { headFloats } from '../programs/layout.ts';
import { input, output, type PassPlan, passOf } from '../programs/passes.ts';
import { type DeviceTraits, gridOf, type Program } from '../programs/program.ts';
import { uniformStruct } from '../programs/uniforms.ts';
import { elementsOf } from '../tensors.ts';
import type { OptimizerStep } from './attributes.ts';
import { numbersOf } from './numbers.ts';

const optimizerUniforms = uniformStruct('OptimizerStep', {
  total: 'u32',
  perRow: 'u32',
  base: 'u32',
  rate: 'f32',
  coupled: 'f32',
  apart: 'f32',
  first: 'f32',
  second: 'f32',
  rest: 'f32',
  eps: 'f32',
});

const names = ['sgd', 'nesterov', 'adam'] as const;
/** Every learned tensor has an operator of its own; their texts are the same. */
const programs = new Map<(typeof names)[number], Program>();

function programOf(operator: OptimizerStep): Program {
  const name = operator.method === 'adam' ? 'adam' : operator.nesterov ? 'nesterov' : 'sgd';
  const known = programs.get(name);
  if (known) return known;
  const program: Program = {
    key: `optimizer step ${name}`,
    label: name,
    wgsl: expand(wgsl, { METHOD: names.indexOf(name) }, {}),
    entryPoint: 'main',
    bindings: ['dynamic', 'read', 'read', 'read', 'write'],
  };
  programs.set(name, program);
  return program;
}

export function planOptimizerStep(
  operator: OptimizerStep,
  inputs: readonly Shape[],
  traits: Pick<DeviceTraits, 'maxWorkgroupsPerDimension'>,
): PassPlan {
  const total = elementsOf(inputs[1]!);
  const { x, y, perRow } = gridOf(total, traits);
  const numbers = numbersOf(operator);
  const rest = 1 - numbers.second;
  const values = { total, perRow, base: headFloats, rate: operator.learningRate, ...numbers, rest };
  const pass = passOf(optimizerUniforms, values, {
    program: programOf(operator),
    workgroups: [x, y, 1],
    operands: [input(0), input(1), input(2), output],
    work: 4 * total,
  });
  return { inputLayouts: ['planar', 'planar', 'planar'], outputLayout: 'planar', scratch: [], passes: [pass] };
}
