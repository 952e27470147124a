/** The figure's facts: what its chapter's questions are answered from. */
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import type { Session } from '../../live/session.ts';
import type { FigureFacts } from './chapters/chapter.ts';
import type { Told } from './telling.tsx';

/** Null until there is a picture. */
export function useFacts({ workspace, results, pointer }: Session, tellings: StoreApi<Told>): FigureFacts | null {
  const state = useStore(workspace, (now) => now.workspace);
  const seen = useStore(results, (now) => now);
  const pointed = useStore(pointer, (now) => now);
  const told = useStore(tellings, (now) => now);
  return seen.picture && { workspace: state, picture: seen.picture, results: seen, pointer: pointed, told };
}
