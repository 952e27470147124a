import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fieldMeasures } from '../graph/effectiveField/fieldMap.ts';
import {
  comparisons,
  drawCounts,
  type EffectView,
  effectOvers,
  effectPhotos,
  fieldLayers,
  firstEffectView,
  readEffectView,
  sampleCounts,
  writeEffectView,
} from './effectView.ts';
import { parseNetworkView } from './parse/parseNetwork.ts';

const view: fc.Arbitrary<EffectView> = fc.record({
  shown: fc.constantFrom(...fieldLayers),
  over: fc.constantFrom(...effectOvers),
  draws: fc.integer(drawCounts),
  seed: fc.option(fc.nat(2 ** 32 - 1)),
  measure: fc.constantFrom(...fieldMeasures),
  photos: fc.constantFrom(...effectPhotos),
  samples: fc.integer(sampleCounts),
  compared: fc.constantFrom(...comparisons),
});

describe('the choice of an effective field', () => {
  it('is a short text of what differs from the first choice, which is none', () => {
    expect(writeEffectView(firstEffectView)).toBeNull();
    expect(writeEffectView({ ...firstEffectView, over: 'unit', seed: 7 })).toBe('over=unit seed=7');
    expect(readEffectView(null)).toEqual(firstEffectView);
  });

  it('comes back from the view that is kept, whatever it is', () => {
    fc.assert(
      fc.property(view, (chosen) => {
        const kept = parseNetworkView(JSON.parse(JSON.stringify({ effect: writeEffectView(chosen) })));
        expect(readEffectView(kept.effect)).toEqual(chosen);
      }),
    );
  });

  it('is the first choice, or the nearest, where the text says something else', () => {
    expect(readEffectView('draws=900 seed=-1 shown=all photos samples=0 x=1')).toEqual({
      ...firstEffectView,
      ...{ draws: 64, seed: 0, samples: 1 },
    });
    fc.assert(fc.property(fc.string(), (text) => void readEffectView(text)));
    expect(parseNetworkView({ effect: 'x'.repeat(1000) }).effect).toBeNull();
  });
});
