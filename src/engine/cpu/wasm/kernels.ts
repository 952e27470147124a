/** The WebAssembly module of `assembly/`: one instance, with a memory of its own, for each thread. */
import bytes from './assembly/index.ts?wasm';

/** Places are bytes, sizes values; the programs are explained where they are written. */
export interface Kernels {
  readonly memory: WebAssembly.Memory;
  convolve(
    input: number,
    inputPitch: number,
    groupStep: number,
    offsets: number,
    taps: number,
    tapsAtOnce: number,
    weights: number,
    bias: number,
    groups: number,
    filters: number,
    out: number,
    outPitch: number,
    plane: number,
    rows: number,
    width: number,
    clamped: number,
    lo: number,
    hi: number,
  ): void;
  split(
    from: number,
    planes: number,
    height: number,
    width: number,
    to: number,
    stepY: number,
    stepX: number,
    phasesY: number,
    phasesX: number,
  ): void;
  dots(
    column: number,
    taps: number,
    weights: number,
    bias: number,
    filters: number,
    out: number,
    plane: number,
    clamped: number,
    lo: number,
    hi: number,
  ): void;
  gather(at: number, offsets: number, taps: number, column: number): void;
  compact(at: number, planes: number, plane: number, rows: number, pitch: number, width: number): void;
}

/** Null where there is no WebAssembly with SIMD, or the page's policy forbids it. */
export function startKernels(source: BufferSource = bytes): Kernels | null {
  try {
    return new WebAssembly.Instance(new WebAssembly.Module(source)).exports as unknown as Kernels;
  } catch {
    return null;
  }
}
