/** One channel of what the layer reads, around the points that are shown: a few KB, read again when a run has finished. */
import { useEffect, useState } from 'react';
import type { Engine, Rect } from '../../../../engine/engine.ts';
import type { Output } from '../../../../live/results.ts';
import type { BilinearCorner } from '../../../../operators/deformConv2d/points.ts';

interface Patch {
  readonly channel: number;
  readonly part: Rect;
  readonly values: Float32Array;
}

/** The values of corners within `around`, 0 outside of the input; null while they are on their way. */
export type ValuesAt = (corners: readonly BilinearCorner[]) => readonly number[] | null;

export function useSourcePatch(engine: Engine, output: Output, channel: number, around: Rect): ValuesAt {
  const source = output.kind?.source ?? '';
  const tensor = output.parts[source] ?? output.input;
  const [, , height, width] = tensor.shape;
  const [top, left] = [Math.max(0, around.y), Math.max(0, around.x)];
  const rows = Math.min(height, around.y + around.height) - top;
  const columns = Math.min(width, around.x + around.width) - left;
  const [patch, setPatch] = useState<Patch | null>(null);
  useEffect(() => {
    if (rows <= 0 || columns <= 0) return;
    let isCurrent = true;
    engine.read(tensor, { channel, channels: 1, y: top, x: left, height: rows, width: columns }).then(
      (values) => {
        if (isCurrent) setPatch({ channel, part: { y: top, x: left, height: rows, width: columns }, values });
      },
      // The maps were freed by a newer run, whose output is read next.
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [engine, tensor, channel, top, left, rows, columns]);

  return (corners) => {
    const values = corners.map(({ y, x, isInside }) => {
      if (!isInside) return 0;
      if (patch?.channel !== channel) return null;
      const { part } = patch;
      const [row, column] = [y - part.y, x - part.x];
      const isThere = row >= 0 && row < part.height && column >= 0 && column < part.width;
      return isThere ? (patch.values[row * part.width + column] ?? null) : null;
    });
    return values.every((value) => value !== null) ? values : null;
  };
}
