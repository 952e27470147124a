/** Plans PReLU as a slope per channel. */
import type { Shape } from '../operator.ts';
import type { PassPlan } from '../programs/passes.ts';
import { pairsOf, planPerChannel } from '../programs/perChannel.ts';
import type { DeviceTraits } from '../programs/program.ts';
import type { Prelu } from './attributes.ts';

export function planPrelu(
  _operator: Prelu,
  inputs: readonly Shape[],
  _output: Shape,
  traits: Pick<DeviceTraits, 'maxWorkgroupsPerDimension'>,
): PassPlan {
  const channels = inputs[0]![1];
  return planPerChannel(
    'prelu',
    inputs[0]!,
    traits,
    pairsOf(`prelu ${channels}`, channels, ({ weight }) => {
      const slopes = Float32Array.from({ length: channels }, (_, c) => weight[weight.length === 1 ? 0 : c]!);
      return [slopes, new Float32Array(channels)];
    }),
  );
}
