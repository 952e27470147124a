/**
 * The layers of a sample as an ONNX model, written by hand (onnx.proto3). Weights are initializers, so that a runtime may repack them
 * once.
 */
import type { PerSide } from '../../src/operators/operator.ts';
import { elementsOf, type FilledStep, inputName } from '../sample/steps.ts';
import type { Sample } from '../sample/workload.ts';
import { bytes, join, whole } from './protobuf.ts';

const float = 1;
const int64 = 7;

/** TensorProto: dims 1, data_type 2, name 8, raw_data 9. */
function tensor(name: string, dims: readonly number[], values: Float32Array | BigInt64Array): Uint8Array {
  const raw = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const type = values instanceof Float32Array ? float : int64;
  return join([...dims.map((size) => whole(1, size)), whole(2, type), bytes(8, name), bytes(9, raw)]);
}

/** AttributeProto: name 1, i 3, ints 8, type 20 (INT 2, INTS 7). */
function attribute(name: string, value: number | readonly number[]): Uint8Array {
  if (typeof value === 'number') return join([bytes(1, name), whole(3, value), whole(20, 2)]);
  return join([bytes(1, name), ...value.map((item) => whole(8, item)), whole(20, 7)]);
}

/** ValueInfoProto: name 1, type 2 { tensor_type 1 { elem_type 1, shape 2 { dim 1 { dim_value 1 } } } }. */
function valueInfo(name: string, dims: readonly number[]): Uint8Array {
  const shape = join(dims.map((size) => bytes(1, whole(1, size))));
  return join([bytes(1, name), bytes(2, bytes(1, join([whole(1, float), bytes(2, shape)])))]);
}

/** NodeProto: input 1, output 2, op_type 4, attribute 5. */
function node(
  type: string,
  inputs: readonly string[],
  output: string,
  attributes: Readonly<Record<string, number | readonly number[]>>,
): Uint8Array {
  return join([
    ...inputs.map((name) => bytes(1, name)),
    bytes(2, output),
    bytes(4, type),
    ...Object.entries(attributes).map(([name, value]) => bytes(5, attribute(name, value))),
  ]);
}

const pads = ({ top, left, bottom, right }: PerSide) => [top, left, bottom, right];

/** Nodes and initializers. */
interface Part {
  readonly nodes: readonly Uint8Array[];
  readonly initializers: readonly Uint8Array[];
}

/** A node alone. */
const bare = (one: Uint8Array): Part => ({ nodes: [one], initializers: [] });

/**
 * The nodes of one step, which read `sources` and `extra` and write `to`; `isFlat`: the first of them is [N, C]. Throws where ONNX has no
 * operator for its kind.
 */
function partOf(
  { layer, inputs, parameters }: FilledStep,
  sources: readonly string[],
  to: string,
  extra: readonly string[],
  isFlat: boolean,
): Part {
  const from = sources[0]!;
  const [weight, bias] = [`${to} weight`, `${to} bias`];
  const learned = (dims: readonly number[]): readonly Uint8Array[] => {
    if (!parameters) throw new Error(`${layer.kind} without weights`);
    return [tensor(weight, dims, parameters.weight), tensor(bias, [parameters.bias.length], parameters.bias)];
  };
  switch (layer.kind) {
    case 'conv2d':
    case 'conv_transpose2d':
    case 'deform_conv2d': {
      const { inChannels, outChannels, groups } = layer;
      const window = {
        kernel_shape: layer.kernelSize,
        strides: layer.stride,
        pads: pads(layer.padding),
        dilations: layer.dilation,
        group: groups,
      };
      if (layer.kind === 'conv_transpose2d') {
        const attributes = { ...window, output_padding: layer.outputPadding };
        return {
          nodes: [node('ConvTranspose', [from, weight, bias], to, attributes)],
          initializers: learned([inChannels, outChannels / groups, ...layer.kernelSize]),
        };
      }
      const initializers = learned([outChannels, inChannels / groups, ...layer.kernelSize]);
      if (layer.kind === 'conv2d') return { nodes: [node('Conv', [from, weight, bias], to, window)], initializers };
      const [offset = '', mask = ''] = extra;
      const attributes = { ...window, offset_group: layer.offsetGroups };
      return { nodes: [node('DeformConv', [from, weight, offset, bias, mask], to, attributes)], initializers };
    }
    case 'linear':
      return {
        nodes: [
          ...(isFlat ? [] : [node('Flatten', [from], `${to} flat`, {})]),
          node('Gemm', [isFlat ? from : `${to} flat`, weight, bias], to, { transB: 1 }),
        ],
        initializers: learned([layer.outFeatures, layer.inFeatures]),
      };
    case 'activation': {
      if (layer.function === 'relu') return bare(node('Relu', [from], to, {}));
      const limits = [`${to} least`, `${to} most`] as const;
      return {
        nodes: [node('Clip', [from, ...limits], to, {})],
        initializers: limits.map((name, i) => tensor(name, [], new Float32Array([6 * i]))),
      };
    }
    case 'pool2d': {
      const attributes = { kernel_shape: layer.kernelSize, strides: layer.stride, pads: pads(layer.padding) };
      return bare(node('MaxPool', [from], to, attributes));
    }
    case 'adaptive_pool2d':
      return bare(node('GlobalAveragePool', [from], to, {}));
    case 'arithmetic':
      return bare(node('Add', sources, to, {}));
    case 'concat':
      return bare(node('Concat', sources, to, { axis: layer.axis }));
    case 'reshape':
      return bare(node('Flatten', [from], to, {}));
    case 'channel_shuffle': {
      const [, channels, height, width] = inputs[0]!;
      const shapes = [
        [1, layer.groups, channels / layer.groups, height, width],
        [1, channels, height, width],
      ];
      const names = shapes.map((_, i) => `${to} shape ${i}`);
      return {
        nodes: [
          node('Reshape', [from, names[0]!], `${to} split`, {}),
          node('Transpose', [`${to} split`], `${to} turned`, { perm: [0, 2, 1, 3, 4] }),
          node('Reshape', [`${to} turned`, names[1]!], to, {}),
        ],
        initializers: shapes.map((dims, i) => tensor(names[i]!, [dims.length], BigInt64Array.from(dims, BigInt))),
      };
    }
    case 'locally_connected2d':
      throw new Error('ONNX has no locally connected layer');
    default:
      layer satisfies never;
      throw new Error('unknown layer');
  }
}

