/** What the Train screen trains, what has come of it, and where one looks. */
import { createContext, useCallback, useContext, useMemo } from 'react';
import { useStore } from 'zustand';
import type { TrainDesk, TrainResults } from '../../live/train/trainDesk.ts';
import { parseTrain, parseTrainView, type TrainState, type TrainView } from '../../store/train.ts';
import { useSession, useWorkspace } from '../session.tsx';

const DeskContext = createContext<TrainDesk | null>(null);

export const TrainDeskProvider = DeskContext.Provider;

export function useTrainDesk(): TrainDesk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error('useTrainDesk outside of TrainDeskProvider');
  return desk;
}

export function useTraining<T>(select: (results: TrainResults) => T): T {
  return useStore(useTrainDesk().results, select);
}

export function useTrain(): TrainState {
  const written = useWorkspace((state) => state.workspace.train);
  return useMemo(() => parseTrain(written), [written]);
}

/** Changes what is trained; `subject` names the control, whose changes join to one step of undo. */
export function useChangeTrain(): (subject: string | null, change: Partial<TrainState>) => void {
  const { workspace } = useSession();
  return useCallback(
    (subject, change) =>
      workspace.getState().setPart('train', subject, (written) => ({ ...parseTrain(written), ...change })),
    [workspace],
  );
}

export function useTrainView(): TrainView {
  const written = useWorkspace((state) => state.workspace.view.train);
  return useMemo(() => parseTrainView(written), [written]);
}

/** Changes where one looks; the same function as long as the session is. */
export function useLookAtTraining(): (change: Partial<TrainView>) => void {
  const { workspace } = useSession();
  return useCallback(
    (change) => {
      const { setView, workspace: now } = workspace.getState();
      setView({ train: { ...parseTrainView(now.view.train), ...change } });
    },
    [workspace],
  );
}
