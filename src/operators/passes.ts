/** The GPU plans of the operators that run as passes; null for those that the engine runs by itself. */
import { planConvTranspose2d } from './convTranspose2d/plan.ts';
import { planDeformConv2d } from './deformConv2d/plan.ts';
import type { Operator } from './index.ts';
import { planLocallyConnected2d } from './locallyConnected2d/plan.ts';
import type { Shape } from './operator.ts';
import { planPool2d } from './pool2d/plan.ts';
import type { PassPlan } from './programs/passes.ts';
import type { DeviceTraits } from './programs/program.ts';

/** `inputs` and `output`: the shapes that `outputShape` takes and gives. */
export function passesOf(
  operator: Operator,
  inputs: readonly Shape[],
  output: Shape,
  traits: DeviceTraits,
): PassPlan | null {
  switch (operator.kind) {
    case 'input':
    case 'conv2d':
    case 'linear':
    case 'activation':
      return null;
    case 'conv_transpose2d':
      return planConvTranspose2d(operator, inputs, output, traits);
    case 'deform_conv2d':
      return planDeformConv2d(operator, inputs, output, traits);
    case 'locally_connected2d':
      return planLocallyConnected2d(operator, inputs, output, traits);
    case 'pool2d':
      return planPool2d(operator, inputs, output, traits);
    default:
      operator satisfies never;
      throw new Error('unknown operator');
  }
}
