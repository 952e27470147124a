/** Batch normalisation as one factor and one offset per channel, in float64. */
import { affineOf } from '../normalisation.ts';
import type { ParameterValues } from '../operator.ts';
import type { BatchNorm2d } from './attributes.ts';

export function factorsOf(
  { eps }: BatchNorm2d,
  parameters: ParameterValues | null,
): { readonly scale: Float64Array; readonly shift: Float64Array } {
  const [weight, bias] = affineOf(parameters);
  const { runningMean, runningVar } = parameters ?? {};
  if (!runningMean || !runningVar) throw new Error('batch normalisation has statistics');
  const scale = Float64Array.from(weight, (w, c) => w / Math.sqrt(runningVar[c]! + eps));
  return { scale, shift: scale.map((s, c) => bias[c]! - runningMean[c]! * s) };
}
