/** The calls of a text sorted into padding, convolution and activation, in the order in which a layer has them. */
import {
  type ActivationDefaults,
  type ActivationReading,
  activationDefaults,
  isActivation,
  readActivation,
  readActivationName,
} from '../../operators/activation/code.ts';
import { baseName, type Call, type Statement, type Value, writeValue } from '../../operators/callSyntax.ts';
import { type CodeContext, integersOf, need, refuse, stringOf } from '../../operators/codeValues.ts';
import type { Conv2d } from '../../operators/conv2d/attributes.ts';
import type { Library, PaddingLayer } from '../../operators/conv2d/code/code.ts';
import { isFlaxPadding, readFlax, readFlaxPadding } from '../../operators/conv2d/code/flax.ts';
import { readKeras, readKerasPadding } from '../../operators/conv2d/code/keras.ts';
import { readOnnx, readOnnxPadding, weightShapeOf } from '../../operators/conv2d/code/onnx.ts';
import { isPyTorchPadding, readPyTorch, readPyTorchPadding } from '../../operators/conv2d/code/pytorch.ts';
import { attributesOf, bareAttributes } from '../../operators/onnxAttributes.ts';

export interface Parts {
  readonly padding: PaddingLayer | null;
  readonly conv: Conv2d;
  readonly activation: ActivationReading | null;
}

/** What has been read so far; the order padding, convolution, activation is kept. */
class Assembly {
  #padding: PaddingLayer | null = null;
  #conv: Conv2d | null = null;
  #activation: ActivationReading | null = null;

