/** The calls of PyTorch, Keras and Flax as a chain of operators. */
import {
  type ActivationReading,
  activationDefaults,
  isActivation,
  readActivation,
} from '../../../operators/activation/code.ts';
import { bindArguments } from '../../../operators/callArguments.ts';
import { baseName, type Call, type Value } from '../../../operators/callSyntax.ts';
import { type CodeContext, integersOf, need, readInteger } from '../../../operators/codeValues.ts';
import type { Library } from '../../../operators/conv2d/code/code.ts';
import { isFlaxPadding, readFlax, readFlaxPadding } from '../../../operators/conv2d/code/flax.ts';
import { readKeras, readKerasPadding } from '../../../operators/conv2d/code/keras.ts';
import { isPyTorchPadding, readPyTorch, readPyTorchPadding } from '../../../operators/conv2d/code/pytorch.ts';
import { readFlaxTransposed } from '../../../operators/convTranspose2d/code/flax.ts';
import { readKerasCropping, readKerasTransposed } from '../../../operators/convTranspose2d/code/keras.ts';
import { readPyTorchTransposed } from '../../../operators/convTranspose2d/code/pytorch.ts';
import { readPyTorchDeformable } from '../../../operators/deformConv2d/code.ts';
import { readFlaxLinear, readKerasLinear, readPyTorchLinear } from '../../../operators/linear/code.ts';
import { readFlaxLocal, readKerasLocal, readPyTorchLocal } from '../../../operators/locallyConnected2d/code.ts';
import { inputChannels, readNamed, refuseOtherLayer } from '../parts.ts';
import { Chain } from './chain.ts';
import { readKerasSeparable } from './kerasSeparable.ts';

export type ModuleLibrary = Exclude<Library, 'onnx'>;

/** Holders of weights and shapes that say nothing more about the layer. */
const passedOver = new Set(['Flatten', 'Parameter', 'Unflatten']);

const named = (activation: Value | null): ActivationReading | null => activation && readNamed(activation);

function features({ inChannels, inputSize }: CodeContext): number {
  return inChannels * inputSize[0] * inputSize[1];
}

function readShuffle(call: Call): number {
  const isFunction = baseName(call.name) === 'channel_shuffle';
  const parameters = isFunction ? ['input', 'groups'] : ['groups'];
  const name = isFunction ? 'channel_shuffle()' : 'ChannelShuffle.__init__()';
  return readInteger(need(bindArguments(call, { name, parameters, required: parameters.length })), 'groups', 1);
}

/** Each returns true where the call is one of its library's operators, which it has added. */
const operators: Readonly<Record<ModuleLibrary, (chain: Chain, call: Call, calls: readonly Call[]) => boolean>> = {
  pytorch(chain, call, calls) {
    switch (baseName(call.name)) {
      case 'Conv2d':
        chain.addOperator(readPyTorch(call), call.name);
        return true;
      case 'ConvTranspose2d':
        chain.addOperator(readPyTorchTransposed(call), call.name);
        return true;
      case 'DeformConv2d':
        chain.addOperator(readPyTorchDeformable(call), call.name);
        return true;
      case 'Linear':
        chain.addOperator(readPyTorchLinear(call), call.name);
        return true;
      case 'ChannelShuffle':
      case 'channel_shuffle':
        chain.addOperator({ kind: 'channel_shuffle', groups: readShuffle(call) }, call.name);
        return true;
      case 'unfold':
        chain.addOperator(readPyTorchLocal(call, calls, chain.context.inputSize), call.name);
        return true;
      default:
        return false;
    }
  },
  keras(chain, call) {
    const { context } = chain;
    switch (baseName(call.name)) {
      case 'Conv2D':
      case 'Convolution2D':
      case 'DepthwiseConv2D': {
        const { conv, activation } = readKeras(call, context);
        chain.addOperator(conv, call.name, named(activation));
        return true;
      }
      case 'SeparableConv2D':
      case 'SeparableConvolution2D': {
        const { depthwise, pointwise, activation } = readKerasSeparable(call, context);
        chain.addOperator(depthwise, call.name);
        chain.addOperator(pointwise, call.name, named(activation));
        return true;
      }
      case 'Conv2DTranspose':
      case 'Convolution2DTranspose': {
        const { conv, activation } = readKerasTransposed(call, context);
        chain.addOperator(conv, call.name, named(activation));
        return true;
      }
      case 'Dense': {
        const { linear, activation } = readKerasLinear(call, features(context));
        chain.addOperator(linear, call.name, named(activation));
        return true;
      }
      case 'LocallyConnected2D': {
        const { local, activation } = readKerasLocal(call, context);
        chain.addOperator(local, call.name, named(activation));
        return true;
      }
      default:
        return false;
    }
  },
  flax(chain, call) {
    switch (baseName(call.name)) {
      case 'Conv':
        chain.addOperator(readFlax(call, chain.context), call.name);
        return true;
      case 'ConvTranspose':
        chain.addOperator(readFlaxTransposed(call, chain.context), call.name);
        return true;
      case 'ConvLocal':
        chain.addOperator(readFlaxLocal(call, chain.context), call.name);
        return true;
      case 'Dense':
      case 'Linear':
        chain.addOperator(readFlaxLinear(call, features(chain.context)), call.name);
        return true;
      default:
        return false;
    }
  },
};

/** `Reshape((h, w, g, n))`, `Permute((1, 2, 4, 3))`, `jnp.reshape(x, (...))`, `jnp.swapaxes(x, -1, -2)`: their numbers, or null. */
function moveOf(call: Call): readonly number[] | null {
  const isOfJax = /^(jnp|jax\.numpy|np|numpy)\.(reshape|transpose|swapaxes)$/.test(call.name);
  if (!isOfJax && !/^(Reshape|Permute)$/.test(baseName(call.name))) return null;
  const values = [...call.positional, ...call.keywords.map(({ value }) => value)].slice(isOfJax ? 1 : 0);
  if (baseName(call.name) === 'swapaxes') {
    const axes = integersOf({ kind: 'list', items: values });
    return axes && [...axes].sort((a, b) => b - a);
  }
  return values[0] ? integersOf(values[0]) : null;
}

function paddingOf(call: Call, library: ModuleLibrary) {
  if (library === 'pytorch' && isPyTorchPadding(call)) return readPyTorchPadding(call);
  if (library === 'flax' && isFlaxPadding(call)) return readFlaxPadding(call);
  if (baseName(call.name) === 'ZeroPadding2D') return readKerasPadding(call);
  if (baseName(call.name) !== 'Cropping2D') return null;
  const { top, bottom, left, right } = readKerasCropping(call);
  return { mode: 'zeros' as const, sides: { top: -top, bottom: -bottom, left: -left, right: -right } };
}

export function readModuleChain(calls: readonly Call[], library: ModuleLibrary, context: CodeContext): Chain {
  const chain = new Chain(context);
  for (const call of calls) {
    const name = baseName(call.name);
    const padding = paddingOf(call, library);
    const move = moveOf(call);
    if (operators[library](chain, call, calls)) continue;
    if (padding) chain.addPadding(padding, call.name);
    else if (move) chain.addMove(move);
    else if (name === 'Activation')
      chain.addActivation(readNamed(call.positional[0] ?? call.keywords[0]?.value), call.name);
    else if (isActivation(call.name))
      chain.addActivation(need(readActivation(call, activationDefaults[library])), call.name);
    else if (name === 'Input') chain.setInChannels(inputChannels(call) ?? context.inChannels);
    else if (!passedOver.has(name)) refuseOtherLayer(call);
  }
  return chain;
}
