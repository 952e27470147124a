/**
 * Painting on the photo: a stroke is shown as a line while it is drawn and becomes pixels when the hand lifts. Strokes are laid over
 * the painting as it then stands, one after the other, so undo between strokes is always right.
 */
import { type RefObject, useCallback, useRef } from 'react';
import type { Session } from '../../../live/session.ts';
import { useSession } from '../../session.tsx';
import type { Stroke } from '../photo/photoGestures.ts';
import { type PaintMode, paintMode } from './paintMode.ts';
import { bytesOf, type Point, paintingAt, paintStroke } from './strokes.ts';

export interface PaintingTools {
  readonly onPaint: (stroke: Stroke) => void;
  /** Paints one dab, for the keyboard. */
  readonly dab: (at: Point) => void;
  /** The line that follows the hand. */
  readonly line: RefObject<SVGPolylineElement | null>;
}

export function usePainting(): PaintingTools {
  const session = useSession();
  const line = useRef<SVGPolylineElement>(null);
  const points = useRef<Point[]>([]);
  const last = useRef<Promise<void>>(Promise.resolve());

  const lay = useCallback(
    (stroke: readonly Point[]) => {
      const mode = paintMode.getState();
      last.current = last.current.then(() => layStroke(session, stroke, mode));
      return last.current;
    },
    [session],
  );

  const onPaint = useCallback(
    ({ phase, to }: Stroke) => {
      if (phase === 'start') points.current = [];
      if (phase !== 'end') points.current.push(to);
      // One point alone draws no line: double it, and its round caps are the dab.
      const shown = points.current.length === 1 ? [to, to] : points.current;
      line.current?.setAttribute('points', shown.map(({ x, y }) => `${x},${y}`).join(' '));
      if (phase !== 'end') return;
      const stroke = points.current;
      points.current = [];
      void lay(stroke).then(() => {
        if (points.current.length === 0) line.current?.setAttribute('points', '');
      });
    },
    [lay],
  );

  const dab = useCallback((at: Point) => void lay([at]), [lay]);
  return { onPaint, dab, line };
}

async function layStroke(session: Session, points: readonly Point[], { tool, size, colour }: PaintMode): Promise<void> {
  const { picture } = session.results.getState();
  if (!picture || points.length === 0) return;
  const present = await session.painting();
  const painting = paintingAt(
    present && { rgba: new Uint8ClampedArray(present.data), width: present.width, height: present.height },
    picture.width,
    picture.height,
  );
  paintStroke(painting, points, { diameter: size, colour: tool === 'eraser' ? null : bytesOf(colour) });
  const { beginGesture, endGesture } = session.workspace.getState();
  beginGesture();
  await session.paint(painting.rgba);
  endGesture();
}
