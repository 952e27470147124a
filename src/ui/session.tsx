/** The session as React sees it: one context, and a hook per store. Components select what they read and nothing more. */
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { ResultsState } from '../live/results.ts';
import type { Session } from '../live/session.ts';
import type { PointerState } from '../store/pointer.ts';
import type { WorkspaceState } from '../store/workspaceStore.ts';

const SessionContext = createContext<Session | null>(null);

export const SessionProvider = SessionContext.Provider;

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession outside of SessionProvider');
  return session;
}

export function useWorkspace<T>(select: (state: WorkspaceState) => T): T {
  return useStore(useSession().workspace, select);
}

export function usePointer<T>(select: (state: PointerState) => T): T {
  return useStore(useSession().pointer, select);
}

export function useResults<T>(select: (state: ResultsState) => T): T {
  return useStore(useSession().results, select);
}
