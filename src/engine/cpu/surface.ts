/**
 * A canvas that the CPU engine draws on: the worker colours, this thread only puts the bytes. One picture is being coloured at a
 * time; the newest scene replaces one that waits. Where a first draft is coarse, the fine picture follows when nothing newer came.
 */
import { hasFreed, type Scene, type Surface } from '../engine.ts';
import type { Painted, PaintRequest } from './protocol.ts';

type Canvas = HTMLCanvasElement | OffscreenCanvas;
export type Picture = Omit<PaintRequest, 'width' | 'height' | 'isDraft' | 'reuse'>;

export interface SurfaceDevice {
  /** Names the scene's tensors and holds them until `release`. */
  hold(scene: Scene): { readonly picture: Picture; release(): void };
  paint(request: PaintRequest): Promise<Painted>;
}

interface Waiting {
  readonly picture: Picture;
  readonly isDraft: boolean;
  release(): void;
}

export function createSurface(canvas: Canvas, device: SurfaceDevice): Surface {
  const context = canvas.getContext('2d') as CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D | null;
  let waiting: Waiting | null = null;
  let isPainting = false;
  let isDestroyed = false;
  let spare: ArrayBuffer | null = null;

  function replaceBy(next: Waiting | null): void {
    waiting?.release();
    waiting = next;
  }

  async function paintWaiting(): Promise<void> {
    if (isPainting) return;
    isPainting = true;
    for (let job = waiting; job; job = waiting) {
      waiting = null;
      const isFinal = await draw(job);
      if (!isFinal && !waiting && !isDestroyed) waiting = { ...job, isDraft: false };
      else job.release();
    }
    isPainting = false;
  }

  /** Answers whether nothing finer is to come. */
  async function draw({ picture, isDraft }: Waiting): Promise<boolean> {
    const { width, height } = canvas;
    if (width === 0 || height === 0) return true;
    const reuse = spare?.byteLength === width * height * 4 ? spare : null;
    spare = null;
    try {
      const { pixels, isFinal } = await device.paint({ ...picture, width, height, isDraft, reuse });
      // A canvas resized meanwhile gets a new scene from its owner; stale pixels would be stretched.
      if (!isDestroyed && canvas.width === width && canvas.height === height) {
        context?.putImageData(new ImageData(new Uint8ClampedArray(pixels), width, height), 0, 0);
      }
      spare = pixels;
      return isFinal;
    } catch {
      // The engine is gone, which it reports through `lost`; the last picture stays.
      return true;
    }
  }

  return {
    paint(scene) {
      if (isDestroyed || hasFreed(scene)) return;
      replaceBy({ ...device.hold(scene), isDraft: true });
      void paintWaiting();
    },
    destroy() {
      isDestroyed = true;
      replaceBy(null);
    },
  };
}
