/** A figure's painter for as long as the figure stands: its three elements, and the painter once they are there. */
import { type RefObject, useEffect, useRef } from 'react';
import type { Engine } from '../../../../engine/engine.ts';
import { useSession } from '../../../session.tsx';
import './figureCanvas.css';
import { createFigurePainter, type FigurePainter } from './figurePainter.ts';

export interface FigureElements {
  readonly root: RefObject<HTMLDivElement | null>;
  readonly canvas: RefObject<HTMLCanvasElement | null>;
  readonly overlay: RefObject<HTMLCanvasElement | null>;
  readonly painter: RefObject<FigurePainter | null>;
}

/** `scroller`: what scrolls the figure; absent: the element around it. */
export function useFigurePainter(engine: Engine, scroller?: RefObject<HTMLElement | null>): FigureElements {
  const session = useSession();
  const root = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);
  const painter = useRef<FigurePainter | null>(null);
  useEffect(() => {
    const area = scroller?.current ?? root.current?.parentElement;
    if (!area || !root.current || !canvas.current || !overlay.current) return;
    const created = createFigurePainter(session, engine, area, root.current, canvas.current, overlay.current);
    painter.current = created;
    return () => {
      painter.current = null;
      created.dispose();
    };
  }, [session, engine, scroller]);
  return { root, canvas, overlay, painter };
}
