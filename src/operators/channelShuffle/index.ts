/** Channel shuffle: channels written row by row into a table of `groups` rows are read column by column: y[j·g + i] = x[i·(C/g) + j]. */
import type { OperatorRules, Shape } from '../operator.ts';
import { pointwise } from '../pointwise.ts';
import type { Rearrangement } from '../programs/rearrange.ts';
import { rearrangingRules } from '../rearrangement.ts';
import type { ChannelShuffle } from './attributes.ts';

export function rearrangementOf({ groups }: ChannelShuffle, [n, c, h, w]: Shape): Rearrangement {
  const plane = h * w;
  const each = c / groups;
  return {
    first: 0,
    digits: [
      { size: n, step: c * plane },
      { size: each, step: plane },
      { size: groups, step: each * plane },
      { size: plane, step: 1 },
    ],
  };
}

export const channelShuffle: OperatorRules<ChannelShuffle> = {
  kind: 'channel_shuffle',
  ...rearrangingRules<ChannelShuffle>({
    outputShape: ({ groups }, input) => {
      if (input[1] % groups === 0) return { ok: true, value: input };
      const message = `Number of channels must be divisible by groups. Got ${input[1]} channels and ${groups} groups.`;
      return { ok: false, error: { code: 'shuffle-groups', values: { channels: input[1], groups }, message } };
    },
    rearrangement: rearrangementOf,
  }),
  ...pointwise,
};
