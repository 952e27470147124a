import { describe, expect, it } from 'vitest';
import { normalAt } from '../math/random.ts';
import { type FitKind, type FittedLayer, fitLayer, fullRank } from './index.ts';
import { complete, type FitCase, fitCase, fitted, gramOf, measuredError, withWeights } from './testing/layers.ts';

const kinds: readonly FitKind[] = [
  { kind: 'depthwise_separable', multiplier: 1 },
  { kind: 'depthwise_separable', multiplier: 2 },
  { kind: 'spatially_separable', middleChannels: 3 },
  { kind: 'grouped', groups: 2, order: 'given' },
  { kind: 'grouped', groups: 2, order: 'searched' },
  { kind: 'pointwise' },
  { kind: 'smaller_kernel', kernelSize: [1, 3] },
  { kind: 'smaller_kernel', kernelSize: [2, 2] },
  { kind: 'dilated', dilation: [2, 2] },
  { kind: 'dilated', dilation: [2, 2], kernelSize: [2, 2] },
  { kind: 'low_rank', rank: 2 },
];

const base = { inChannels: 4, outChannels: 6, kernelSize: [3, 3] } as const;
const cases: Readonly<Record<string, FitCase>> = {
  'without padding': fitCase(base),
  'with zeros around': fitCase({ ...base, padding: 'same' }),
  'with stride 2 and dilation 2': fitCase({
    ...base,
    padding: { top: 2, bottom: 1, left: 1, right: 2 },
    stride: [2, 2],
    dilation: [2, 2],
  }),
  'with a mirrored border': fitCase({ ...base, padding: 'same', paddingMode: 'reflect', bias: false }),
  'with a border that goes round, on two sides': fitCase({
    ...base,
    padding: { top: 0, bottom: 2, left: 2, right: 0 },
    paddingMode: 'circular',
  }),
  'with a kernel of 5 x 3': fitCase({ ...base, kernelSize: [5, 3], padding: { top: 2, bottom: 2, left: 0, right: 0 } }),
};

describe.each(Object.entries(cases))('a substitute of a layer %s', (_, given) => {
  it.each(kinds)('errs by what its fit says, on weights and on responses: %o', (kind) => {
    for (const by of ['weights', 'responses'] as const) {
      const found = fitted(given, kind, by);
      // The parameters that run are rounded to float32.
      expect(measuredError(given, found, found.parameters)).toBeCloseTo(found.relativeErrorOfResponses!, 5);
    }
  });

  it.each(kinds)('errs on the responses no more when these were fitted, and on the weights no less: %o', (kind) => {
    const [byWeights, byResponses] = [fitted(given, kind, 'weights'), fitted(given, kind, 'responses')];
    expect(byResponses.relativeErrorOfResponses!).toBeLessThanOrEqual(byWeights.relativeErrorOfResponses!);
    if (byWeights.optimum === 'exact')
      expect(byWeights.relativeErrorOfWeights).toBeLessThanOrEqual(byResponses.relativeErrorOfWeights + 1e-12);
  });
});

describe('a fit on the responses', () => {
  const given = cases['with zeros around']!;

  it.each(kinds)('gains nothing from any small change of its parameters: %o', (kind) => {
    const found = fitted(given, kind, 'responses');
    for (let seed = 0; seed < 12; seed++) {
      const moved = Object.fromEntries(
        Object.entries(found.parameters).map(([id, { weight, bias }], node) => [
          id,
          { weight: weight.map((value, i) => value + 0.02 * normalAt(seed, node, i)), bias },
        ]),
      );
      expect(measuredError(given, found, moved)).toBeGreaterThan(found.relativeErrorOfResponses! - 1e-6);
    }
  });

  it('of a photo with three equal channels leaves two thirds of the weights open, as they were on the weights', () => {
    const grey = fitCase({ inChannels: 3, outChannels: 4, kernelSize: [3, 3], padding: 'same' }, [16, 16]);
    const plane = grey.input.values.subarray(0, 256);
    grey.input.values.set(plane, 256);
    grey.input.values.set(plane, 512);
    const pointwise = fitted(grey, { kind: 'pointwise' }, 'responses');
    expect(pointwise.undetermined).toBe(2);
    const whole = fitted(grey, { kind: 'smaller_kernel', kernelSize: [3, 3] }, 'responses');
    expect(whole.undetermined).toBe(18);
    expect(whole.relativeErrorOfWeights).toBe(0);
  });

  it('of a black picture is the fit on the weights, with error 0', () => {
    const black = { ...given, input: { ...given.input, values: given.input.values.map(() => 0) } };
    const found = fitted(black, { kind: 'pointwise' }, 'responses');
    expect(found.relativeErrorOfResponses).toBe(0);
    expect(found.undetermined).toBe(4);
    expect(found.parameters).toEqual(fitted(black, { kind: 'pointwise' }, 'weights').parameters);
  });
});

