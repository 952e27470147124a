/** A comparison as files: waits until what has been computed is what the workspace says, reads maps as pictures, encodes figures. */
import type { Ends } from '../../engine/displayRange.ts';
import type { Engine, Tensor } from '../../engine/engine.ts';
import type { WorkspaceStore } from '../../store/workspaceStore.ts';
import type { Figure, Picture } from '../../views/figure/marks.ts';
import { drawFigure } from '../../views/figure/toCanvas.ts';
import { figureToSvg } from '../../views/figure/toSvg.ts';
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

export async function svgFile(figure: Figure, name: string): Promise<File> {
  const urls = new Map<Picture, string>();
  for (const mark of figure.marks) if (mark.kind === 'image') urls.set(mark.picture, await pngUrl(mark.picture));
  const text = figureToSvg(figure, (picture) => urls.get(picture) ?? '');
  return new File([text], name, { type: 'image/svg+xml' });
}

/** Two pixels to one of the figure. */
export async function pngFile(figure: Figure, name: string): Promise<File> {
  const scale = 2;
  const canvas = new OffscreenCanvas(Math.ceil(figure.width * scale), Math.ceil(figure.height * scale));
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no 2-D canvas');
  drawFigure(figure, context, scale);
  return new File([await canvas.convertToBlob({ type: 'image/png' })], name, { type: 'image/png' });
}

async function pngUrl({ width, height, rgba }: Picture): Promise<string> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no 2-D canvas');
  context.putImageData(new ImageData(rgba, width, height), 0, 0);
  const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer());
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return `data:image/png;base64,${btoa(binary)}`;
}
