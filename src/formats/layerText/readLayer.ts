/**
 * Pasted code → a layer: a convolution of PyTorch, Keras, Flax or ONNX, with the padding in front of it and the activation behind
 * it, or a refusal in the library's words. Where the text means something near that is offered, the refusal carries it.
 */

import type { ActivationName } from '../../operators/activation/attributes.ts';
import { activationDefaults } from '../../operators/activation/code.ts';
import { codeError } from '../../operators/callArguments.ts';
import { baseName, type Call, readStatements, type Statement } from '../../operators/callSyntax.ts';
import { type CodeContext, reading } from '../../operators/codeValues.ts';
import type { Conv2d } from '../../operators/conv2d/attributes.ts';
import { attributeIn, joinPadding, type Library } from '../../operators/conv2d/code/code.ts';
import { isOnnxAttribute } from '../../operators/conv2d/code/onnx.ts';
import { sameSides } from '../../operators/conv2d/code/tensorflow.ts';
import { attributeError, inputError } from '../../operators/conv2d/errors.ts';
import { beyondRange, constrain, type Moved } from '../../operators/conv2d/limits.ts';
import type { OperatorError, Result } from '../../operators/operator.ts';
import { layerCalls } from './flatten.ts';
import { type Parts, readOnnxParts, readParts } from './parts.ts';

export interface LayerReading {
  readonly conv: Conv2d;
  /** A text without an activation is a layer without one, as it would be in its library. */
  readonly activation: ActivationName;
  readonly library: Library;
}

export interface LayerSuggestion {
  readonly code: /** TensorFlow's SAME, for PyTorch's 'same' with a stride. */
    | 'tensorflow-same'
    /** The nearest values that can be shown. */
    | 'nearest-values'
    /** The same layer on the channels that the picture has. */
    | 'picture-channels'
    /** The variant of the activation that is offered. */
    | 'nearest-activation';
  readonly layer: LayerReading;
  /** The values of the text that the offered layer does not have because they are out of range. */
  readonly moved: readonly Moved[];
}

/** `message` is the library's own sentence, in English; where the page itself refuses (`isOurs`) the code's translation says it all. */
export interface LayerTextError extends OperatorError {
  readonly isOurs: boolean;
  readonly suggestion: LayerSuggestion | null;
}

/** What every library takes, or none has a sentence for. */
export const ourCodes: ReadonlySet<string> = new Set([
  'no-convolution',
  'other-convolution',
  'two-convolutions',
  'order',
  'other-layer',
  'beyond-range',
  'activation-variant',
  'constant-padding',
]);

export type LayerTextResult = Result<LayerReading, LayerTextError>;

function refusal(error: OperatorError, suggestion: LayerSuggestion | null = null): LayerTextResult {
  return { ok: false, error: { ...error, isOurs: ourCodes.has(error.code), suggestion } };
}

/** Which library the text is of, by the convolution that it constructs. */
function libraryOf(statements: readonly Statement[], calls: readonly Call[]): Library | null {
  for (const call of calls) {
    const name = baseName(call.name);
    if (name === 'make_node') return 'onnx';
    if (name === 'Conv2d') return 'pytorch';
    if (name === 'Conv2D' || name === 'Convolution2D' || name === 'DepthwiseConv2D') return 'keras';
    if (name === 'Conv') return call.keywords.some((keyword) => isOnnxAttribute(keyword.name)) ? 'onnx' : 'flax';
  }
  return statements.some(({ target }) => isOnnxAttribute(target)) ? 'onnx' : null;
}

function noConvolution(calls: readonly Call[]): OperatorError {
  const other = calls.find((call) => /conv/i.test(call.name))?.name;
  return other
    ? codeError('other-convolution', `${other} is not a 2-D convolution layer`, { name: other }).error
    : codeError('no-convolution', 'there is no convolution in the text').error;
}

/** A picture has 1 to 4 channels; a layer from the middle of a network reads more. */
function onPictureChannels(conv: Conv2d, inChannels: number): Conv2d | null {
  if (conv.groups === 1) return { ...conv, inChannels };
  if (conv.groups !== conv.inChannels) return null;
  return { ...conv, inChannels, groups: inChannels, outChannels: (conv.outChannels / conv.groups) * inChannels };
}

function finish(parts: Parts, library: Library, context: CodeContext): LayerTextResult {
  const activation = parts.activation?.name ?? 'none';
  const offer = (code: LayerSuggestion['code'], near: Conv2d): LayerSuggestion => {
    // With `groups` named, out_channels moves to a multiple of it.
    const { conv, moved } = constrain(near, { groups: near.groups }, context);
    return { code, layer: { conv, activation, library }, moved };
  };
  const joined = reading(() => joinPadding(parts.padding, parts.conv));
  const wrong = attributeError(parts.conv);
  if (wrong?.code === 'same-with-stride') {
    const same = joinPadding(null, { ...parts.conv, padding: sameSides(parts.conv, context) });
    return refusal(wrong, offer('tensorflow-same', same));
  }
  if (wrong) return refusal(wrong);
  if (!joined.ok) return refusal(joined.error);
  const conv = joined.value;
  const [height, width] = context.inputSize;
  if (conv.inChannels > 4) {
    const error = inputError(conv, [1, context.inChannels, height, width]);
    const near = onPictureChannels(conv, context.inChannels);
    if (error) return refusal(error, near && offer('picture-channels', near));
  }
  const impossible = attributeError(conv) ?? inputError(conv, [1, conv.inChannels, height, width]);
  if (impossible) return refusal(impossible);
  if (parts.activation?.variant) {
    // An activation that is not quite one of ours is refused, with ours in its place.
    const { variant } = parts.activation;
    const { error } = codeError('activation-variant', `${variant} is not offered`, { variant, activation });
    return refusal(error, offer('nearest-activation', conv));
  }
  const beyond = tooLarge(conv, library);
  if (beyond) return refusal(beyond, offer('nearest-values', conv));
  return { ok: true, value: { conv, activation, library } };
}

/** The values that every library takes and this page cannot show, by the library's own names; or null. */
function tooLarge(conv: Conv2d, library: Library): OperatorError | null {
  const beyond = beyondRange(conv).map(
    ({ attribute, value, min, max }) => `${attributeIn(library, attribute)}=${value} (${min}–${max})`,
  );
  if (beyond.length === 0) return null;
  const values = beyond.join(', ');
  return codeError('beyond-range', `beyond Explore's range: ${values}`, { values }).error;
}

/** Reads a pasted text. Never throws. */
export function readLayer(text: string, context: CodeContext): LayerTextResult {
  const statements = readStatements(text);
  if (!statements.ok) return refusal(statements.error);
  const calls = layerCalls(statements.value);
  const library = libraryOf(statements.value, calls);
  if (!library) return refusal(noConvolution(calls));
  const parts = reading(() =>
    library === 'onnx'
      ? readOnnxParts(statements.value, calls, context)
      : readParts(calls, library, activationDefaults[library], context),
  );
  if (!parts.ok) return refusal(parts.error);
  return finish(parts.value, library, context);
}
