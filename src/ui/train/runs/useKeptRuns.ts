/** Runs that another choice would ask for, as they have been kept; those at hand where the choice is the present one. */
import { useEffect, useState } from 'react';
import type { ShownRun } from '../../../live/train/variantRun.ts';
import type { TrainState } from '../../../store/train.ts';
import { useTrain, useTrainDesk, useTraining } from '../train.tsx';

/** `change`: the same object as long as it says the same. */
export function useKeptRuns(change: Partial<TrainState>): readonly ShownRun[] {
  const desk = useTrainDesk();
  const state = useTrain();
  const present = useTraining(({ runs }) => runs);
  // Runs that are not at hand change only before they are not: when others are asked for, or a player stops.
  const data = useTraining((results) => results.data);
  const isPlaying = useTraining((results) => results.isPlaying);
  const [kept, setKept] = useState<readonly ShownRun[]>([]);
  const isPresent = JSON.stringify({ ...state, ...change }) === JSON.stringify(state);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what has been kept is asked for anew when one of these changes
  useEffect(() => {
    if (isPresent) return;
    let isCurrent = true;
    void desk.keptRuns(change).then((runs) => {
      if (isCurrent) setKept(runs);
    });
    return () => {
      isCurrent = false;
    };
  }, [desk, state, data, isPlaying, isPresent, change]);
  return isPresent ? present : kept;
}
