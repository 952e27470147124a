import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matrix } from '../math/matrix.ts';
import { hash32 } from '../math/random.ts';
import { bestGroups, energyInside, givenGroups } from './channelOrder.ts';
import { type FitCase, fitCase, fitted, measuredError, withWeights } from './testing/layers.ts';

function permutation(length: number, seed: number): number[] {
  return Array.from({ length }, (_, i) => i).sort((a, b) => hash32(seed, 0, a) - hash32(seed, 0, b));
}

/** The layer with every weight outside of its groups 0, and its channels in any order. */
function hiddenGroups(given: FitCase, groups: number, seed: number): FitCase {
  const { inChannels, outChannels } = given.layer.conv;
  const inputs = permutation(inChannels, seed);
  const outputs = permutation(outChannels, seed + 1);
  const weight = given.layer.parameters.weight.map((value, at) => {
    const c = inputs[Math.floor(at / 9) % inChannels]!;
    const o = outputs[Math.floor(at / (9 * inChannels))]!;
    return Math.floor((c * groups) / inChannels) === Math.floor((o * groups) / outChannels) ? value : 0;
  });
  return withWeights(given, weight);
}

describe('a grouped substitute', () => {
  it.each([
    [4, 6, 2],
    [8, 8, 4],
    [12, 6, 3],
    [16, 16, 8],
    [32, 32, 4],
  ])(
    'of a layer of %i and %i channels with %i hidden groups is the layer itself, in the order that is found',
    (inChannels, outChannels, groups) => {
      for (let seed = 0; seed < 5; seed++) {
        const plain = fitCase({ inChannels, outChannels, kernelSize: [3, 3] }, [6, 6], seed);
        const given = hiddenGroups(plain, groups, 10 * seed);
        for (const by of ['weights', 'responses'] as const) {
          const found = fitted(given, { kind: 'grouped', groups, order: 'searched' }, by);
          expect(found.relativeErrorOfWeights).toBe(0);
          expect(measuredError(given, found, found.parameters)).toBeLessThan(1e-6);
          expect(found.cost.parameters).toBe((9 * inChannels * outChannels) / groups + outChannels);
        }
      }
    },
  );

  it('errs no more in the order that is found than in the given one', () => {
    const given = fitCase({ inChannels: 8, outChannels: 8, kernelSize: [3, 3], padding: 'same' });
    for (const by of ['weights', 'responses'] as const) {
      const [inOrder, searched] = (['given', 'searched'] as const).map((order) =>
        fitted(given, { kind: 'grouped', groups: 4, order }, by),
      );
      const error = by === 'weights' ? 'relativeErrorOfWeights' : 'relativeErrorOfResponses';
      expect(searched![error]!).toBeLessThan(inOrder![error]!);
    }
  });

  it('with one group is the layer, and moves nothing', () => {
    const given = fitCase({ inChannels: 4, outChannels: 6, kernelSize: [3, 3] });
    const found = fitted(given, { kind: 'grouped', groups: 1, order: 'searched' }, 'weights');
    expect(found.graph.nodes.map(({ id }) => id)).toEqual(['input', 'grouped']);
    expect(found.parameters.grouped).toEqual(given.layer.parameters);
  });
});

describe('the order of channels', () => {
  const energies = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 16, maxLength: 16 });

  it('keeps at least the energy of the given order, in groups of equal size', () => {
    fc.assert(
      fc.property(energies, (values) => {
        const energy = matrix(4, 4, Float64Array.from(values));
        const found = bestGroups(energy, 2);
        expect(energyInside(energy, found)).toBeGreaterThanOrEqual(energyInside(energy, givenGroups(4, 4, 2)));
        for (const groupOf of Object.values(found)) expect([...groupOf].sort()).toEqual([0, 0, 1, 1]);
      }),
    );
  });

  it('of 4 x 4 channels in 2 groups is the best of all 9: one of 3 pairings of inputs with one of outputs, either way round', () => {
    const pairings = [
      [0, 0, 1, 1],
      [0, 1, 0, 1],
      [0, 1, 1, 0],
    ];
    fc.assert(
      fc.property(energies, (values) => {
        const energy = matrix(4, 4, Float64Array.from(values));
        const all = pairings.flatMap((inputs) =>
          pairings.flatMap((outputs) =>
            [outputs, outputs.map((group) => 1 - group)].map((turned) =>
              energyInside(energy, { inputs: Int32Array.from(inputs), outputs: Int32Array.from(turned) }),
            ),
          ),
        );
        expect(energyInside(energy, bestGroups(energy, 2))).toBeCloseTo(Math.max(...all), 9);
      }),
    );
  });
});
