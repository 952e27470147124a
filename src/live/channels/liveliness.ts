/** Which channels of a layer are dead or weak by the rule that is looked at, and how lively all of them are. */
import {
  type LayerFacts,
  type Rule,
  type RuleName,
  ruleNames,
  rules,
  weakChannels,
} from '../../analysis/deadChannels.ts';
import type { MeasuredChannels } from '../../analysis/measureChannels.ts';
import { isDrawn, isHeld } from '../../graph/graph.ts';
import { materialiseDrawn } from '../../graph/weights/drawnParameters.ts';
import type { ParameterValues } from '../../operators/operator.ts';
import type { ChannelsView, DeadRuleName } from '../../store/channels.ts';
import { convolutionOf, type SubjectLayer } from './layers.ts';
import type { ChannelsSubject } from './subject.ts';

const byView: Readonly<Record<DeadRuleName, RuleName>> = {
  silent: 'silent',
  'zero-filter': 'zero_filter',
  constant: 'constant',
  apoz: 'zeros',
  l1: 'l1_norm',
  l2: 'l2_norm',
  gamma: 'norm_scale',
};

export const ruleOf = (name: DeadRuleName): Rule => rules[byView[name]];

export const deadRuleOf = (name: RuleName): DeadRuleName =>
  (Object.keys(byView) as DeadRuleName[]).find((each) => byView[each] === name) ?? 'silent';

/** All rules in the order in which they are offered. */
export const offeredRules: readonly DeadRuleName[] = ['silent', 'zero-filter', 'constant', 'apoz', 'l1', 'l2', 'gamma'];

export const thresholdOf = ({ rule, threshold }: Pick<ChannelsView, 'rule' | 'threshold'>): number =>
  threshold ?? ruleOf(rule).threshold;

const weights = new WeakMap<ChannelsSubject, Map<string, ParameterValues>>();

/** The values of a layer's parameters, drawn once where nobody has trained them; null where it has none. */
export function valuesOf(subject: ChannelsSubject, node: string): ParameterValues | null {
  const known = weights.get(subject) ?? new Map<string, ParameterValues>();
  weights.set(subject, known);
  const found = known.get(node);
  if (found) return found;
  const own = subject.parameters[node];
  const operator = subject.graph.nodes.find(({ id }) => id === node)?.operator;
  if (!own || !operator || isHeld(own)) return null;
  const values = isDrawn(own) ? materialiseDrawn(operator, own) : own;
  known.set(node, values);
  return values;
}

const rows = new WeakMap<ParameterValues, Float32Array>();

/** Weights with one row for each output channel, [Cout, ...]: those of a transposed convolution lie the other way round. */
export function filtersOf(subject: ChannelsSubject, layer: SubjectLayer): Float32Array {
  const values = valuesOf(subject, layer.node);
  if (!values) return new Float32Array(0);
  const conv = convolutionOf(subject.graph, layer.node);
  if (conv?.kind !== 'conv_transpose2d') return values.weight;
  const known = rows.get(values);
  if (known) return known;
  const made = turned(values.weight, conv);
  rows.set(values, made);
  return made;
}

/** [Cin, Cout/g, kh, kw] → [Cout, Cin/g, kh, kw]. */
function turned(
  weight: Float32Array,
  {
    inChannels,
    outChannels,
    groups,
  }: { readonly inChannels: number; readonly outChannels: number; readonly groups: number },
): Float32Array {
  const [ins, outs] = [inChannels / groups, outChannels / groups];
  const taps = weight.length / (inChannels * outs);
  const result = new Float32Array(weight.length);
  for (let g = 0; g < groups; g++)
    for (let i = 0; i < ins; i++)
      for (let o = 0; o < outs; o++) {
        const from = ((g * ins + i) * outs + o) * taps;
        result.set(weight.subarray(from, from + taps), ((g * outs + o) * ins + i) * taps);
      }
  return result;
}

export function factsOf(subject: ChannelsSubject, measured: MeasuredChannels | null, layer: SubjectLayer): LayerFacts {
  return {
    weight: filtersOf(subject, layer),
    outChannels: layer.outChannels,
    responses: measured?.nodes[layer.response] ?? null,
    normScale: layer.norm === null ? null : (valuesOf(subject, layer.norm)?.weight ?? null),
  };
}

export interface Liveliness {
  readonly rule: Rule;
  readonly threshold: number;
  /** Of each channel; null where the layer does not have what the rule looks at, or nothing is measured yet. */
  readonly values: Float64Array | null;
  /** Ascending. */
  readonly weak: ReadonlySet<number>;
}

export function livelinessOf(facts: LayerFacts, view: Pick<ChannelsView, 'rule' | 'threshold'>): Liveliness {
  const rule = ruleOf(view.rule);
  const threshold = thresholdOf(view);
  const values = rule.values(facts);
  return { rule, threshold, values, weak: new Set(values ? weakChannels(rule, values, threshold) : []) };
}

/** The rules that the layer has numbers for. */
export function possibleRules(facts: LayerFacts): ReadonlySet<DeadRuleName> {
  return new Set(ruleNames.filter((name) => rules[name].values(facts) !== null).map(deadRuleOf));
}

/** Channels from the liveliest to those that never change, by the standard deviation of their responses; null before they are measured. */
export function bySpread({
  responses,
}: LayerFacts): { readonly order: readonly number[]; readonly spread: Float64Array } | null {
  if (!responses) return null;
  const spread = Float64Array.from(responses, ({ variance }) => Math.sqrt(variance));
  return { order: [...spread.keys()].sort((a, b) => spread[b]! - spread[a]! || a - b), spread };
}
