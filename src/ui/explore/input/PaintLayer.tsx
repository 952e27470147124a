/**
 * Lies over the photo while something is painted: the line that follows the hand, and a brush for the keyboard (arrow keys move it,
 * space paints). It has the frame of the photo, so one unit of its drawing is one pixel of the input.
 */
import { type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useResults, useSession, useWorkspace } from '../../session.tsx';
import { useElementSize } from '../canvas/useElementSize.ts';
import { photoState } from '../photo/photoState.ts';
import { usePaintMode } from './paintMode.ts';
import type { PaintingTools } from './usePainting.ts';

export function PaintLayer({ painting }: { readonly painting: PaintingTools }) {
  const { t } = useTranslation();
  const session = useSession();
  const root = useRef<HTMLDivElement>(null);
  const size = useElementSize(root);
  const mode = usePaintMode((state) => state);
  // The frame follows the picture, its padding and the zoom.
  const picture = useResults((state) => state.picture);
  useWorkspace((state) => state.workspace.graph);
  useWorkspace((state) => state.workspace.view.zoom);
  const [brush, setBrush] = useState<{ readonly x: number; readonly y: number } | null>(null);

  const frame = size && picture ? photoState(session, size)?.frame : null;
  const centre = picture ? { x: picture.width / 2, y: picture.height / 2 } : { x: 0, y: 0 };

  const onKeyDown = (event: KeyboardEvent) => {
    if (!picture) return;
    const at = brush ?? centre;
    const step = event.shiftKey ? 1 : Math.max(1, Math.round(mode.size / 2));
    const by = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[event.key];
    if (event.key === ' ' || event.key === 'Enter') painting.dab(at);
    else if (by) {
      const [dx = 0, dy = 0] = by;
      const inside = (value: number, end: number) => Math.min(Math.max(value, 0.5), end - 0.5);
      setBrush({ x: inside(at.x + dx, picture.width), y: inside(at.y + dy, picture.height) });
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div
      ref={root}
      className="paint-layer"
      role="application"
      aria-label={t('input.paint.canvas')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the brush is moved by keys
      tabIndex={0}
      onFocus={() => setBrush((present) => present ?? centre)}
      onBlur={() => setBrush(null)}
      onKeyDown={onKeyDown}
    >
      {frame && (
        <svg
          aria-hidden="true"
          style={{ left: frame.area.x, top: frame.area.y, width: frame.area.width, height: frame.area.height }}
          viewBox={`${frame.shown.x} ${frame.shown.y} ${frame.shown.width} ${frame.shown.height}`}
          preserveAspectRatio="none"
        >
          <polyline
            ref={painting.line}
            className={mode.tool}
            fill="none"
            stroke={mode.tool === 'brush' ? mode.colour : undefined}
            strokeWidth={mode.size}
            strokeLinecap="round"
            strokeLinejoin="round"
          />
          {brush && <circle cx={brush.x} cy={brush.y} r={Math.max(mode.size / 2, 1)} className="paint-brush" />}
        </svg>
      )}
    </div>
  );
}
