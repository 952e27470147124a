/**
 * How an operator that is no convolution runs on the GPU: passes over whole arrays, one after another. A plan is a value; the engine
 * gathers the inputs into the layouts that the plan wants, allocates what it names and records the passes in order.
 */
import type { ParameterSpec, Shape } from '../operator.ts';
import type { Range } from './cuts.ts';
import type { ArrayShape, Layout } from './layout.ts';
import type { Dispatch, Program } from './program.ts';
import type { Fields, UniformStruct, ValuesOf } from './uniforms.ts';
import type { Packing, WeightPlaces } from './weights.ts';

/**
 * What a binding of a pass holds: a whole input, the output, room that only the plan's passes see, a learned tensor as it is, or all
 * of them in an order of the program's own, which a pass has once at most.
 */
export type Operand =
  | { readonly of: 'input' | 'scratch'; readonly index: number }
  | { readonly of: 'output' }
  /** The output before the epilogue, where the plan was asked for it as well. */
  | { readonly of: 'linear' }
  /** Maps of the output's shape and layout, where the epilogue says so. */
  | { readonly of: 'residual' }
  | { readonly of: 'parameter'; readonly name: ParameterSpec['name'] }
  | { readonly of: 'packed'; readonly packing: Packing }
  /** Numbers that the plan computes by itself, in a storage buffer; equal keys, equal numbers. */
  | { readonly of: 'table'; readonly key: string; readonly make: () => Float32Array<ArrayBuffer> };

export interface Pass {
  readonly program: Program;
  /** The struct of the program's uniforms: a test holds it to the WGSL. */
  readonly struct: UniformStruct<Fields>;
  readonly dispatch: Dispatch;
  /** Everything but the uniforms, in the program's order. */
  readonly operands: readonly Operand[];
  /** About how many multiply-adds, or values moved, the pass is: what submissions are measured by. */
  readonly work: number;
  /**
   * The same pass as at least `parts` dispatches, where it can be cut so far: none should keep the device from the page's drawing.
   * `bound`: for those blocks of filters alone whose weights are bound, by a pass that has packed weights of more than one block.
   */
  readonly cut?: (parts: number, bound?: Range) => readonly Dispatch[];
}

export interface PassPlan {
  /** How each input is wanted, in the order of the operator's inputs. */
  readonly inputLayouts: readonly Layout[];
  readonly outputLayout: Layout;
  readonly scratch: readonly ArrayShape[];
  readonly passes: readonly Pass[];
}

/** One pass, its uniforms written from `values`. */
export function passOf<F extends Fields>(
  struct: UniformStruct<F>,
  values: ValuesOf<F>,
  rest: Omit<Pass, 'struct' | 'dispatch'> & Pick<Dispatch, 'workgroups'>,
): Pass {
  const { workgroups, ...pass } = rest;
  const dispatch = { uniforms: struct.write(values), workgroups };
  return { ...pass, struct: struct as unknown as UniformStruct<Fields>, dispatch };
}

/** The array of a whole tensor. */
export function wholeArray([images, channels, height, width]: Shape, layout: Layout): ArrayShape {
  return { layout, images, channels, height, width };
}

export const output: Operand = { of: 'output' };
export const linear: Operand = { of: 'linear' };
export const residual: Operand = { of: 'residual' };
/** Learned tensors as one block of `floats` numbers, in a storage buffer. */
export const packed = (key: string, floats: number, pack: Packing['pack'], places?: WeightPlaces): Operand => {
  const packing = { key, where: 'storage' as const, blocks: 1, perBlock: floats, pack, ...(places ? { places } : {}) };
  return { of: 'packed', packing };
};
export const input = (index: number): Operand => ({ of: 'input', index });
export const scratch = (index: number): Operand => ({ of: 'scratch', index });
export const parameter = (name: ParameterSpec['name']): Operand => ({ of: 'parameter', name });
