/** One step of SGD, Adam or AdamW on one tensor and its state. */
import type { HostTensor, OperatorError, OperatorRules, Shape } from '../operator.ts';
import { costWithoutMacs, elementsOf, rangeTo } from '../tensors.ts';
import { type OptimizerStep, paceNumbers, stateRows } from './attributes.ts';
import { numbersOf, pacedNumbersOf } from './numbers.ts';
import { stepInto } from './reference.ts';

function all<T>(inputs: readonly T[]): readonly [state: T, gradient: T, pace: T] {
  const [state, gradient, pace] = inputs;
  if (state === undefined || gradient === undefined || pace === undefined || inputs.length !== 3)
    throw new Error(`a step of an optimiser reads a state, a gradient and a pace, not ${inputs.length} tensors`);
  return [state, gradient, pace];
}

function errorOf(
  operator: OptimizerStep,
  [state, gradient, pace]: readonly [Shape, Shape, Shape],
): OperatorError | null {
  const numbers = elementsOf(pace);
  if (numbers !== paceNumbers) {
    const message = `Expected a pace of ${paceNumbers} numbers, got [${pace.join(', ')}]`;
    return { code: 'optimizer-state', values: { wanted: `${paceNumbers}`, got: pace.join(' x ') }, message };
  }
  const count = elementsOf(gradient);
  const wanted = [1, 1, stateRows(operator), count];
  if (wanted.every((size, i) => size === state[i])) return null;
  const message = `Expected a state of [${wanted.join(', ')}] for a gradient of ${count} values, got [${state.join(', ')}]`;
  return { code: 'optimizer-state', values: { wanted: wanted.join(' x '), got: state.join(' x ') }, message };
}

const asRead = ([state, gradient, pace]: readonly [HostTensor, HostTensor, HostTensor]) =>
  [state.values, gradient.values, pace.values] as const;

export const optimizerStep: OperatorRules<OptimizerStep> = {
  kind: 'optimizer_step',
  outputShape: (operator, inputs) => {
    const error = errorOf(operator, all(inputs));
    return error ? { ok: false, error } : { ok: true, value: all(inputs)[0] };
  },
  parameters: () => [],
  arity: () => 3,
  // The gradient lies in a shape of its own: the bound is all of it.
  inputInterval: (_operator, _axis, _output, size) => ({ lo: 0, hi: size - 1 }),
  reads: (_operator, _axis, size) => rangeTo(size),
  readers: (operator, axis, size, _index, _input, around) =>
    rangeTo(around?.output[axis === 'h' ? 2 : 3] ?? (axis === 'h' ? stateRows(operator) : size)),
  cost: (_operator, inputs) => costWithoutMacs(all(inputs)[0]),
  reference: (operator, inputs) => {
    const { shape } = all(inputs)[0];
    const magnitude = new Float64Array(elementsOf(shape));
    const values = stepInto(operator, asRead(all(inputs)), new Float64Array(magnitude.length), magnitude);
    return { output: { shape, values }, magnitude };
  },
  compute: (operator, inputs) => {
    const { shape } = all(inputs)[0];
    return { shape, values: stepInto(operator, asRead(all(inputs)), new Float32Array(elementsOf(shape)), null) };
  },
  // Errors go through as the terms do; those of m and v are divided by what stands under the fraction. The pace is given as it is.
  scaleFrom: (operator, { inputs, scales, own }) => {
    const [state, gradient, pace] = all(inputs);
    const count = gradient.values.length;
    const { coupled, first, second, eps } = numbersOf(operator);
    const { rate, root } = pacedNumbersOf(operator, pace.values);
    const scale = own.slice();
    const [ofState, ofGradient] = [scales[0]!.values, scales[1]!.values];
    for (let i = 0; i < count; i++) {
      const errorOfG = ofGradient[i]! + coupled * ofState[i]!;
      const errorOfFirst = ofState[count + i]! + errorOfG;
      scale[count + i] = scale[count + i]! + errorOfFirst;
      let onW = rate * (errorOfG + errorOfFirst);
      if (operator.method === 'adam') {
        const g = gradient.values[i]! + coupled * state.values[i]!;
        const m = state.values[count + i]! + first * (g - state.values[count + i]!);
        const v = second * state.values[2 * count + i]! + (1 - second) * g * g;
        const errorOfV = ofState[2 * count + i]! + 2 * (1 - second) * Math.abs(g) * errorOfG;
        const under = Math.sqrt(v) * root + eps;
        scale[2 * count + i] = scale[2 * count + i]! + errorOfV;
        onW = (rate * errorOfFirst) / under + (rate * Math.abs(m) * root * errorOfV) / (under * under * Math.sqrt(v));
      }
      scale[i] = scale[i]! + ofState[i]! + onW;
    }
    return scale;
  },
};
