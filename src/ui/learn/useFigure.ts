/**
 * The figure of the chapter that is read: one session for all chapters, which has each chapter's state while that is open and keeps
 * it until the page is closed.
 */
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { createFigureSession } from '../../live/learn/figureSession.ts';
import type { Session } from '../../live/session.ts';
import { defaultWorkspace } from '../../store/defaultWorkspace.ts';
import { type ChapterName, parseLearn } from '../../store/learn.ts';
import { pinUnit } from '../../store/pointer.ts';
import type { Workspace } from '../../store/workspace.ts';
import type { Chapter } from './chapters/chapter.ts';

const keptStates = new WeakMap<Session, Map<ChapterName, Workspace>>();

function keptOf(page: Session): Map<ChapterName, Workspace> {
  const kept = keptStates.get(page) ?? new Map<ChapterName, Workspace>();
  keptStates.set(page, kept);
  return kept;
}

/** The state with which a chapter's figure begins, marked as that figure. */
export function firstState({ name, state }: Chapter): Workspace {
  const first = state(defaultWorkspace());
  return { ...first, view: { ...first.view, learn: { ...parseLearn(null), chapter: name, figure: name } } };
}

export interface RunningFigure {
  readonly session: Session;
  /** The chapter whose state the session holds. */
  readonly of: ChapterName;
  /** Takes back all that has been moved. */
  readonly startAgain: () => void;
}

/** Null until the figure is there. */
export function useFigure(page: Session, chapter: Chapter): RunningFigure | null {
  const [session, setSession] = useState<Session | null>(null);
  const [of, setOf] = useState<ChapterName | null>(null);
  const begin = useRef(chapter);

  useEffect(() => {
    let figure: Session | null = null;
    let isGone = false;
    void createFigureSession(page, firstState(begin.current)).then((created) => {
      if (isGone) return created.dispose();
      figure = created;
      setSession(created);
    });
    return () => {
      isGone = true;
      figure?.dispose();
      setSession(null);
      setOf(null);
    };
  }, [page]);

  const open = useCallback(
    (state: Workspace) => {
      if (!session) return;
      const { photo } = page.workspace.getState().workspace.input;
      const isSame = JSON.stringify(photo) === JSON.stringify(state.input.photo);
      const input = isSame ? state.input : { ...state.input, photo, painting: null, workingSize: null };
      session.workspace.getState().open({ ...state, input });
      // Else the maps of the chapter before would give their unit to the first moment of this one.
      if (state.view.pin) pinUnit(session.pointer, state.view.pin);
    },
    [page, session],
  );

  // Before anything is painted, so that no figure is ever shown another chapter's state.
  useLayoutEffect(() => {
    if (!session) return;
    const kept = keptOf(page);
    open(kept.get(chapter.name) ?? firstState(chapter));
    setOf(chapter.name);
    return () => {
      kept.set(chapter.name, session.workspace.getState().workspace);
    };
  }, [page, session, chapter, open]);

  const startAgain = useCallback(() => open(firstState(chapter)), [chapter, open]);
  return session && of === chapter.name ? { session, of, startAgain } : null;
}
