/** Activations in the libraries' words: which function a name means, and how each library writes it (PyTorch: `writePyTorch.ts`). */
import { type Arguments, bindArguments, codeError } from '../callArguments.ts';
import { baseName, type Call, type Value } from '../callSyntax.ts';
import type { Result } from '../operator.ts';
import type { ActivationName } from './attributes.ts';

/** The names without capitals and underscores, in PyTorch, Keras, JAX and ONNX. */
const meanings: ReadonlyMap<string, ActivationName> = new Map([
  ['identity', 'none'],
  ['linear', 'none'],
  ['relu', 'relu'],
  ['leakyrelu', 'leaky_relu'],
  ['relu6', 'relu6'],
  ['sigmoid', 'sigmoid'],
  ['tanh', 'tanh'],
  ['gelu', 'gelu'],
  ['silu', 'silu'],
  ['swish', 'silu'],
  ['abs', 'abs'],
  ['absolute', 'abs'],
] as const);

const meaningOf = (name: string) => meanings.get(baseName(name).toLowerCase().replaceAll('_', '')) ?? null;

/** Other activations, recognised so that they can be refused by name instead of as unknown code. */
const others = new Set([
  'elu',
  'celu',
  'selu',
  'prelu',
  'rrelu',
  'softmax',
  'softplus',
  'softsign',
  'hardswish',
  'hardsigmoid',
  'hardtanh',
  'mish',
  'glu',
]);

export function isActivation(name: string): boolean {
  return meaningOf(name) !== null || others.has(baseName(name).toLowerCase().replaceAll('_', ''));
}

/** The slope and form that each library takes when the text does not say it. */
export interface ActivationDefaults {
  /** Of leaky ReLU for negative values. */
  readonly slope: number;
  /** GELU by tanh instead of erf. */
  readonly isApproximate: boolean;
}

export const activationDefaults = {
  pytorch: { slope: 0.01, isApproximate: false },
  /** As a layer; by name in an argument the slope is 0.2. */
  keras: { slope: 0.3, isApproximate: false },
  kerasArgument: { slope: 0.2, isApproximate: false },
  flax: { slope: 0.01, isApproximate: true },
  onnx: { slope: 0.01, isApproximate: false },
} as const satisfies Readonly<Record<string, ActivationDefaults>>;

/** A different but near function: the error of a text that means it, which the caller may offer to replace by `nearest`. */
export interface ActivationReading {
  readonly name: ActivationName;
  /** As written in code, when the text means a variant that is not offered; null when it means `name` exactly. */
  readonly variant: string | null;
}

function isTanhForm(value: Value | undefined, defaults: ActivationDefaults): boolean {
  if (value?.kind === 'boolean') return value.value;
  if (value?.kind === 'string') return value.value === 'tanh';
  return defaults.isApproximate;
}

const attributes: Readonly<Partial<Record<ActivationName, readonly string[]>>> = {
  relu: ['max_value'],
  leaky_relu: ['negative_slope', 'alpha'],
  gelu: ['approximate'],
};

function reading(name: ActivationName, args: Arguments, defaults: ActivationDefaults): ActivationReading {
  if (name === 'leaky_relu') {
    const given = args.get('negative_slope') ?? args.get('alpha');
    const slope = given?.kind === 'number' ? given.value : defaults.slope;
    return { name, variant: slope === 0.01 ? null : `LeakyReLU(negative_slope=${slope})` };
  }
  if (name === 'gelu' && isTanhForm(args.get('approximate'), defaults)) {
    return { name, variant: "GELU(approximate='tanh')" };
  }
  const cap = args.get('max_value');
  if (name === 'relu' && cap?.kind === 'number') {
    return { name: 'relu6', variant: cap.value === 6 ? null : `ReLU(max_value=${cap.value})` };
  }
  return { name, variant: null };
}

const unknownActivation = (name: string) =>
  codeError('unknown-activation', `Unknown activation function: ${name}`, { activation: name });

/** A name by itself: `activation='relu'`, `nn.relu`. */
export function readActivationName(name: string, defaults: ActivationDefaults): Result<ActivationReading> {
  const meaning = meaningOf(name);
  return meaning ? { ok: true, value: reading(meaning, new Map(), defaults) } : unknownActivation(name);
}

/** A layer or a function applied: `nn.LeakyReLU(0.01)`, `nn.leaky_relu(x, negative_slope=0.01)`. */
export function readActivation(call: Call, defaults: ActivationDefaults): Result<ActivationReading> {
  const meaning = meaningOf(call.name);
  if (!meaning) return unknownActivation(baseName(call.name));
  // A function's first argument is its input; a module's is its own.
  const own = /^[a-z]/.test(baseName(call.name)) ? ['x'] : [];
  const attribute = attributes[meaning] ?? [];
  const signature = {
    name: `${baseName(call.name)}.__init__()`,
    parameters: [...own, ...attribute, 'inplace', 'name'],
    required: 0,
  };
  const args = bindArguments(call, signature);
  return args.ok ? { ok: true, value: reading(meaning, args.value, defaults) } : args;
}

/** The `activation` argument of a Keras layer, or null where a layer behind it is needed. */
export function kerasArgument(name: ActivationName): string | null {
  return name === 'none' || name === 'leaky_relu' || name === 'abs' ? null : name;
}

/** The Keras layer behind the convolution where no argument says it, or null. */
export function kerasLayer(name: ActivationName): string | null {
  if (name === 'leaky_relu') return 'keras.layers.LeakyReLU(negative_slope=0.01)';
  return name === 'abs' ? 'keras.layers.Activation(keras.ops.absolute)' : null;
}

const flax: Readonly<Record<ActivationName, string | null>> = {
  none: null,
  relu: 'nn.relu(x)',
  leaky_relu: 'nn.leaky_relu(x, negative_slope=0.01)',
  relu6: 'nn.relu6(x)',
  sigmoid: 'nn.sigmoid(x)',
  tanh: 'nn.tanh(x)',
  gelu: 'nn.gelu(x, approximate=False)',
  silu: 'nn.silu(x)',
  abs: 'jnp.abs(x)',
};

/** A function applied to x, or null for none. */
export function writeFlaxActivation(name: ActivationName): string | null {
  return flax[name];
}

const node = (operator: string, attributes = '') => `helper.make_node("${operator}", ["z"], ["y"]${attributes})`;

const onnx: Readonly<Record<ActivationName, readonly string[]>> = {
  none: [],
  relu: [node('Relu')],
  leaky_relu: [node('LeakyRelu', ', alpha=0.01')],
  relu6: [
    'helper.make_tensor("zero", TensorProto.FLOAT, [], [0.0])',
    'helper.make_tensor("six", TensorProto.FLOAT, [], [6.0])',
    'helper.make_node("Clip", ["z", "zero", "six"], ["y"])',
  ],
  sigmoid: [node('Sigmoid')],
  tanh: [node('Tanh')],
  gelu: [node('Gelu')],
  // ONNX had no operator for it before opset 24: the two nodes that every exporter writes.
  silu: ['helper.make_node("Sigmoid", ["z"], ["s"])', 'helper.make_node("Mul", ["z", "s"], ["y"])'],
  abs: [node('Abs')],
};

/** Statements that take `z` to `y`; none for 'none'. */
export function writeOnnxActivation(name: ActivationName): readonly string[] {
  return onnx[name];
}
