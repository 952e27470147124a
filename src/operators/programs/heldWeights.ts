/**
 * Plans the program that packs weights which lie in tensors of the engine. A packing only moves values, so it is run once on the host
 * over their numbers in place of them, which gives a table of who goes where; the device moves the values themselves by it, bit by bit.
 */
import wgsl from '../../../shaders/held/held.wgsl?raw';
import type { ParameterSpec } from '../operator.ts';
import type { Range } from './cuts.ts';
import { type DeviceTraits, type Dispatch, gridOf, type Program } from './program.ts';
import { uniformStruct } from './uniforms.ts';
import type { Packing } from './weights.ts';

export const heldUniforms = uniformStruct('Held', { total: 'u32', perRow: 'u32', weights: 'u32' });

/** Its bindings: the table, the weights, the biases, what is packed. */
export const heldProgram: Program = {
  key: 'held weights',
  label: 'held weights',
  wgsl,
  entryPoint: 'main',
  bindings: ['dynamic', 'read', 'read', 'read', 'write'],
};

/** Values of a learned tensor. */
export function countOf({ shape }: ParameterSpec): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** Whether a packing only moves values: Winograd's factors are sums of them, and halves are rounded. */
export function onlyMoves({ places }: Packing): boolean {
  return places?.of !== 'winograd' && !(places?.of === 'order' && places.order.narrowing !== undefined);
}

/**
 * For each float of a part which value stands there: 0 none, from 1 on the weights, behind them the biases. As the bits of floats, since
 * that is what a packing moves. `weights`, `biases`: how many there are.
 */
export function heldTable({ pack }: Packing, weights: number, biases: number, part: Range): Float32Array<ArrayBuffer> {
  const numbers = Uint32Array.from({ length: weights + biases }, (_, i) => i + 1);
  const values = new Float32Array(numbers.buffer);
  return pack({ weight: values.subarray(0, weights), bias: biases > 0 ? values.subarray(weights) : null }, part);
}

/** `total` values in one dispatch. */
export function dispatchHeld(
  total: number,
  weights: number,
  traits: Pick<DeviceTraits, 'maxWorkgroupsPerDimension'>,
): Dispatch {
  const { x, y, perRow } = gridOf(total, traits);
  return { uniforms: heldUniforms.write({ total, perRow, weights }), workgroups: [x, y, 1] };
}
