/** What of the field is shown, and which effective field is measured. */
import { useState } from 'react';
import type { FieldMeasure } from '../../../../graph/effectiveField/fieldMap.ts';
import type { EffectQuestion } from '../../../../live/network/unitEffect.ts';

export const fieldLayers = ['box', 'effective', 'both'] as const;
export type FieldLayers = (typeof fieldLayers)[number];

export interface EffectChoice {
  readonly shown: FieldLayers;
  readonly over: EffectQuestion['over'];
  readonly draws: number;
  readonly measure: FieldMeasure;
}

/** One unit may stand behind dark maps and have no field; of random weights it is the mean square that theory speaks of. */
const first: EffectChoice = { shown: 'both', over: 'draws', draws: 16, measure: 'squared' };

export function useEffectChoice(): readonly [EffectChoice, (change: Partial<EffectChoice>) => void] {
  const [choice, setChoice] = useState(first);
  return [choice, (change) => setChoice((former) => ({ ...former, ...change }))];
}
