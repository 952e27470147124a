/** Gradients of what works value by value: functions of one value, and arithmetic of two tensors. */
import type { Activation } from '../../operators/activation/attributes.ts';
import { leakySlope } from '../../operators/activation/reference.ts';
import type { Arithmetic } from '../../operators/arithmetic/attributes.ts';
import type { Elementwise } from '../../operators/elementwise/attributes.ts';
import type { Prelu } from '../../operators/prelu/attributes.ts';
import type { GraphParameters, NodeId } from '../graph.ts';
import { combine, negative, scaled, shifted, throughFunction, unrepeated } from './arithmetic.ts';
import { learned, type TensorSource, valuesOfSource } from './builder.ts';
import { type Context, inputOf } from './context.ts';

/** Below it float32 has no full precision, and the logarithm no use. */
const smallest = 2 ** -126;

export function throughActivation({ builder, node, gy }: Context<Activation>): NodeId {
  const x = node.inputs[0]!;
  const { function: name } = node.operator;
  switch (name) {
    case 'none':
      return gy;
    case 'relu':
      return throughFunction(builder, 'leaky_relu', [x, gy]);
    case 'leaky_relu':
      return throughFunction(builder, 'leaky_relu', [x, gy], [leakySlope, 0]);
    case 'relu6':
      return throughFunction(builder, 'clip', [x, gy], [0, 6]);
    case 'sigmoid':
    case 'tanh':
    case 'gelu':
    case 'silu':
    case 'abs':
      return throughFunction(builder, name, [x, gy]);
    default:
      name satisfies never;
      throw new Error('unknown activation');
  }
}

export function throughElementwise({ builder, node, gy }: Context<Elementwise>): NodeId {
  const x = node.inputs[0]!;
  const { function: name, alpha, beta } = node.operator;
  switch (name) {
    case 'leaky_relu':
    case 'hard_sigmoid':
    case 'hard_swish':
    case 'mish':
    case 'gelu_tanh':
    case 'clip':
    case 'sqrt':
      return throughFunction(builder, name, [x, gy], [alpha, beta]);
    case 'elu':
      return throughFunction(builder, 'elu', [x, gy], [alpha, 1]);
    case 'selu':
      return throughFunction(builder, 'elu', [x, gy], [alpha, beta]);
    case 'softplus':
      return combine(builder, 'multiply', gy, builder.add({ kind: 'activation', function: 'sigmoid' }, [x]));
    case 'exp':
      return combine(builder, 'multiply', gy, node.id);
    case 'reciprocal':
      return negative(builder, combine(builder, 'multiply', combine(builder, 'multiply', gy, node.id), node.id));
    case 'neg':
      return negative(builder, gy);
    case 'log':
      return combine(builder, 'divide', gy, x);
    default:
      name satisfies never;
      throw new Error('unknown function');
  }
}

/** Values above 0 pass; of the others each channel's slope is left. */
export function throughPrelu({ builder, node, gy }: Context<Prelu>): NodeId {
  const x = node.inputs[0]!;
  const channels = builder.shape(x)[1];
  const above = throughFunction(builder, 'leaky_relu', [x, gy]);
  const below = scaled(builder, combine(builder, 'subtract', gy, above), slopesOf(node.id, node.operator, channels));
  return combine(builder, 'add', above, below);
}

/** One for each channel. */
function slopesOf(id: NodeId, { numParameters }: Prelu, channels: number): TensorSource {
  const slopes = learned(id);
  if (numParameters === channels) return slopes;
  const make = (forward: GraphParameters) => new Float32Array(channels).fill(valuesOfSource(slopes, forward)[0]!);
  return { from: 'values', make };
}

/**
 * Where both are equal, minimum gives the gradient to the first and maximum to the second (PyTorch: half to each). Of a base below 0 a power
 * has no derivative by its exponent; what comes out there means nothing.
 */
export function throughArithmetic(context: Context<Arithmetic>): NodeId {
  const { builder, node, gy, input } = context;
  const whole = arithmeticGradient(context, node.inputs[0]!, node.inputs[1]!, input === 0);
  return unrepeated(builder, whole ?? gy, builder.shape(inputOf(context)));
}

/** At the shape of the output; null: gy itself. */
function arithmeticGradient(
  { builder, node, gy }: Context<Arithmetic>,
  a: NodeId,
  b: NodeId,
  isFirst: boolean,
): NodeId | null {
  const { function: name } = node.operator;
  switch (name) {
    case 'add':
      return null;
    case 'subtract':
      return isFirst ? null : negative(builder, gy);
    case 'multiply':
      return combine(builder, 'multiply', gy, isFirst ? b : a);
    case 'divide': {
      const share = combine(builder, 'divide', gy, b);
      return isFirst ? share : negative(builder, combine(builder, 'multiply', share, node.id));
    }
    case 'power': {
      if (!isFirst) {
        const base = builder.add({ kind: 'elementwise', function: 'clip', alpha: smallest, beta: Infinity }, [a]);
        const log = builder.add({ kind: 'elementwise', function: 'log', alpha: 0, beta: 0 }, [base]);
        return combine(builder, 'multiply', combine(builder, 'multiply', gy, node.id), log);
      }
      const lower = combine(builder, 'power', a, shifted(builder, b, 1, -1));
      return combine(builder, 'multiply', gy, combine(builder, 'multiply', lower, b));
    }
    case 'minimum':
    case 'maximum': {
      const toFirstOfMaximum = throughFunction(builder, 'leaky_relu', [combine(builder, 'subtract', a, b), gy]);
      if (isFirst === (name === 'maximum')) return toFirstOfMaximum;
      return combine(builder, 'subtract', gy, toFirstOfMaximum);
    }
    default:
      name satisfies never;
      throw new Error('unknown function');
  }
}
