/** Where one looks on the Train screen. */
import { useCallback, useMemo } from 'react';
import { parseTrainView, type TrainView } from '../../store/train.ts';
import { useSession, useWorkspace } from '../session.tsx';

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
