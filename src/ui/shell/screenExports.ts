/** What the screen in sight offers to save in place of Explore's files; a screen that is loaded late brings its own, with its words. */
import { type ReactNode, useEffect } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

export interface ScreenExport {
  readonly key: string;
  readonly icon: ReactNode;
  readonly label: string;
  readonly hint: string;
  readonly save: () => Promise<void>;
}

interface Offered {
  /** What each part of the screen offers, in the order in which they came. */
  readonly parts: readonly (readonly ScreenExport[])[];
  /** All of it; null where nothing is offered. */
  readonly exports: readonly ScreenExport[] | null;
}

const offered = createStore<Offered>(() => ({ parts: [], exports: null }));

const offer = (parts: Offered['parts']) => offered.setState({ parts, exports: parts.length > 0 ? parts.flat() : null });

/** `exports` must be the same object as long as they say the same. */
export function useOfferedExports(exports: readonly ScreenExport[]): void {
  useEffect(() => {
    offer([...offered.getState().parts, exports]);
    return () => offer(offered.getState().parts.filter((part) => part !== exports));
  }, [exports]);
}

export function useScreenExports(): readonly ScreenExport[] | null {
  return useStore(offered, (state) => state.exports);
}
