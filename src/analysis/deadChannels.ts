/**
 * Which channels do nothing, or little: rules as data, each a number for every output channel of a layer and a threshold. Sources:
 * APoZ: Hu et al. 2016 (arXiv 1607.03250); norms of filters: Li et al. 2016 (1608.08710); scale of the batch norm: Liu et al. 2017
 * (Network Slimming).
 */
import { averageZeros, type ChannelSummary, largestMagnitude } from './channelSummary.ts';

export const ruleNames = ['zero_filter', 'silent', 'zeros', 'constant', 'l1_norm', 'l2_norm', 'norm_scale'] as const;
export type RuleName = (typeof ruleNames)[number];

/** What a rule can be told from: a layer's weights, its responses on some images, or the batch norm behind it. */
export interface LayerFacts {
  /** [Cout, ...]: one row for each output channel. */
  readonly weight: Float32Array;
  readonly outChannels: number;
  /** Of the responses, in channel order; null where no image was looked at. */
  readonly responses: readonly ChannelSummary[] | null;
  /** Scales of the batch norm behind the layer, [Cout]; null where there is none. */
  readonly normScale: Float32Array | null;
}

export interface Rule {
  readonly name: RuleName;
  /** Which side of the threshold is weak; the threshold itself belongs to it. */
  readonly weak: 'at-most' | 'at-least';
  readonly threshold: number;
  /** A number for each output channel; null where the layer does not have what the rule looks at. */
  readonly values: (facts: LayerFacts) => Float64Array | null;
}

export const rules: Readonly<Record<RuleName, Rule>> = {
  /** Largest |w| of the filter over the largest of the layer. */
  zero_filter: { name: 'zero_filter', weak: 'at-most', threshold: 1e-6, values: relativeMagnitudes },
  /** Largest |a| over all pixels and images: with few images that is silence on these, not death. */
  silent: { name: 'silent', weak: 'at-most', threshold: 1e-6, values: ofResponses(largestMagnitude) },
  zeros: { name: 'zeros', weak: 'at-least', threshold: 0.95, values: ofResponses(averageZeros) },
  /** Standard deviation over the largest |a|: 0 for a channel that is silent, or that is its bias everywhere. */
  constant: { name: 'constant', weak: 'at-most', threshold: 1e-5, values: ofResponses(relativeDeviation) },
  l1_norm: { name: 'l1_norm', weak: 'at-most', threshold: 1e-3, values: ofFilters(Math.abs, (sum) => sum) },
  l2_norm: { name: 'l2_norm', weak: 'at-most', threshold: 1e-3, values: ofFilters((w) => w * w, Math.sqrt) },
  norm_scale: {
    name: 'norm_scale',
    weak: 'at-most',
    threshold: 1e-3,
    values: ({ normScale }) => normScale && Float64Array.from(normScale, Math.abs),
  },
};

/** The channels that a rule calls weak, ascending. A value that is no number is not. */
export function weakChannels({ weak }: Pick<Rule, 'weak'>, values: Float64Array, threshold: number): readonly number[] {
  const isWeak = (value: number) => (weak === 'at-most' ? value <= threshold : value >= threshold);
  return [...values.keys()].filter((c) => isWeak(values[c]!));
}

function filterOf({ weight, outChannels }: LayerFacts, c: number): Float32Array {
  const length = weight.length / outChannels;
  return weight.subarray(c * length, (c + 1) * length);
}

function relativeMagnitudes(facts: LayerFacts): Float64Array {
  const largest = Float64Array.from({ length: facts.outChannels }, (_, c) =>
    filterOf(facts, c).reduce((most, w) => Math.max(most, Math.abs(w)), 0),
  );
  const most = Math.max(...largest);
  return most > 0 ? largest.map((value) => value / most) : largest;
}

function ofFilters(term: (w: number) => number, end: (sum: number) => number): Rule['values'] {
  return (facts) =>
    Float64Array.from({ length: facts.outChannels }, (_, c) =>
      end(filterOf(facts, c).reduce((sum, w) => sum + term(w), 0)),
    );
}

function ofResponses(value: (channel: ChannelSummary) => number): Rule['values'] {
  return ({ responses }) => responses && Float64Array.from(responses, value);
}

function relativeDeviation(channel: ChannelSummary): number {
  const largest = largestMagnitude(channel);
  return largest > 0 ? Math.sqrt(channel.variance) / largest : 0;
}
