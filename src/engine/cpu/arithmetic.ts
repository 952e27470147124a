/**
 * What a thread computes with: WebAssembly with SIMD, or, in a browser without it, TypeScript, which takes many times as long.
 * Both give the same answers within float32 rounding.
 */
import { type Allocate, type ConvTask, computeTask, newArray } from './convTask.ts';
import { createConvolver } from './wasm/convolver.ts';
import { startKernels } from './wasm/kernels.ts';

export interface Arithmetic {
  /** Multiplications of one task: at least so many that its way to another thread pays, at most some milliseconds. */
  readonly macsPerTask: { readonly least: number; readonly most: number };
  /** Memory for the input of the task that is computed next. */
  readonly allocate: Allocate;
  /** [channels, rows, columns] of the task's box; may be a view that is true until the next call. */
  compute(task: ConvTask): Float32Array<ArrayBuffer>;
}

export const inTypeScript: Arithmetic = {
  macsPerTask: { least: 4e6, most: 4e6 },
  allocate: newArray,
  compute: computeTask,
};

export function startArithmetic(): Arithmetic {
  const kernels = startKernels();
  return kernels ? { macsPerTask: { least: 4e6, most: 64e6 }, ...createConvolver(kernels) } : inTypeScript;
}
