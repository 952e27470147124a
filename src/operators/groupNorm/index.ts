/**
 * Group normalisation: the channels come in groups, and each group of each image gets mean 0 and variance 1 over all its pixels, then a
 * factor and an offset per channel. One channel per group: instance normalisation.
 */
import { sameShape } from '../normalisation.ts';
import type { OperatorRules } from '../operator.ts';
import { standardisingRules } from '../standardise.ts';
import { rangeTo } from '../tensors.ts';
import type { GroupNorm } from './attributes.ts';

export const groupNorm: OperatorRules<GroupNorm> = {
  kind: 'group_norm',
  outputShape: (norm, inputs) => {
    const { numChannels, numGroups } = norm;
    if (numChannels % numGroups === 0) return sameShape(inputs, numChannels);
    const message = 'num_channels must be divisible by num_groups';
    return { ok: false, error: { code: 'norm-groups', values: { channels: numChannels, groups: numGroups }, message } };
  },
  arity: () => 1,
  // The statistics read the whole map.
  inputInterval: (_operator, _axis, _output, size) => ({ lo: 0, hi: size - 1 }),
  reads: (_operator, _axis, size) => rangeTo(size),
  readers: (_operator, _axis, size) => rangeTo(size),
  ...standardisingRules(({ numGroups, numChannels }, [images]) => ({
    count: images * numGroups,
    of: (n, c) => n * numGroups + Math.floor(c / (numChannels / numGroups)),
  })),
};
