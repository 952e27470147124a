/** A comparison for files: waits until what has been computed is what the workspace says, reads maps as pictures. */
import type { Ends } from '../../engine/displayRange.ts';
import type { Engine, Tensor } from '../../engine/engine.ts';
import type { WorkspaceStore } from '../../store/workspaceStore.ts';
import type { Picture } from '../../views/figure/marks.ts';
import { mapPicture } from '../../views/mapPicture.ts';
import { sourceRect, type ZoomWindow } from '../../views/zoom.ts';
import type { CompareDesk, ComparisonState, ComputedStem } from './compareDesk.ts';

export interface SettledComparison extends ComparisonState {
  readonly engine: Engine;
  readonly stem: ComputedStem;
}

/** Rejects where the newest comparison could not be computed, with what failed. */
export async function settledComparison(
  { results }: CompareDesk,
  workspace: WorkspaceStore,
): Promise<SettledComparison> {
  for (;;) {
    const state = results.getState();
    const { engine, stem, columns, busy, problem } = state;
    if (!busy && problem !== null) throw new Error(problem);
    const wanted = workspace.getState().workspace.compare.columns.length;
    const isNewest = columns.length === wanted && columns.every((column) => column.stem === stem);
    if (!busy && engine && stem && isNewest) return { ...state, engine, stem };
    await new Promise<void>((resolve) => {
      const stop = results.subscribe(() => {
        stop();
        resolve();
      });
    });
  }
}

/** The part of one map that the zoom shows, in whole values, at most `longest` pixels wide. */
export async function readMapPicture(
  engine: Engine,
  maps: Tensor,
  channel: number,
  look: { readonly zoom: ZoomWindow; readonly ends: Ends; readonly colours: Uint8Array; readonly longest: number },
): Promise<Picture> {
  const [, , rows, columns] = maps.shape;
  const shown = sourceRect(look.zoom, columns, rows);
  const [x, y] = [Math.floor(shown.x), Math.floor(shown.y)];
  const width = Math.min(columns, Math.ceil(shown.x + shown.width)) - x;
  const height = Math.min(rows, Math.ceil(shown.y + shown.height)) - y;
  const values = await engine.read(maps, { channel, channels: 1, y, x, height, width });
  const scale = Math.min(1, look.longest / width);
  const target = { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
  return { ...target, rgba: mapPicture(values, { width, height }, target, look.ends, look.colours) };
}
