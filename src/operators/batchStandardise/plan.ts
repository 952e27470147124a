/** Plans standardisation over the batch: group normalisation's passes, with the images together, a group for each channel, and no scale. */
import type { Shape } from '../operator.ts';
import { planGroups } from '../programs/groups.ts';
import type { Operand, PassPlan } from '../programs/passes.ts';
import type { DeviceTraits } from '../programs/program.ts';
import type { BatchStandardise } from './attributes.ts';

export function planBatchStandardise(
  { numChannels, eps }: BatchStandardise,
  [shape]: readonly [Shape],
  traits: Pick<DeviceTraits, 'maxWorkgroupsPerDimension'>,
): PassPlan {
  const same = (value: number): Operand => ({
    of: 'table',
    key: `${numChannels} times ${value}`,
    make: () => new Float32Array(Math.ceil(numChannels / 4) * 4).fill(value),
  });
  return planGroups(shape, { groups: numChannels, together: shape[0], eps, scale: same(1), shift: same(0) }, traits);
}
