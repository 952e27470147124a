/** A canvas that the engine draws on: configured once, drawn at once where everything is compiled, else as soon as it is. */
import { EngineError, hasFreed, type Scene, type Surface } from '../../engine.ts';
import { type Device, NotCompiled, NotLoaded } from '../evaluation.ts';
import { Painter } from './painter.ts';
import type { PaintPrograms } from './paintPrograms.ts';

export interface SurfaceOwner {
  readonly device: Device;
  readonly gpu: GPUDevice;
  readonly programs: PaintPrograms;
  readonly format: GPUTextureFormat;
  /** Told of errors that no promise carries. */
  report(error: unknown): void;
  forget(surface: Surface): void;
}

export class CanvasSurface implements Surface {
  readonly #owner: SurfaceOwner;
  readonly #canvas: HTMLCanvasElement | OffscreenCanvas;
  readonly #context: GPUCanvasContext;
  readonly #painter: Painter;
  /** The newest scene, until it is drawn. */
  #waiting: Scene | null = null;
  #isDestroyed = false;

  constructor(owner: SurfaceOwner, canvas: HTMLCanvasElement | OffscreenCanvas) {
    const context = canvas.getContext('webgpu');
    if (context === null || !('configure' in context))
      throw new EngineError('internal', 'the canvas gives no WebGPU context');
    this.#owner = owner;
    this.#canvas = canvas;
    this.#context = context as GPUCanvasContext;
    this.#context.configure({ device: owner.gpu, format: owner.format, alphaMode: 'opaque' });
    this.#painter = new Painter(owner.device, owner.gpu, owner.programs, owner.format);
  }

  paint(scene: Scene): void {
    if (this.#isDestroyed || hasFreed(scene)) return;
    const isWaiting = this.#waiting !== null;
    this.#waiting = scene;
    if (!isWaiting) this.#draw();
  }

  destroy(): void {
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    this.#waiting = null;
    this.#context.unconfigure();
    this.#painter.destroy();
    this.#owner.forget(this);
  }

  #draw(): void {
    const scene = this.#waiting;
    if (scene === null || this.#isDestroyed) return;
    if (hasFreed(scene)) {
      this.#waiting = null;
      return;
    }
    const { device, programs, format } = this.#owner;
    const { width, height } = this.#canvas;
    const again = (compiled: Promise<unknown>): void => {
      compiled.then(
        () => this.#draw(),
        (error) => {
          this.#waiting = null;
          this.#owner.report(error);
        },
      );
    };
    if (!programs.ready(format)) {
      again(programs.compile(format));
      return;
    }
    try {
      if (width > 0 && height > 0)
        this.#painter.draw(() => this.#context.getCurrentTexture().createView(), width, height, scene);
      this.#waiting = null;
    } catch (error) {
      device.recorder.discard();
      if (error instanceof NotCompiled) again(device.pipelines.compile(error.program));
      else if (error instanceof NotLoaded) again(error.load());
      else {
        this.#waiting = null;
        this.#owner.report(error);
      }
    }
  }
}
