import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inferShapes } from '../../graph/infer.ts';
import { channelCounts, focusedConv, focusedWeights } from '../changes.ts';
import { defaultWorkspace } from '../defaultWorkspace.ts';
import { workspace } from '../testing/random.ts';
import type { Workspace } from '../workspace.ts';
import { parseWorkspace } from './parseWorkspace.ts';

function parsed(value: unknown): Workspace {
  const result = parseWorkspace(value);
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}

function expectValid(state: Workspace): void {
  const conv = focusedConv(state);
  expect(focusedWeights(state).filters).toHaveLength(conv.outChannels);
  expect(focusedWeights(state).bias).toHaveLength(conv.outChannels);
  expect(conv.inChannels).toBe(channelCounts[state.input.channels]);
  expect(inferShapes(state.graph, { input: [1, conv.inChannels, 4096, 4096] }).ok).toBe(true);
}

/** A copy of a JSON value in which some parts are replaced by others. */
function damaged(value: unknown): fc.Arbitrary<unknown> {
  const whole: unknown = JSON.parse(JSON.stringify(value));
  let leaves = 0;
  eachLeaf(whole, (leaf) => {
    leaves += 1;
    return leaf;
  });
  const replacements: readonly unknown[] = [null, -1, 1e308, 0.5, 'x', [], {}, [1], 'same', true];
  return fc
    .array(fc.tuple(fc.nat(leaves - 1), fc.constantFrom(...replacements)), { minLength: 1, maxLength: 5 })
    .map((changes) => {
      const byPlace = new Map(changes);
      let place = -1;
      return eachLeaf(whole, (leaf) => {
        place += 1;
        return byPlace.has(place) ? byPlace.get(place) : leaf;
      });
    });
}

/** The same JSON value with each of its leaves changed, in the order of writing. */
function eachLeaf(value: unknown, change: (leaf: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => eachLeaf(item, change));
  if (typeof value !== 'object' || value === null) return change(value);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, eachLeaf(item, change)]));
}

describe('parsing a workspace', () => {
  it('gives back any workspace that was written', () => {
    fc.assert(
      fc.property(workspace, (state) => {
        expect(parsed(JSON.parse(JSON.stringify(state)))).toEqual(state);
      }),
      { numRuns: 200 },
    );
  });

  it('gives the opening state for an empty record', () => {
    expect(parsed({})).toEqual(defaultWorkspace());
  });

  it('never throws and gives a valid workspace for any record', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.dictionary(fc.string(), fc.jsonValue()), (any, record) => {
        parseWorkspace(any);
        const result = parseWorkspace({ ...record, version: 1 });
        if (!result.ok) throw new Error(result.error.code);
        expectValid(result.value);
      }),
    );
  });

  it('gives a valid workspace for any damaged one', () => {
    fc.assert(
      fc.property(workspace.chain(damaged), (state) => {
        const result = parseWorkspace({ ...(state as object), version: 1 });
        if (!result.ok) throw new Error(result.error.code);
        expectValid(result.value);
      }),
      { numRuns: 300 },
    );
  });

  it('takes the nearest number in range, and one number for a pair', () => {
    const nodes = [
      {
        id: 'c',
        operator: { kind: 'conv2d', kernelSize: 99, stride: [0, 2.4], outChannels: 1000, groups: 2, padding: 3 },
      },
    ];
    expect(focusedConv(parsed({ graph: { nodes }, focus: 'c' }))).toMatchObject({
      kernelSize: [15, 15],
      stride: [1, 2],
      outChannels: 64,
      groups: 1,
      padding: { top: 3, bottom: 3, left: 3, right: 3 },
    });
  });

  it('keeps the filters that it understands and puts the classic ones in place of the others', () => {
    const filters = [{ recipe: { kind: 'named', name: 'box' }, flip: true }, { recipe: { kind: 'wavelet' } }, 7];
    const { filters: read } = focusedWeights(parsed({ weights: { conv: { filters } } }));
    expect(read[0]).toEqual({
      recipe: { kind: 'named', name: 'box' },
      flip: true,
      transpose: false,
      normalise: 'none',
    });
    expect(read.slice(1)).toEqual(focusedWeights(defaultWorkspace()).filters.slice(1));
  });

  it('refuses what is no record, and what a newer version wrote', () => {
    expect(parseWorkspace('cat')).toMatchObject({ ok: false, error: { code: 'not-a-workspace' } });
    expect(parseWorkspace({ version: 2 })).toMatchObject({ ok: false, error: { code: 'newer-version' } });
  });
});
