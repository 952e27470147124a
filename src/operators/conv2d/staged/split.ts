/**
 * A convolution split over its input channels, for maps too small to keep a device busy. A sum over all channels is the sum of sums
 * over parts of them; each part is a group of one grouped convolution, whose output are the partial sums
 *
 *   S[part][Cout][OH, OW],   Y = epilogue(bias + S[0] + S[1] + ...)
 *
 * always added in this order, so that every run gives the same bits.
 */
import splitWgsl from '../../../../shaders/split/split.wgsl?raw';
import type { ParameterValues, Shape } from '../../operator.ts';
import type { Epilogue } from '../../programs/epilogue.ts';
import { floatsOf, storedChannels, stridesOf } from '../../programs/layout.ts';
import { input, passOf, scratch, wholeArray } from '../../programs/passes.ts';
import { type DeviceTraits, gridOf } from '../../programs/program.ts';
import { uniformStruct } from '../../programs/uniforms.ts';
import { walkOf } from '../../programs/walks.ts';
import type { WeightOrder } from '../../programs/weights.ts';
import type { WeightWalk } from '../../programs/weightWalk.ts';
import type { Conv2d } from '../attributes.ts';
import type { SplitChoice } from '../choice.ts';
import { denseStage, type StagedPlan } from './denseStage.ts';
import { lastOperands, lastProgram } from './lastStage.ts';

const splitUniforms = uniformStruct('Split', {
  total: 'u32',
  perRow: 'u32',
  partsBase: 'u32',
  parts: 'u32',
  partSize: 'u32',
  outputBase: 'u32',
  outputBlocks: 'u32',
  plane: 'u32',
  slope: 'f32',
  cap: 'f32',
});

export function planSplit(
  conv: Conv2d,
  choice: SplitChoice,
  [source, target]: readonly [Shape, Shape],
  epilogue: Epilogue,
  isDual: boolean,
  traits: DeviceTraits,
): StagedPlan {
  const { parts, pixels, filters } = choice;
  const from = wholeArray(source, 'blocked');
  const to = wholeArray(target, 'blocked');
  const outChannels = storedChannels(to);
  const partial = { ...to, channels: parts * outChannels };
  const grouped: Conv2d = {
    ...conv,
    inChannels: storedChannels(from),
    outChannels: parts * outChannels,
    groups: parts,
    bias: false,
  };
  const image = floatsOf({ ...to, images: 1 }) / 4;
  const total = image * to.images;
  const grid = gridOf(total, traits);
  const { pass: sums, weightBytes } = denseStage(
    {
      conv: grouped,
      pixels,
      filters,
      input: { array: from, operand: input(0) },
      output: { array: partial, operand: scratch(0) },
      key: `split ${parts}`,
      weights: ({ weight }) => splitWeights(conv, grouped, weight),
      places: (order) => ({ of: 'walk', walk: splitWalk(conv, order) }),
    },
    traits,
  );
  return {
    inputLayouts: ['blocked'],
    outputLayout: 'blocked',
    scratch: [partial],
    weightBytes,
    passes: [
      sums,
      passOf(
        splitUniforms,
        {
          total,
          perRow: grid.perRow,
          partsBase: stridesOf(partial).base / 4,
          parts,
          partSize: image,
          outputBase: stridesOf(to).base / 4,
          outputBlocks: outChannels / 4,
          plane: to.height * to.width,
          slope: epilogue.slope,
          cap: epilogue.cap,
        },
        {
          program: lastProgram('split sum', splitWgsl, {}, epilogue, isDual),
          workgroups: [grid.x, grid.y, 1],
          operands: [scratch(0), ...lastOperands(outChannels, epilogue, isDual)],
          work: total * parts,
        },
      ),
    ],
  };
}

/** Every part has all filters, each with the part's own channels. */
function splitWalk(conv: Conv2d, order: WeightOrder): WeightWalk {
  const perPart = order.inChannels / order.groups;
  return {
    ...walkOf(order),
    filtersPerGroup: conv.outChannels,
    group: { filter: 0, place: perPart * conv.kernelSize[0] * conv.kernelSize[1], channel: perPart },
    channels: conv.inChannels,
    hasBias: false,
  };
}

/** [Cout, Cin, kh, kw] as filters of a grouped convolution: every part's own channels of every filter, filled up with zeros. */
function splitWeights(conv: Conv2d, grouped: Conv2d, weight: ParameterValues['weight']): Float32Array {
  const taps = conv.kernelSize[0] * conv.kernelSize[1];
  const perPart = grouped.inChannels / grouped.groups;
  const filters = grouped.outChannels / grouped.groups;
  const values = new Float32Array(grouped.outChannels * perPart * taps);
  for (let part = 0; part < grouped.groups; part++) {
    const first = part * perPart;
    const end = Math.min(first + perPart, conv.inChannels);
    for (let o = 0; o < conv.outChannels && first < end; o++) {
      const own = weight.subarray((o * conv.inChannels + first) * taps, (o * conv.inChannels + end) * taps);
      values.set(own, (part * filters + o) * perPart * taps);
    }
  }
  return values;
}
