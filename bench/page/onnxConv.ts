/**
 * An ONNX model of one Conv node, written by hand: ONNX files are protocol buffers (onnx.proto3), of which this needs only varints
 * and length-delimited fields. Weights are initializers, so that a runtime may repack them once.
 */
import type { Sample } from './workload.ts';

type Bytes = readonly number[] | Uint8Array;

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return [...bytes, rest];
}

function join(parts: readonly Bytes[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** A field that holds a whole number. */
function whole(field: number, value: number): Uint8Array {
  return join([varint(field * 8), varint(value)]);
}

/** A field that holds bytes, a text or a message. */
function bytes(field: number, content: Bytes | string): Uint8Array {
  const raw = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return join([varint(field * 8 + 2), varint(raw.length), raw]);
}

const float = 1;

/** TensorProto: dims 1, data_type 2, name 8, raw_data 9. */
function tensor(name: string, dims: readonly number[], values: Float32Array): Uint8Array {
  const raw = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return join([...dims.map((size) => whole(1, size)), whole(2, float), bytes(8, name), bytes(9, raw)]);
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

/** A model with input `x` and output `y`, NCHW. */
export function convModel({ conv, shape, outputShape, parameters }: Sample): Uint8Array<ArrayBuffer> {
  const { kernelSize, stride, dilation, groups, padding } = conv;
  const weightDims = [conv.outChannels, conv.inChannels / groups, ...kernelSize];
  // NodeProto: input 1, output 2, op_type 4, attribute 5.
  const node = join([
    ...['x', 'w', 'b'].map((name) => bytes(1, name)),
    bytes(2, 'y'),
    bytes(4, 'Conv'),
    bytes(5, attribute('kernel_shape', kernelSize)),
    bytes(5, attribute('strides', stride)),
    bytes(5, attribute('pads', [padding.top, padding.left, padding.bottom, padding.right])),
    bytes(5, attribute('dilations', dilation)),
    bytes(5, attribute('group', groups)),
  ]);
  // GraphProto: node 1, name 2, initializer 5, input 11, output 12.
  const graph = join([
    bytes(1, node),
    bytes(2, 'conv'),
    bytes(5, tensor('w', weightDims, parameters.weight)),
    bytes(5, tensor('b', [conv.outChannels], parameters.bias)),
    bytes(11, valueInfo('x', shape)),
    bytes(12, valueInfo('y', outputShape)),
  ]);
  // ModelProto: ir_version 1, opset_import 8 { domain 1, version 2 }, graph 7. Opset 17 needs IR version 8.
  return join([whole(1, 8), bytes(8, join([bytes(1, ''), whole(2, 17)])), bytes(7, graph)]);
}