  addPadding(padding: PaddingLayer, name: string): void {
    if (this.#conv || this.#padding)
      refuse('order', `${name}: one padding layer may stand in front of the convolution`, { name });
    this.#padding = padding;
  }

  addConv(conv: Conv2d, activation: ActivationReading | null, name: string): void {
    if (this.#conv) refuse('two-convolutions', `${name}: this is a second convolution; one layer holds one`, { name });
    this.#conv = conv;
    this.#activation = activation;
  }

  addActivation(activation: ActivationReading, name: string): void {
    if (!this.#conv || this.#activation)
      refuse('order', `${name}: one activation may stand behind the convolution`, { name });
    this.#activation = activation;
  }

  finish(): Parts {
    const conv = this.#conv ?? refuse('no-convolution', 'there is no convolution in the text');
    return { padding: this.#padding, conv, activation: this.#activation };
  }
}

/** Capitalised calls that are no layers, or change nothing at inference. */
const passedOver = new Set(['Input', 'InputLayer', 'Model', 'Identity', 'Dropout', 'Dropout2d', 'Module', 'Rngs']);

/** Layers are classes, so capitalised; a function call that is no padding and no activation says nothing about the layer. */
export function refuseOtherLayer(call: Call): void {
  const name = baseName(call.name);
  if (/^[A-Z]/.test(name) && !passedOver.has(name))
    refuse('other-layer', `${call.name} is not part of a convolution layer`, { name });
}

/** `keras.layers.Activation('relu')`, and the `activation` argument of a convolution. */
export function readNamed(value: Value | undefined): ActivationReading {
  if (value?.kind === 'call') return need(readActivation(value, activationDefaults.keras));
  const name = stringOf(value);
  if (name === null)
    return refuse('unknown-activation', `Unknown activation function: ${value ? writeValue(value) : ''}`, {
      activation: '',
    });
  return need(readActivationName(name, activationDefaults.kerasArgument));
}

function readConv(
  call: Call,
  library: Exclude<Library, 'onnx'>,
  context: CodeContext,
): [Conv2d, ActivationReading | null] {
  switch (library) {
    case 'pytorch':
      return [readPyTorch(call), null];
    case 'flax':
      return [readFlax(call, context), null];
    case 'keras': {
      const { conv, activation } = readKeras(call, context);
      return [conv, activation && readNamed(activation)];
    }
    default:
      return library satisfies never;
  }
}

const convNames: Readonly<Record<Exclude<Library, 'onnx'>, readonly string[]>> = {
  pytorch: ['Conv2d'],
  keras: ['Conv2D', 'Convolution2D', 'DepthwiseConv2D'],
  flax: ['Conv'],
};

/** `keras.Input(shape=(h, w, c))` says the channels. */
export function inputChannels(call: Call): number | null {
  const shape = call.keywords.find(({ name }) => name === 'shape')?.value ?? call.positional[0];
  return (shape && integersOf(shape)?.at(-1)) ?? null;
}

export function readParts(
  calls: readonly Call[],
  library: Exclude<Library, 'onnx'>,
  defaults: ActivationDefaults,
  context: CodeContext,
): Parts {
  const assembly = new Assembly();
  let inChannels = context.inChannels;
  for (const call of calls) {
    const name = baseName(call.name);
    if (convNames[library].includes(name)) {
      const [conv, activation] = readConv(call, library, { ...context, inChannels });
      assembly.addConv(conv, activation, call.name);
    } else if (isPyTorchPadding(call)) assembly.addPadding(readPyTorchPadding(call), call.name);
    else if (isFlaxPadding(call)) assembly.addPadding(readFlaxPadding(call), call.name);
    else if (name === 'ZeroPadding2D') assembly.addPadding(readKerasPadding(call), call.name);
    else if (name === 'Activation')
      assembly.addActivation(readNamed(call.positional[0] ?? call.keywords[0]?.value), call.name);
    else if (isActivation(call.name)) assembly.addActivation(need(readActivation(call, defaults)), call.name);
    else if (name === 'Input') inChannels = inputChannels(call) ?? inChannels;
    else refuseOtherLayer(call);
  }
  return assembly.finish();
}

const numberIn = (list: Value | undefined) =>
  list?.kind === 'list' && list.items[0]?.kind === 'number' ? list.items[0].value : null;

/** A Clip node is ReLU6 when its bounds, attributes or tensors in this order, are 0 and 6. */
export function readClip(call: Call, tensors: readonly (number | null)[]): ActivationReading {
  const attributes = attributesOf(call);
  const bound = (name: string, i: number) => {
    const value = attributes.get(name);
    return value?.kind === 'number' ? value.value : tensors[i];
  };
  if (bound('min', 0) === 0 && bound('max', 1) === 6) return { name: 'relu6', variant: null };
  return refuse('unknown-activation', 'Clip is ReLU6 between 0 and 6, and no activation otherwise', {
    activation: 'Clip',
  });
}

/** The operator of a node, and its inputs where the text lists them. */
function nodeOf(call: Call): { readonly operator: string; readonly inputs: number | null } {
  if (baseName(call.name) !== 'make_node') return { operator: baseName(call.name), inputs: null };
  const inputs = call.positional[1] ?? call.keywords.find(({ name }) => name === 'inputs')?.value;
  return { operator: stringOf(call.positional[0]) ?? '', inputs: inputs?.kind === 'list' ? inputs.items.length : null };
}

/** ONNX: nodes by `make_node` or as printed, with the tensors that they read; or attributes by themselves. */
export function readOnnxParts(statements: readonly Statement[], calls: readonly Call[], context: CodeContext): Parts {
  const assembly = new Assembly();
  let weights: readonly number[] | null = null;
  let amounts: readonly number[] | null = null;
  const scalars: (number | null)[] = [];
  let sigmoids = 0;
  for (const call of calls) {
    const { operator, inputs } = nodeOf(call);
    if (operator === 'make_tensor_value_info') weights = weightShapeOf(call) ?? weights;
    else if (operator === 'make_tensor') {
      const list = call.positional[3] ?? call.keywords.find(({ name }) => name === 'vals')?.value;
      const all = list ? integersOf(list) : null;
      if (all?.length === 8) amounts = all;
      else scalars.push(numberIn(list));
    } else if (operator === 'Pad') assembly.addPadding(readOnnxPadding(attributesOf(call), amounts), 'Pad');
    else if (operator === 'Conv')
      assembly.addConv(readOnnx(attributesOf(call), weights, inputs !== 2, context), null, 'Conv');
    else if (operator === 'Clip') assembly.addActivation(readClip(call, scalars), 'Clip');
    else if (operator === 'Mul' && sigmoids === 1) {
      // SiLU is x times sigmoid(x): two nodes.
      const { padding, conv } = assembly.finish();
      return { padding, conv, activation: { name: 'silu', variant: null } };
    } else if (isActivation(operator)) {
      sigmoids += operator === 'Sigmoid' ? 1 : 0;
      const keywords = call.keywords.filter(({ name }) => name === 'alpha' || name === 'approximate');
      const attributes: Call = { kind: 'call', name: operator, positional: [], keywords };
      assembly.addActivation(need(readActivation(attributes, activationDefaults.onnx)), operator);
    } else refuseOtherLayer({ ...call, name: operator });
  }
  const bare = bareAttributes(statements.filter(({ value }) => value.kind !== 'call'));
  if (bare.size > 0 && !calls.some((call) => nodeOf(call).operator === 'Conv')) {
    assembly.addConv(readOnnx(bare, weights, true, context), null, 'Conv');
  }
  return assembly.finish();
}
