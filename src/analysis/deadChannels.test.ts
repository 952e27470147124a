import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readSafetensors } from '../formats/safetensors.ts';
import type { ChannelSummary } from './channelSummary.ts';
import { joinSummaries } from './channelSummary.ts';
import { type LayerFacts, rules, weakChannels } from './deadChannels.ts';

function weak(
  name: keyof typeof rules,
  facts: LayerFacts,
  threshold = rules[name].threshold,
): readonly number[] | null {
  const values = rules[name].values(facts);
  return values && weakChannels(rules[name], values, threshold);
}

const summary = (some: Partial<ChannelSummary>): ChannelSummary => ({
  count: 100,
  min: 0,
  max: 1,
  zeros: 0,
  mean: 0.5,
  variance: 0.1,
  ...some,
});

describe("PoseNet's first layer", () => {
  const file = readSafetensors(new Uint8Array(readFileSync('public/models/posenet-layers.safetensors')));
  if (!file.ok) throw new Error(file.error.code);
  const [name] = [...file.value.keys()].filter((key) => file.value.get(key)!.shape.join() === '24,3,3,3');
  const weight = file.value.get(name!)!.values;

  it('has 10 numerically zero filters of 24: the largest |w| among them is 7.4e-7, the next filter has 2e-2', () => {
    const facts = { weight, outChannels: 24, responses: null, normScale: null };
    const zero = weak('zero_filter', facts)!;
    expect(zero).toHaveLength(10);
    const largest = Array.from({ length: 24 }, (_, c) =>
      Math.max(...weight.subarray(c * 27, (c + 1) * 27).map(Math.abs)),
    );
    expect(Math.max(...zero.map((c) => largest[c]!))).toBeCloseTo(7.4e-7, 8);
    expect(Math.min(...largest.filter((_, c) => !zero.includes(c)))).toBeGreaterThan(0.015);
    expect(weak('l1_norm', facts, 1e-4)).toEqual(zero);
    expect(weak('l2_norm', facts, 1e-4)).toEqual(zero);
  });
});

describe('rules for channels', () => {
  it('tell a silent channel from one that is its bias everywhere', () => {
    const responses = [
      summary({ max: 0, mean: 0, variance: 0, zeros: 100 }),
      summary({ min: 0.3, max: 0.3, mean: 0.3, variance: 0 }),
      summary({}),
    ];
    const facts = { weight: new Float32Array(3), outChannels: 3, responses, normScale: null };
    expect(weak('silent', facts)).toEqual([0]);
    expect(weak('constant', facts)).toEqual([0, 1]);
    expect(weak('zeros', facts)).toEqual([0]);
  });

  it('have nothing to say of what was not looked at', () => {
    const facts = { weight: new Float32Array(6), outChannels: 2, responses: null, normScale: null };
    expect(weak('silent', facts)).toBeNull();
    expect(weak('norm_scale', facts)).toBeNull();
    expect(weak('norm_scale', { ...facts, normScale: Float32Array.of(-0.5, 1e-4) })).toEqual([1]);
  });

  it('call every filter of a layer of zeros zero', () => {
    const facts = { weight: new Float32Array(6), outChannels: 2, responses: null, normScale: null };
    expect(weak('zero_filter', facts)).toEqual([0, 1]);
  });
});

describe('summaries of two batches', () => {
  it('joined are those of all values: 1 2 3 with 7 8', () => {
    const first = summary({ count: 3, min: 1, max: 3, mean: 2, variance: 2 / 3 });
    const second = summary({ count: 2, min: 7, max: 8, mean: 7.5, variance: 0.25, zeros: 0 });
    const joined = joinSummaries(first, second);
    expect(joined).toMatchObject({ count: 5, min: 1, max: 8 });
    expect(joined.mean).toBeCloseTo(4.2, 12);
    expect(joined.variance).toBeCloseTo((3.2 ** 2 + 2.2 ** 2 + 1.2 ** 2 + 2.8 ** 2 + 3.8 ** 2) / 5, 12);
  });
});