describe('rank', () => {
  const given = cases['without padding']!;
  const ranked = {
    depthwise_separable: (multiplier: number) => ({ kind: 'depthwise_separable', multiplier }) as const,
    spatially_separable: (middleChannels: number) => ({ kind: 'spatially_separable', middleChannels }) as const,
    low_rank: (rank: number) => ({ kind: 'low_rank', rank }) as const,
  };

  it.each(Object.entries(ranked))('in full reproduces the layer: %s', (kind, of) => {
    const most = fullRank(given.layer.conv, kind as keyof typeof ranked)!;
    for (const by of ['weights', 'responses'] as const) {
      const found = fitted(given, of(most), by);
      expect(found.relativeErrorOfWeights).toBeLessThan(1e-13);
      expect(measuredError(given, found, found.parameters)).toBeLessThan(1e-6);
    }
  });

  it.each(Object.entries(ranked))('never costs exactness on the weights when it rises: %s', (kind, of) => {
    const most = fullRank(given.layer.conv, kind as keyof typeof ranked)!;
    const errors = Array.from({ length: most }, (_, i) => fitted(given, of(i + 1), 'weights').relativeErrorOfWeights);
    expect(errors).toEqual([...errors].sort((a, b) => b - a));
  });

  it('never costs exactness on the responses when it rises, where the optimum is exact', () => {
    const errors = Array.from(
      { length: 6 },
      (_, i) => fitted(given, ranked.low_rank(i + 1), 'responses').relativeErrorOfResponses!,
    );
    expect(errors).toEqual([...errors].sort((a, b) => b - a));
  });

  it('outside of 1 and the full rank is refused', () => {
    for (const rank of [0, 7, 1.5]) {
      const result = complete(fitLayer(given.layer, ranked.low_rank(rank)));
      expect(result.ok ? null : result.error.code).toBe('fit-rank');
    }
  });
});

