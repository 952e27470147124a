/**
 * Which effective field is looked at on the Network screen. The view keeps it as a text of what differs from the first choice
 * (`over=unit draws=4`), so that whoever only keeps or links it need not know what can be chosen.
 */
import { type FieldMeasure, fieldMeasures } from '../graph/effectiveField/fieldMap.ts';
import { readInteger, readOneOf } from './fields.ts';

/** What is shown on the photo. */
export const fieldLayers = ['box', 'effective', 'both'] as const;
/** The pinned unit with the weights that are there, or its place over draws of all weights. */
export const effectOvers = ['unit', 'draws'] as const;
/** The photo alone, or the mean over it and some of the samples, or photos of the person's own. */
export const effectPhotos = ['this', 'samples', 'own'] as const;
/** What the comparison of altered networks starts from, while it is open. */
export const comparisons = ['none', 'network', 'example'] as const;

export const drawCounts = { min: 1, max: 64 } as const;
export const sampleCounts = { min: 1, max: 14 } as const;

export interface EffectView {
  readonly shown: (typeof fieldLayers)[number];
  readonly over: (typeof effectOvers)[number];
  readonly draws: number;
  /** Of the first draw; null: the network's own. */
  readonly seed: number | null;
  readonly measure: FieldMeasure;
  readonly photos: (typeof effectPhotos)[number];
  /** How many samples beside the photo. */
  readonly samples: number;
  readonly compared: (typeof comparisons)[number];
}

/** One unit may stand behind dark maps and have no field; of random weights it is the mean square that theory speaks of. */
export const firstEffectView: EffectView = {
  shown: 'both',
  over: 'draws',
  draws: 16,
  seed: null,
  measure: 'squared',
  photos: 'this',
  samples: 4,
  compared: 'none',
};

/** Null for the first choice. */
export function writeEffectView(view: EffectView): string | null {
  const written = Object.entries(view)
    .filter(([key, value]) => value !== firstEffectView[key as keyof EffectView])
    .map(([key, value]) => `${key}=${value}`);
  return written.length === 0 ? null : written.join(' ');
}

/** From any text: what cannot be read is the first choice. */
export function readEffectView(text: string | null): EffectView {
  const words = new Map((text ?? '').split(' ').map((word) => word.split('=', 2) as [string, string | undefined]));
  const first = firstEffectView;
  const number = (key: string) => Number.parseInt(words.get(key) ?? '', 10);
  return {
    shown: readOneOf(words.get('shown'), fieldLayers, first.shown),
    over: readOneOf(words.get('over'), effectOvers, first.over),
    draws: readInteger(number('draws'), drawCounts.min, drawCounts.max, first.draws),
    seed: Number.isNaN(number('seed')) ? null : readInteger(number('seed'), 0, 2 ** 32 - 1, 0),
    measure: readOneOf(words.get('measure'), fieldMeasures, first.measure),
    photos: readOneOf(words.get('photos'), effectPhotos, first.photos),
    samples: readInteger(number('samples'), sampleCounts.min, sampleCounts.max, first.samples),
    compared: readOneOf(words.get('compared'), comparisons, first.compared),
  };
}
