/**
 * Plans `reshape`: on planar maps a copy as they lie. Maps that become one vector per image ("flatten") are read in blocks of four
 * channels, as layers leave them, and left as a fully connected layer reads them: one pass instead of three.
 */
import type { Shape } from '../operator.ts';
import { stridesOf } from '../programs/layout.ts';
import { type PassPlan, wholeArray } from '../programs/passes.ts';
import type { DeviceTraits } from '../programs/program.ts';
import { planRearrangement } from '../programs/rearrange.ts';
import type { Reshape } from './attributes.ts';
import { rearrangementOf } from './index.ts';

export function planReshape(
  reshape: Reshape,
  input: Shape,
  output: Shape,
  traits: Pick<DeviceTraits, 'maxWorkgroupsPerDimension'>,
): PassPlan {
  const [images, channels, height, width] = input;
  const isFlattened = output[0] === images && output[2] === 1 && output[3] === 1;
  // Of other numbers of channels the last block has gaps, which no step goes over.
  if (!isFlattened || channels % 4 !== 0) return planRearrangement(rearrangementOf(reshape), input, output, traits);
  const { image, block, lane, column } = stridesOf(wholeArray(input, 'blocked'));
  const digits = [
    { size: images, step: image },
    { size: channels / 4, step: block },
    { size: 4, step: lane },
    { size: height * width, step: column },
  ];
  return planRearrangement({ first: 0, digits }, input, output, traits, 'blocked');
}
