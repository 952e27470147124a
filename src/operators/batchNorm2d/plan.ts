/** Plans batch normalisation as one factor and one offset per channel. */
import type { Shape } from '../operator.ts';
import type { PassPlan } from '../programs/passes.ts';
import { pairsOf, planPerChannel } from '../programs/perChannel.ts';
import type { DeviceTraits } from '../programs/program.ts';
import type { BatchNorm2d } from './attributes.ts';
import { factorsOf } from './factors.ts';

export function planBatchNorm2d(
  norm: BatchNorm2d,
  inputs: readonly Shape[],
  _output: Shape,
  traits: Pick<DeviceTraits, 'maxWorkgroupsPerDimension'>,
): PassPlan {
  return planPerChannel(
    'affine',
    inputs[0]!,
    traits,
    pairsOf(`batch norm ${norm.eps}`, norm.numFeatures, (values) => {
      const { scale, shift } = factorsOf(norm, values);
      return [scale, shift];
    }),
  );
}
