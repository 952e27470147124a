/**
 * Plans the program that packs weights which lie in tensors of the engine. A packing only moves values, so it is run once on the host
 * over their numbers in place of them, which gives a table of who goes where; the device moves the values themselves by it, bit by bit.
 */
import wgsl from '../../../shaders/held/held.wgsl?raw';
import type { ParameterSpec, ParameterValues } from '../operator.ts';
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

/** Winograd's factors are sums of weights, and halves are rounded. */
function onlyMoves({ places }: Packing): boolean {
  return places?.of !== 'winograd' && !(places?.of === 'order' && places.order.narrowing !== undefined);
}

/** What is packed: how many weights and biases, and numbers beside them. */
export interface Counts extends Pick<ParameterValues, 'runningMean' | 'runningVar'> {
  readonly weights: number;
  readonly biases: number;
}

/**
 * For each float of a part which value stands there: 0 none, from 1 on the weights, behind them the biases; as the bits of floats, since
 * that is what a packing moves. Null where it does more: numbered from the other end, every place must hold its value's other number.
 */
export function heldTable(packing: Packing, counts: Counts, part: Range): Float32Array<ArrayBuffer> | null {
  if (!onlyMoves(packing)) return null;
  const last = counts.weights + counts.biases + 1;
  const packed = (numberOf: (i: number) => number) => {
    const values = new Float32Array(Uint32Array.from({ length: last - 1 }, (_, i) => numberOf(i)).buffer);
    const { weights, biases, ...statistics } = counts;
    const bias = biases > 0 ? values.subarray(weights) : null;
    return packing.pack({ weight: values.subarray(0, weights), bias, ...statistics }, part);
  };
  const table = packed((i) => i + 1);
  const [numbers, others] = [table, packed((i) => last - 1 - i)].map(({ buffer }) => new Uint32Array(buffer));
  const isMoved = numbers!.every((number, at) => (number === 0 ? others![at] === 0 : number + others![at]! === last));
  return isMoved ? table : null;
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