/** What a model reads, by name. */
export interface ModelInput {
  readonly name: string;
  readonly dims: readonly number[];
  readonly values: Float32Array<ArrayBuffer>;
}

/** What a model reads: the sample's maps and, beside them, the offsets and masks of its deformable convolutions. A fully connected layer reads [N, C]. */
export function modelInputs(sample: Sample): readonly ModelInput[] {
  const { steps, shape, input } = sample;
  const extra = steps.flatMap((step) =>
    step.extra.map((dims, at) => ({ name: extraName(step, at), dims, values: step.extraValues[at]! })),
  );
  const dims = flatNames(sample).has(inputName) ? shape.slice(0, 2) : shape;
  return [{ name: inputName, dims, values: input }, ...extra];
}

const extraName = ({ id }: FilledStep, at: number) => `${id} extra ${at}`;

/** Whose maps are [N, C] in the model. */
function flatNames({ steps }: Sample): ReadonlySet<string> {
  const flat = new Set(steps[0]?.layer.kind === 'linear' ? [inputName] : []);
  for (const { id, layer, from } of steps) {
    const isFlat =
      layer.kind === 'activation' ? flat.has(from[0]!) : layer.kind === 'linear' || layer.kind === 'reshape';
    if (isFlat) flat.add(id);
  }
  return flat;
}

/** A model with the inputs of `modelInputs` and output `y`, NCHW. */
export function modelOf(sample: Sample): Uint8Array<ArrayBuffer> {
  const { steps, outputShape } = sample;
  const flat = flatNames(sample);
  const last = steps.at(-1)!.id;
  const nameOf = (id: string) => (id === last ? 'y' : id);
  const parts = steps.map((step) =>
    partOf(
      step,
      step.from.map(nameOf),
      nameOf(step.id),
      step.extra.map((_, at) => extraName(step, at)),
      flat.has(step.from[0]!),
    ),
  );
  const isFlat = flat.has(last);
  // GraphProto: node 1, name 2, initializer 5, input 11, output 12.
  const graph = join([
    ...parts.flatMap(({ nodes }) => nodes.map((one) => bytes(1, one))),
    bytes(2, 'layers'),
    ...parts.flatMap(({ initializers }) => initializers.map((one) => bytes(5, one))),
    ...modelInputs(sample).map(({ name, dims }) => bytes(11, valueInfo(name, dims))),
    bytes(12, valueInfo('y', isFlat ? [1, elementsOf(outputShape)] : outputShape)),
  ]);
  // ModelProto: ir_version 1, opset_import 8 { domain 1, version 2 }, graph 7. Opset 19 needs IR version 9.
  return join([whole(1, 9), bytes(8, join([bytes(1, ''), whole(2, 19)])), bytes(7, graph)]);
}
