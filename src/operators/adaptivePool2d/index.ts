/**
 * Adaptive pooling: output i of o reads rows floor(i s / o) to ceil((i + 1) s / o) - 1 of an input of s rows, so that windows cover the
 * input evenly and differ by one row at most.
 */
import type { FloatArray, HostTensor, OperatorRules, Shape } from '../operator.ts';
import { costWithoutMacs, elementsOf, everyElement, largerOf, only, rangeTo } from '../tensors.ts';
import type { AdaptivePool2d } from './attributes.ts';

function shapeOf({ outputSize }: AdaptivePool2d, [n, c]: Shape): Shape {
  return [n, c, ...outputSize];
}

const begin = (index: number, size: number, outputs: number) => Math.floor((index * size) / outputs);
const end = (index: number, size: number, outputs: number) => Math.ceil(((index + 1) * size) / outputs);

function poolInto<A extends FloatArray>(pool: AdaptivePool2d, { shape, values: from }: HostTensor, values: A): A {
  const [, channels, height, width] = shape;
  const [rows, columns] = pool.outputSize;
  everyElement(shapeOf(pool, shape), (n, c, u, v, i) => {
    const plane = (n * channels + c) * height * width;
    let sum = 0;
    let largest = Number.NEGATIVE_INFINITY;
    let count = 0;
    for (let y = begin(u, height, rows); y < end(u, height, rows); y++) {
      for (let x = begin(v, width, columns); x < end(v, width, columns); x++) {
        const value = from[plane + y * width + x]!;
        sum += value;
        largest = Math.max(largest, value);
        count++;
      }
    }
    values[i] = pool.function === 'max' ? largest : sum / count;
  });
  return values;
}

const outputsOf = (pool: AdaptivePool2d, axis: 'h' | 'w') => pool.outputSize[axis === 'h' ? 0 : 1];

export const adaptivePool2d: OperatorRules<AdaptivePool2d> = {
  kind: 'adaptive_pool2d',
  outputShape: (pool, inputs) => ({ ok: true, value: shapeOf(pool, only(inputs)) }),
  parameters: () => [],
  arity: () => 1,
  inputInterval: (pool, axis, output, size) => {
    const outputs = outputsOf(pool, axis);
    return { lo: begin(output.lo, size, outputs), hi: end(output.hi, size, outputs) - 1 };
  },
  reads: (pool, axis, size, index) => {
    const outputs = outputsOf(pool, axis);
    const first = begin(index, size, outputs);
    return rangeTo(end(index, size, outputs) - first).map((i) => first + i);
  },
  readers: (pool, axis, size, index) => {
    const outputs = outputsOf(pool, axis);
    return rangeTo(outputs).filter((i) => begin(i, size, outputs) <= index && index < end(i, size, outputs));
  },
  cost: (pool, inputs) => costWithoutMacs(shapeOf(pool, only(inputs))),
  reference: (pool, inputs) => {
    const input = only(inputs);
    const shape = shapeOf(pool, input.shape);
    const absolute = { shape: input.shape, values: Float64Array.from(input.values, Math.abs) };
    return {
      output: { shape, values: poolInto(pool, input, new Float64Array(elementsOf(shape))) },
      magnitude: poolInto(pool, absolute, new Float64Array(elementsOf(shape))),
    };
  },
  compute: (pool, inputs) => {
    const input = only(inputs);
    const shape = shapeOf(pool, input.shape);
    return { shape, values: poolInto(pool, input, new Float32Array(elementsOf(shape))) };
  },
  scaleFrom: (pool, { scales, own }) => largerOf(own, poolInto(pool, only(scales), new Float64Array(own.length))),
};
