/**
 * A layer → code of each library, with a padding layer in front where the call cannot say the padding, and the activation behind.
 * `readLayer` reads each text back to the same layer; where a library cannot say it, the text begins with comments that say so.
 */
import type { ActivationName } from '../../operators/activation/attributes.ts';
import {
  kerasArgument,
  kerasLayer,
  writeFlaxActivation,
  writeOnnxActivation,
} from '../../operators/activation/code.ts';
import type { Conv2d } from '../../operators/conv2d/attributes.ts';
import type { CopyNote, Library } from '../../operators/conv2d/code/code.ts';
import { writeFlax } from '../../operators/conv2d/code/flax.ts';
import { writeKeras } from '../../operators/conv2d/code/keras.ts';
import { writeOnnx } from '../../operators/conv2d/code/onnx.ts';
import { contained, writePyTorchLayer } from './writePyTorchLayer.ts';

export interface LayerText {
  readonly text: string;
  /** The text reads back to the same layer. */
  readonly lossless: boolean;
  /** Why not, each reason; the text itself says them too, in English. */
  readonly notes: readonly CopyNote[];
}

const present = (parts: readonly (string | null)[]) => parts.filter((part) => part !== null);

function comment(note: CopyNote, conv: Conv2d): string {
  switch (note) {
    case 'keras-padding-mode':
      return `# Keras has no layer for padding_mode='${conv.paddingMode}': the border here is zeros instead.`;
    case 'keras-strided-dilation':
      return '# Keras refuses strides above 1 together with dilation_rate above 1: this layer cannot be built there.';
    default:
      return note satisfies never;
  }
}

function keras(conv: Conv2d, activation: ActivationName): LayerText {
  const { padding, conv: call, notes } = writeKeras(conv, kerasArgument(activation));
  const code = contained(present([padding, call, kerasLayer(activation)]), 'keras.Sequential([', '])');
  const comments = notes.map((note) => comment(note, conv));
  return { text: [...comments, code].join('\n'), lossless: notes.length === 0, notes };
}

function flax(conv: Conv2d, activation: ActivationName): LayerText {
  const { padding, conv: call } = writeFlax(conv);
  const applied = writeFlaxActivation(activation);
  const steps = present([padding, padding || applied ? `${call}(x)` : null, applied]);
  const text = steps.length === 0 ? call : steps.map((step) => `x = ${step}`).join('\n');
  return { text, lossless: true, notes: [] };
}

function onnx(conv: Conv2d, activation: ActivationName): LayerText {
  const lines = [
    ...writeOnnx(conv, { input: 'x', output: activation === 'none' ? 'y' : 'z', prefix: '' }),
    ...writeOnnxActivation(activation),
  ];
  return { text: lines.join('\n'), lossless: true, notes: [] };
}

export function writeLayer(conv: Conv2d, activation: ActivationName, library: Library): LayerText {
  switch (library) {
    case 'pytorch':
      return { text: writePyTorchLayer(conv, activation), lossless: true, notes: [] };
    case 'keras':
      return keras(conv, activation);
    case 'flax':
      return flax(conv, activation);
    case 'onnx':
      return onnx(conv, activation);
    default:
      return library satisfies never;
  }
}
