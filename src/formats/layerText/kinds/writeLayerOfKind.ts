/**
 * A layer of any kind → code of each library, with the activation behind it. `readLayerOfKind` reads each text back to the same layer;
 * where a library cannot say it, the text begins with comments that say so and is the nearest that the library has.
 */
import type { Layer } from '../../../graph/layers/layer.ts';
import type { ActivationName } from '../../../operators/activation/attributes.ts';
import type { Library } from '../../../operators/conv2d/code/code.ts';
import type { Pair } from '../../../operators/operator.ts';
import { writeLayer } from '../writeLayer.ts';
import { isLossless, type KindCode, type KindNote, noteComment, type OtherLayer } from './notes.ts';
import { writeFlaxKind } from './writeFlaxKind.ts';
import { writeKerasKind } from './writeKerasKind.ts';
import { writeOnnxKind } from './writeOnnxKind.ts';
import { writePyTorchKind } from './writePyTorchKind.ts';

export interface KindText {
  readonly text: string;
  /** The text reads back to the same layer. */
  readonly lossless: boolean;
  /** What is to be said of it, each once; the text itself says it too, in English. */
  readonly notes: readonly KindNote[];
}

function codeOf(layer: OtherLayer, activation: ActivationName, library: Library, inputSize: Pair): KindCode {
  switch (library) {
    case 'pytorch':
      return writePyTorchKind(layer, activation);
    case 'keras':
      return writeKerasKind(layer, activation, inputSize);
    case 'flax':
      return writeFlaxKind(layer, activation, inputSize);
    case 'onnx':
      return writeOnnxKind(layer, activation, inputSize);
    default:
      library satisfies never;
      throw new Error('unknown library');
  }
}

/** `inputSize`: height and width of what the layer reads; a channel shuffle is written with the sizes of the maps that it moves. */
export function writeLayerOfKind(
  layer: Layer,
  activation: ActivationName,
  library: Library,
  inputSize: Pair,
): KindText {
  if (layer.kind === 'standard') return writeLayer(layer.conv, activation, library);
  const { code, notes: all } = codeOf(layer, activation, library, inputSize);
  const notes = [...new Set(all)];
  const comments = notes.map((note) => noteComment(note, layer, library));
  return { text: [...comments, code].join('\n'), lossless: isLossless(notes), notes };
}
