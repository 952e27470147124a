/** A canvas and the engine's surface on it, made when both are there and given back with them. Effects that paint come after it. */
import { type RefObject, useEffect, useRef } from 'react';
import type { Engine, Surface } from '../../../engine/engine.ts';

interface SurfaceRefs {
  readonly canvas: RefObject<HTMLCanvasElement | null>;
  /** Null before the canvas is there. */
  readonly surface: RefObject<Surface | null>;
}

/** A canvas never changes engines: whoever renders it gives it a key of its engine (`engineKey`). */
export function useSurface(engine: Engine): SurfaceRefs {
  const canvas = useRef<HTMLCanvasElement>(null);
  const surface = useRef<Surface>(null);
  useEffect(() => {
    if (!canvas.current) return;
    const made = engine.surface(canvas.current);
    surface.current = made;
    return () => {
      surface.current = null;
      made.destroy();
    };
  }, [engine]);
  return { canvas, surface };
}
