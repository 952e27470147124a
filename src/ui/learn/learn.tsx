/** Where one is in Learn, as React sees it. */
import { useCallback, useMemo } from 'react';
import { type LearnView, parseLearn } from '../../store/learn.ts';
import { useSession, useWorkspace } from '../session.tsx';

export function useLearn(): LearnView {
  const written = useWorkspace((state) => state.workspace.view.learn);
  return useMemo(() => parseLearn(written), [written]);
}

export function useChangeLearn(): (change: (view: LearnView) => LearnView) => void {
  const { workspace } = useSession();
  return useCallback(
    (change) => {
      const { setView, workspace: now } = workspace.getState();
      setView({ learn: change(parseLearn(now.view.learn)) });
    },
    [workspace],
  );
}
