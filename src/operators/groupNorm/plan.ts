/** Plans group normalisation: each image by itself. */
import type { Shape } from '../operator.ts';
import { planGroups } from '../programs/groups.ts';
import { type PassPlan, parameter } from '../programs/passes.ts';
import type { DeviceTraits } from '../programs/program.ts';
import type { GroupNorm } from './attributes.ts';

export function planGroupNorm(
  { numGroups, eps }: GroupNorm,
  inputs: readonly Shape[],
  _output: Shape,
  traits: Pick<DeviceTraits, 'maxWorkgroupsPerDimension'>,
): PassPlan {
  const learned = { scale: parameter('weight'), shift: parameter('bias') };
  return planGroups(inputs[0]!, { groups: numGroups, together: 1, eps, ...learned }, traits);
}
