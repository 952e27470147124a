/**
 * The device's failures: every GPUError becomes an EngineError; those that no promise carries, and the loss of the device, settle
 * `lost`. Nobody is told of what happens after the engine was destroyed.
 */
import { EngineError } from '../../engine.ts';

export class Failures {
  readonly lost: Promise<EngineError>;
  #tellLost: (error: EngineError) => void = () => {};
  #uncaptured: EngineError | null = null;
  #isSilent = false;

  constructor(gpu: GPUDevice) {
    this.lost = new Promise((resolve) => {
      this.#tellLost = resolve;
    });
    gpu.addEventListener('uncapturederror', (event) => {
      event.preventDefault();
      this.report(errorOf(event.error));
    });
    void gpu.lost.then(({ reason, message }) =>
      this.#lose(new EngineError('device-lost', message || 'the GPU device was lost', { reason })),
    );
  }

  /** Takes an error that no promise carries: what is on the screen may be wrong or missing. */
  report(error: unknown): void {
    const told = error instanceof EngineError ? error : new EngineError('internal', String(error));
    this.#uncaptured = told;
    // What is too large for this engine is so for its successor too.
    if (told.code !== 'too-large') this.#lose(told);
  }

  /** The newest error reported since the last call; the next run's completion carries it. */
  takeUncaptured(): EngineError | null {
    const error = this.#uncaptured;
    this.#uncaptured = null;
    return error;
  }

  /** The device is about to be destroyed: that is no loss. */
  silence(): void {
    this.#isSilent = true;
  }

  #lose(error: EngineError): void {
    if (!this.#isSilent) this.#tellLost(error);
  }
}

export function errorOf(error: GPUError): EngineError {
  const code = error.constructor.name === 'GPUOutOfMemoryError' ? 'out-of-memory' : 'internal';
  return new EngineError(code, error.message);
}
