/**
 * Pasted code → a layer of any kind, in any of the libraries, or a refusal in the library's words. A convolution by itself is read as
 * Explore reads it (`readLayer`), with its ranges and its offers.
 */
import type { Layer } from '../../../graph/layers/layer.ts';
import type { ActivationName } from '../../../operators/activation/attributes.ts';
import { codeError } from '../../../operators/callArguments.ts';
import { baseName, type Call, readStatements, type Statement, type Value } from '../../../operators/callSyntax.ts';
import { type CodeContext, reading, stringOf } from '../../../operators/codeValues.ts';
import type { Library } from '../../../operators/conv2d/code/code.ts';
import { isOnnxAttribute } from '../../../operators/conv2d/code/onnx.ts';
import type { Moved } from '../../../operators/conv2d/limits.ts';
import type { OperatorError, Result } from '../../../operators/operator.ts';
import { layerCalls } from '../flatten.ts';
import { type LayerReading, type LayerSuggestion, ourCodes, readLayer } from '../readLayer.ts';
import { assemble, needOutput } from './assemble.ts';
import { readModuleChain } from './moduleChain.ts';
import { readOnnxChain } from './onnxChain.ts';

export interface KindReading {
  readonly layer: Layer;
  /** Behind the layer. */
  readonly activation: ActivationName;
  readonly library: Library;
}

export interface KindSuggestion {
  readonly code: LayerSuggestion['code'];
  readonly reading: KindReading;
  readonly moved: readonly Moved[];
}

/** `message` is the library's own sentence, in English; where the page itself refuses (`isOurs`) the code's translation says it all. */
export interface KindTextError extends OperatorError {
  readonly isOurs: boolean;
  readonly suggestion: KindSuggestion | null;
}

export type KindTextResult = Result<KindReading, KindTextError>;

/** What no library has a sentence for, beside what the reader of a convolution refuses. */
const kindCodes: ReadonlySet<string> = new Set([
  'other-chain',
  'activation-between',
  'shuffle-groups-differ',
  'no-offsets',
  'offset-groups-differ',
  'transposed-padding',
  'transposed-circular',
  'gemm-scaled',
]);

function refusal(error: OperatorError, suggestion: KindSuggestion | null = null): KindTextResult {
  const { code, values, message } = error;
  return { ok: false, error: { code, values, message, isOurs: ourCodes.has(code) || kindCodes.has(code), suggestion } };
}

const plain = new Set(['Conv2d', 'Conv2D', 'Convolution2D', 'DepthwiseConv2D', 'Conv']);

/** The library of each operator beyond the convolution; Flax's and Keras's Dense differ in how they are called. */
const others: ReadonlyMap<string, Library> = new Map([
  ['ConvTranspose2d', 'pytorch'],
  ['DeformConv2d', 'pytorch'],
  ['ChannelShuffle', 'pytorch'],
  ['Linear', 'pytorch'],
  ['unfold', 'pytorch'],
  ['SeparableConv2D', 'keras'],
  ['SeparableConvolution2D', 'keras'],
  ['Conv2DTranspose', 'keras'],
  ['Convolution2DTranspose', 'keras'],
  ['LocallyConnected2D', 'keras'],
  ['Dense', 'keras'],
  ['ConvTranspose', 'flax'],
  ['ConvLocal', 'flax'],
  ['Gemm', 'onnx'],
  ['DeformConv', 'onnx'],
] as const);

const operatorOf = (call: Call) =>
  baseName(call.name) === 'make_node' ? (stringOf(call.positional[0]) ?? '') : baseName(call.name);

/** Which library the text is of, by its operators; null where it has none. */
function libraryOf(calls: readonly Call[]): Library | null {
  for (const call of calls) {
    const name = baseName(call.name);
    if (name === 'make_node') return 'onnx';
    if (name === 'Conv2d') return 'pytorch';
    if (name === 'Conv2D' || name === 'Convolution2D' || name === 'DepthwiseConv2D') return 'keras';
    const isOnnx = call.keywords.some((keyword) => isOnnxAttribute(keyword.name));
    if (name === 'Conv' || name === 'ConvTranspose') return isOnnx ? 'onnx' : 'flax';
    if (name === 'Linear' && call.name.startsWith('nnx.')) return 'flax';
    const isFlaxDense = /^(nn|linen|nnx|flax\.linen)\.Dense$/.test(call.name);
    if (name === 'Dense' && (isFlaxDense || call.keywords.some((keyword) => keyword.name === 'features')))
      return 'flax';
    const library = others.get(name);
    if (library) return library;
  }
  return null;
}

