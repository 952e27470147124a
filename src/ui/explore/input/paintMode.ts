/** Whether something is being painted on the photo, and with what: shared by the photo and the tools beside it; never saved. */
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

export interface PaintMode {
  readonly isOn: boolean;
  readonly tool: 'brush' | 'eraser';
  /** Diameter in pixels of the input. */
  readonly size: number;
  /** '#rrggbb' */
  readonly colour: string;
}

export const paintMode = createStore<PaintMode>(() => ({ isOn: false, tool: 'brush', size: 8, colour: '#ffffff' }));

export function usePaintMode<T>(select: (mode: PaintMode) => T): T {
  return useStore(paintMode, select);
}
