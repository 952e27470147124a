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

const offered = createStore<{ readonly exports: readonly ScreenExport[] | null }>(() => ({ exports: null }));

/** `exports` must be the same object as long as they say the same. */
export function useOfferedExports(exports: readonly ScreenExport[]): void {
  useEffect(() => {
    offered.setState({ exports });
    return () => offered.setState({ exports: null });
  }, [exports]);
}

export function useScreenExports(): readonly ScreenExport[] | null {
  return useStore(offered, (state) => state.exports);
}
