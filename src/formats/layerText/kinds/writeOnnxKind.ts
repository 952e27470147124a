/** A layer of any kind but the convolution by itself → ONNX: statements of `onnx.helper` from "x" to "y", each tensor with a name of its own. */
import type { Layer } from '../../../graph/layers/layer.ts';
import type { ActivationName } from '../../../operators/activation/attributes.ts';
import { writeOnnxActivation } from '../../../operators/activation/code.ts';
import { writeOnnx } from '../../../operators/conv2d/code/onnx.ts';
import { writeOnnxTransposed } from '../../../operators/convTranspose2d/code/onnx.ts';
import { writeOnnxDeformable } from '../../../operators/deformConv2d/code.ts';
import { writeOnnxLinear } from '../../../operators/linear/code.ts';
import type { Pair } from '../../../operators/operator.ts';
import type { KindCode, KindNote, OtherLayer } from './notes.ts';
import { plainConv } from './plainConv.ts';
import { shuffleSizes } from './shuffleSizes.ts';

/** The activation between two operators, from `middle` to `activated`: its tensors get names of their own. */
function between(activation: ActivationName): readonly string[] {
  const names: Readonly<Record<string, string>> = { z: 'middle', y: 'activated' };
  return writeOnnxActivation(activation).map((line) =>
    line.replace(/"(z|y|s|zero|six)"/g, (_, name: string) => `"${names[name] ?? `middle_${name}`}"`),
  );
}

function shuffle(layer: Extract<Layer, { readonly kind: 'shuffled' }>, inputSize: Pair): readonly string[] {
  const { height, width, channels, groups, members } = shuffleSizes(layer, inputSize);
  return [
    `helper.make_tensor("split_shape", TensorProto.INT64, [5], [-1, ${groups}, ${members}, ${height}, ${width}])`,
    `helper.make_tensor("joined_shape", TensorProto.INT64, [4], [-1, ${channels}, ${height}, ${width}])`,
    'helper.make_node("Reshape", ["middle", "split_shape"], ["split"])',
    'helper.make_node("Transpose", ["split"], ["exchanged"], perm=[0, 2, 1, 3, 4])',
    'helper.make_node("Reshape", ["exchanged", "joined_shape"], ["shuffled"])',
  ];
}

function deformable(layer: Extract<Layer, { readonly kind: 'deformable' }>, output: string): readonly string[] {
  const { conv, offsets } = layer;
  const perMask = offsets.outChannels / 3;
  const cut = [
    `helper.make_tensor("sizes", TensorProto.INT64, [2], [${2 * perMask}, ${perMask}])`,
    'helper.make_node("Split", ["maps", "sizes"], ["offset", "logits"], axis=1)',
    'helper.make_node("Sigmoid", ["logits"], ["mask"])',
  ];
  return [
    ...writeOnnx(offsets, { input: 'x', output: conv.hasMask ? 'maps' : 'offset', prefix: 'offset_' }),
    ...(conv.hasMask ? cut : []),
    ...writeOnnxDeformable(conv, output),
  ];
}

function linesOf(
  layer: OtherLayer,
  output: string,
  inputSize: Pair,
): { readonly lines: readonly string[]; readonly note?: KindNote } {
  const first = { input: 'x', output: 'middle', prefix: 'first_' };
  const last = { input: 'middle', output, prefix: '' };
  switch (layer.kind) {
    case 'separable': {
      const input = layer.between === 'none' ? 'middle' : 'activated';
      return {
        lines: [
          ...writeOnnx(layer.depthwise, first),
          ...between(layer.between),
          ...writeOnnx(layer.pointwise, { ...last, input }),
        ],
      };
    }
    case 'spatially_separable':
      return { lines: [...writeOnnx(layer.vertical, first), ...writeOnnx(layer.horizontal, last)] };
    case 'shuffled':
      return {
        lines: [
          ...writeOnnx(layer.first, first),
          ...shuffle(layer, inputSize),
          ...writeOnnx(layer.second, { ...last, input: 'shuffled' }),
        ],
      };
    case 'transposed':
      return { lines: writeOnnxTransposed(layer.conv, output) };
    case 'linear':
      return {
        lines: [
          'helper.make_node("Flatten", ["x"], ["flat"], axis=1)',
          ...writeOnnxLinear(layer.linear, 'flat', output),
        ],
      };
    case 'deformable':
      return { lines: deformable(layer, output) };
    case 'locally_connected':
      return { lines: writeOnnx(plainConv(layer.local), { ...last, input: 'x' }), note: 'no-local' };
    default:
      layer satisfies never;
      throw new Error('unknown kind of layer');
  }
}

export function writeOnnxKind(layer: OtherLayer, activation: ActivationName, inputSize: Pair): KindCode {
  const { lines, note } = linesOf(layer, activation === 'none' ? 'y' : 'z', inputSize);
  return { code: [...lines, ...writeOnnxActivation(activation)].join('\n'), notes: note ? [note] : [] };
}
