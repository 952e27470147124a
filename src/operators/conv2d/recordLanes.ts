/** Whether a convolution leaves the statistics of what it stores, for display: a pure function of problem, choice and device. */
import type { DeviceTraits } from '../programs/program.ts';
import type { Conv2d } from './attributes.ts';
import type { Algorithm, DirectChoice, OutputExtent } from './choice.ts';

/**
 * Multiply-adds of one block of filters over all rows: so many stay one dispatch (half a second on the slowest device that a pace is
 * made for). Cuts along rows follow the device's pace and would add up the sums in another order each time; they are left to a pass of its own.
 */
const mostWork = 2 ** 29;

/** Whose stores have the text. */
const hasText: ReadonlySet<Algorithm> = new Set([
  'window',
  'taps',
  'depthwise',
  'dense',
  'dense f16',
  'deepWindow',
  'rolling',
]);

/** Invocations that leave one record together; 0: none. Statistics are of one image. */
export function recordLanesOf(
  { inChannels, groups, kernelSize }: Conv2d,
  { images, height, width }: OutputExtent,
  { algorithm, filters }: DirectChoice,
  { recordLanes = 0 }: Pick<DeviceTraits, 'recordLanes'>,
): number {
  const work = (height * width * filters * inChannels * kernelSize[0] * kernelSize[1]) / groups;
  return hasText.has(algorithm) && images === 1 && work <= mostWork ? recordLanes : 0;
}
