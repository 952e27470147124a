/** Plans a reduction. */
import type { Shape } from '../operator.ts';
import type { PassPlan } from '../programs/passes.ts';
import type { DeviceTraits } from '../programs/program.ts';
import { planReduction } from '../programs/reduction.ts';
import type { Reduce } from './attributes.ts';

export function planReduce(
  operator: Reduce,
  inputs: readonly Shape[],
  outputShape: Shape,
  traits: Pick<DeviceTraits, 'maxWorkgroupsPerDimension' | 'busyInvocations'>,
): PassPlan {
  return planReduction(operator.function, inputs[0]!, outputShape, traits);
}
