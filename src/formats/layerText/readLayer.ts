/**
 * Pasted code → a layer: a convolution of PyTorch, Keras, Flax or ONNX, with the padding in front of it and the activation behind
 * it, or a refusal in the library's words. Where the text means something near that is offered, the refusal carries it.
 */

import type { ActivationName } from '../../operators/activation/attributes.ts';
import { type ActivationReading, activationDefaults } from '../../operators/activation/code.ts';
import { codeError } from '../../operators/callArguments.ts';
import { baseName, type Call, readStatements, type Statement } from '../../operators/callSyntax.ts';
import type { Conv2d } from '../../operators/conv2d/attributes.ts';
import { type CodeContext, joinPadding, type Library } from '../../operators/conv2d/code/code.ts';
import { isOnnxAttribute } from '../../operators/conv2d/code/onnx.ts';
import { sameSides } from '../../operators/conv2d/code/tensorflow.ts';
import { reading } from '../../operators/conv2d/code/values.ts';
import { attributeError, inputError } from '../../operators/conv2d/errors.ts';
import type { OperatorError, Result } from '../../operators/operator.ts';
import { layerCalls } from './flatten.ts';
import { type Parts, readOnnxParts, readParts } from './parts.ts';

export interface LayerReading {
  readonly conv: Conv2d;
  /** Null where the text says nothing of it: what is there stays. */
  readonly activation: ActivationName | null;
  readonly library: Library;
}

export interface LayerSuggestion {
  readonly code: /** TensorFlow's SAME, for PyTorch's 'same' with a stride. */
    | 'tensorflow-same'
    /** The same layer on the channels that the picture has. */
    | 'picture-channels'
    /** The variant of the activation that is offered. */
    | 'nearest-activation';
  readonly layer: LayerReading;
}

/** `message` is the library's own sentence, in English. */
export interface LayerTextError extends OperatorError {
  readonly suggestion: LayerSuggestion | null;
}

export type LayerTextResult = Result<LayerReading, LayerTextError>;

function refusal(error: OperatorError, suggestion: LayerSuggestion | null = null): LayerTextResult {
  return { ok: false, error: { ...error, suggestion } };
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
  const message = other ? `${other} is not a 2-D convolution layer` : 'there is no convolution in the text';
  return codeError('no-convolution', message, { name: other ?? '' }).error;
}

/** A picture has 1 to 4 channels; a layer from the middle of a network reads more. */
function onPictureChannels(conv: Conv2d, inChannels: number): Conv2d | null {
  if (conv.groups === 1) return { ...conv, inChannels };
  if (conv.groups !== conv.inChannels) return null;
  return { ...conv, inChannels, groups: inChannels, outChannels: (conv.outChannels / conv.groups) * inChannels };
}

function finish(parts: Parts, library: Library, context: CodeContext): LayerTextResult {
  const activation = parts.activation?.name ?? null;
  const layer = (conv: Conv2d): LayerReading => ({ conv, activation, library });
  const joined = reading(() => joinPadding(parts.padding, parts.conv));
  const wrong = attributeError(parts.conv);
  if (wrong?.code === 'same-with-stride') {
    const same = joinPadding(null, { ...parts.conv, padding: sameSides(parts.conv, context) });
    return refusal(wrong, { code: 'tensorflow-same', layer: layer(same) });
  }
  if (wrong) return refusal(wrong);
  if (!joined.ok) return refusal(joined.error);
  const conv = joined.value;
  const [height, width] = context.inputSize;
  if (conv.inChannels > 4) {
    const error = inputError(conv, [1, context.inChannels, height, width]);
    const near = onPictureChannels(conv, context.inChannels);
    if (error) return refusal(error, near && { code: 'picture-channels', layer: layer(near) });
  }
  const impossible = attributeError(conv) ?? inputError(conv, [1, conv.inChannels, height, width]);
  if (impossible) return refusal(impossible);
  return variantOf(parts.activation, layer(conv)) ?? { ok: true, value: layer(conv) };
}

/** An activation that is not quite one of ours is refused, with ours in its place. */
function variantOf(activation: ActivationReading | null, layer: LayerReading): LayerTextResult | null {
  if (!activation?.variant) return null;
  const { error } = codeError('activation-variant', activation.variant, { activation: activation.name });
  return refusal(error, { code: 'nearest-activation', layer });
}

/** Reads a pasted text. Never throws. */
export function readLayer(text: string, context: CodeContext): LayerTextResult {
  const statements = readStatements(text);
  if (!statements.ok) return refusal(statements.error);
  const { calls, isWhole } = layerCalls(statements.value);
  const library = libraryOf(statements.value, calls);
  if (!library) return refusal(noConvolution(calls));
  const parts = reading(() =>
    library === 'onnx'
      ? readOnnxParts(statements.value, calls, context)
      : readParts(calls, library, activationDefaults[library], context),
  );
  if (!parts.ok) return refusal(parts.error);
  const unsaid =
    isWhole && !parts.value.activation ? ({ name: 'none', variant: null } as const) : parts.value.activation;
  return finish({ ...parts.value, activation: unsaid }, library, context);
}