/** The calls inside of a value, its own included. */
function callsIn(value: Value): readonly Call[] {
  if (value.kind === 'list') return value.items.flatMap(callsIn);
  if (value.kind !== 'call') return [];
  return [value, ...[...value.positional, ...value.keywords.map((keyword) => keyword.value)].flatMap(callsIn)];
}

/**
 * Where a DeformConv2d is applied: whether it is given a mask, and the variable of the mask. Null where the text makes the module
 * alone.
 */
function maskOf(statements: readonly Statement[]): { readonly isGiven: boolean; readonly name: string | null } | null {
  const made = statements.find(({ value }) => value.kind === 'call' && baseName(value.name) === 'DeformConv2d');
  if (!made?.target) return null;
  const variable = baseName(made.target);
  const applied = statements.flatMap(({ value }) => callsIn(value)).find((call) => baseName(call.name) === variable);
  if (!applied) return null;
  const mask = applied.positional[2] ?? applied.keywords.find(({ name }) => name === 'mask')?.value;
  return {
    isGiven: mask !== undefined && mask.kind !== 'none',
    name: mask?.kind === 'name' ? mask.name : null,
  };
}

function fromStandard({ conv, activation, library }: LayerReading): KindReading {
  return { layer: { kind: 'standard', conv }, activation, library };
}

function readStandard(text: string, context: CodeContext): KindTextResult {
  const result = readLayer(text, context);
  if (result.ok) return { ok: true, value: fromStandard(result.value) };
  const { suggestion, ...error } = result.error;
  return refusal(
    error,
    suggestion && { code: suggestion.code, reading: fromStandard(suggestion.layer), moved: suggestion.moved },
  );
}

function readChain(statements: readonly Statement[], library: Library, context: CodeContext): KindTextResult {
  const mask = maskOf(statements);
  // The sigmoid of a mask is the layer's own.
  const isOfMask = ({ target }: Statement) => mask !== null && mask.name !== null && target === mask.name;
  const calls = layerCalls(statements.filter((statement) => !isOfMask(statement)));
  const result = reading(() => {
    const chain = library === 'onnx' ? readOnnxChain(calls, context) : readModuleChain(calls, library, context);
    const links = chain.finish();
    const layer = assemble(links, library === 'onnx' ? 'said' : (mask?.isGiven ?? null));
    needOutput(layer, [1, context.inChannels, ...context.inputSize]);
    return { layer, activation: links.at(-1)?.activation ?? null };
  });
  if (!result.ok) return refusal(result.error);
  const { layer, activation } = result.value;
  const read: KindReading = { layer, activation: activation?.name ?? 'none', library };
  if (!activation?.variant) return { ok: true, value: read };
  const { variant, name } = activation;
  const { error } = codeError('activation-variant', `${variant} is not offered`, { variant, activation: name });
  return refusal(error, { code: 'nearest-activation', reading: read, moved: [] });
}

/**
 * Reads a pasted text for a place in a network: what reaches the layer is `context`'s. Never throws. Two operators that are both
 * kinds at once, as 3 x 1 of one channel and then 1 x 1, are read as depthwise separable.
 */
export function readLayerOfKind(text: string, context: CodeContext): KindTextResult {
  const statements = readStatements(text);
  if (!statements.ok) return refusal(statements.error);
  const calls = layerCalls(statements.value);
  const names = calls.map(operatorOf);
  const isStandard = !names.some((name) => others.has(name)) && names.filter((name) => plain.has(name)).length < 2;
  const library = isStandard ? null : libraryOf(calls);
  return library === null ? readStandard(text, context) : readChain(statements.value, library, context);
}