describe('a layer that is one of the kinds is found again', () => {
  it('depthwise separable: 2 kernels for 2 channels, mixed to 5', () => {
    const given = fitCase({ inChannels: 2, outChannels: 5, kernelSize: [3, 3] });
    const product = Float32Array.from({ length: 90 }, (_, i) => {
      const [o, c, t] = [Math.floor(i / 18), Math.floor(i / 9) % 2, i % 9];
      return (o + 1 + c) * (t - 4 * c);
    });
    const found = fitted(withWeights(given, product), { kind: 'depthwise_separable', multiplier: 1 }, 'weights');
    expect(found.relativeErrorOfWeights).toBeLessThan(1e-14);
    // 2 x 9 and 2 x 5, and 5 numbers of the bias; 90 + 5 before. The maps are 9 x 10.
    expect(found.cost.parameters).toBe(18 + 10 + 5);
    expect(found.cost.macs).toBe((18 + 10) * 90);
  });

  it('spatially separable: Sobel as 3 x 1 and 1 x 3 errs by 0, the Laplacian by (√6 - 2) / √20', () => {
    const given = fitCase({ inChannels: 1, outChannels: 1, kernelSize: [3, 3], bias: false });
    const kind = { kind: 'spatially_separable', middleChannels: 1 } as const;
    const sobel = fitted(withWeights(given, Float32Array.of(-1, 0, 1, -2, 0, 2, -1, 0, 1)), kind, 'weights');
    expect(sobel.relativeErrorOfWeights).toBeLessThan(1e-15);
    expect(sobel.cost.parameters).toBe(6);
    const laplacian = fitted(withWeights(given, Float32Array.of(0, 1, 0, 1, -4, 1, 0, 1, 0)), kind, 'weights');
    expect(laplacian.relativeErrorOfWeights).toBeCloseTo((Math.sqrt(6) - 2) / Math.sqrt(20), 13);
  });

  it('low rank and pointwise: the second filter twice the first has rank 1', () => {
    const given = fitCase({ inChannels: 3, outChannels: 2, kernelSize: [1, 1], bias: false });
    const found = fitted(
      withWeights(given, Float32Array.of(1, 2, 3, 2, 4, 6)),
      { kind: 'low_rank', rank: 1 },
      'weights',
    );
    expect(found.relativeErrorOfWeights).toBeLessThan(1e-15);
    expect(found.cost.parameters).toBe(3 + 2);
  });

  it('smaller: a 3 x 3 kernel that is 0 but for its centre is 1 x 1, whatever the border', () => {
    const given = cases['with a border that goes round, on two sides']!;
    const centred = given.layer.parameters.weight.map((value, i) => (i % 9 === 4 ? value : 0));
    for (const by of ['weights', 'responses'] as const) {
      const found = fitted(withWeights(given, centred), { kind: 'pointwise' }, by);
      expect(found.relativeErrorOfResponses).toBe(0);
      expect(found.cost.parameters).toBe(4 * 6 + 6);
    }
  });

  it('dilated: of a 3 x 3 kernel spread to 5 x 5 only the centre stands where a weight was', () => {
    const sparse = fitCase({ inChannels: 1, outChannels: 1, kernelSize: [3, 3], bias: false });
    const found = fitted(
      withWeights(sparse, Float32Array.of(1, 0, 0, 0, 2, 0, 0, 0, 2)),
      { kind: 'dilated', dilation: [2, 2] },
      'weights',
    );
    // Of 1² + 2² + 2² only the centre's 2² stays: √(5 / 9).
    expect(found.relativeErrorOfWeights).toBeCloseTo(Math.sqrt(5) / 3, 15);
  });

  it('dilated with fewer taps: the four corners of a 3 x 3 kernel are 2 x 2 taps at dilation 2', () => {
    const corners = fitCase({ inChannels: 1, outChannels: 1, kernelSize: [3, 3], padding: 'same', bias: false });
    const kind = { kind: 'dilated', dilation: [2, 2], kernelSize: [2, 2] } as const;
    const found = fitted(withWeights(corners, Float32Array.of(1, 0, 2, 0, 0, 0, 3, 0, 4)), kind, 'weights');
    expect(found.relativeErrorOfWeights).toBe(0);
    expect(found.cost.parameters).toBe(4);
  });
});

describe('what cannot be fitted', () => {
  const { layer } = cases['without padding']!;
  const codeOf = (fittedLayer: FittedLayer, kind: FitKind) => {
    const result = complete(fitLayer(fittedLayer, kind));
    return result.ok ? null : result.error.code;
  };

  it('is named: a grouped layer, groups that do not divide, a kernel that is larger', () => {
    const grouped = { ...layer, conv: { ...layer.conv, groups: 2 } };
    expect(codeOf(grouped, { kind: 'pointwise' })).toBe('fit-grouped-layer');
    expect(codeOf(layer, { kind: 'grouped', groups: 4, order: 'given' })).toBe('fit-groups');
    expect(codeOf(layer, { kind: 'smaller_kernel', kernelSize: [3, 5] })).toBe('fit-kernel');
  });

  it('has no Gram matrix on its taps: a dilated kernel needs them said before the picture is read', () => {
    const given = cases['without padding']!;
    const gram = gramOf(given, []);
    const kind = { kind: 'dilated', dilation: [2, 2] } as const;
    expect(() => complete(fitLayer(layer, kind, { by: 'responses', gram }))).toThrow('knows nothing of the tap');
  });
});
