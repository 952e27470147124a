/**
 * Reads an ONNX file (github.com/onnx/onnx, onnx.proto) into plain data. Tensors of any number type become float32; a type that is
 * no number, or data outside the file, is refused by name.
 */
import { fromBinary } from '@bufbuild/protobuf';
import {
  type AttributeProto,
  AttributeProto_AttributeType,
  ModelProtoSchema,
  type TensorProto,
  TensorProto_DataLocation,
  TensorProto_DataType,
  TensorProtoSchema,
} from 'onnx-buf';
import { OnnxError } from './error.ts';
import type { OnnxAttribute, OnnxModel, OnnxTensor } from './model.ts';

/** The model in a .onnx file. Throws OnnxError. */
export function readOnnxModel(bytes: Uint8Array): OnnxModel {
  const { graph, opsetImport } = decoded(() => fromBinary(ModelProtoSchema, bytes));
  if (!graph) throw new OnnxError('damaged', 'the file holds no graph');
  const initializers = graph.initializer.map(tensorOf);
  const known = new Set(initializers.map(({ name }) => name));
  return {
    opset: Number(opsetImport.find(({ domain }) => domain === '' || domain === 'ai.onnx')?.version ?? 1n),
    nodes: graph.node.map(({ opType, domain, name, input, output, attribute }) => ({
      operator: domain === '' || domain === 'ai.onnx' ? opType : `${domain}.${opType}`,
      name,
      inputs: input,
      outputs: output,
      attributes: Object.fromEntries(attribute.map((each) => [each.name, attributeOf(each)])),
    })),
    initializers,
    inputs: graph.input.map(({ name }) => name).filter((name) => !known.has(name)),
    outputs: graph.output.map(({ name }) => name),
  };
}

/** One tensor, as the .pb files of ONNX's test data hold it. Throws OnnxError. */
export function readOnnxTensor(bytes: Uint8Array): OnnxTensor {
  return tensorOf(decoded(() => fromBinary(TensorProtoSchema, bytes)));
}

function decoded<T>(decode: () => T): T {
  try {
    return decode();
  } catch (reason) {
    throw new OnnxError('damaged', reason instanceof Error ? reason.message : String(reason));
  }
}

function attributeOf(attribute: AttributeProto): OnnxAttribute {
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  switch (attribute.type) {
    case AttributeProto_AttributeType.FLOAT:
      return attribute.f;
    case AttributeProto_AttributeType.INT:
      return Number(attribute.i);
    case AttributeProto_AttributeType.STRING:
      return text(attribute.s);
    case AttributeProto_AttributeType.FLOATS:
      return attribute.floats;
    case AttributeProto_AttributeType.INTS:
      return attribute.ints.map(Number);
    case AttributeProto_AttributeType.TENSOR:
      if (!attribute.t) throw new OnnxError('damaged', `attribute ${attribute.name} holds no tensor`);
      return tensorOf(attribute.t);
    default:
      throw new OnnxError('unsupported', `attribute ${attribute.name} of type ${attribute.type}`);
  }
}

function tensorOf(tensor: TensorProto): OnnxTensor {
  const { name, dataType } = tensor;
  const dims = tensor.dims.map(Number);
  const count = dims.reduce((product, size) => product * size, 1);
  if (tensor.dataLocation === TensorProto_DataLocation.EXTERNAL)
    throw new OnnxError('unsupported', `tensor ${name} lies in another file`);
  const numbers = numbersOf(tensor);
  if (numbers.length !== count)
    throw new OnnxError('damaged', `tensor ${name} of ${dims.join(' x ')} holds ${numbers.length} values`);
  return {
    name,
    dims,
    values: Float32Array.from(numbers),
    integers: isFloat(dataType) ? null : Array.from(numbers),
  };
}

function isFloat(type: number): boolean {
  return (
    type === TensorProto_DataType.FLOAT ||
    type === TensorProto_DataType.DOUBLE ||
    type === TensorProto_DataType.FLOAT16 ||
    type === TensorProto_DataType.BFLOAT16
  );
}

function numbersOf(tensor: TensorProto): ArrayLike<number> {
  const { dataType, rawData, floatData, doubleData, int32Data, int64Data, uint64Data } = tensor;
  // Raw data may begin at any byte: typed arrays may not.
  const raw = () => rawData.slice().buffer;
  const isRaw = rawData.length > 0;
  switch (dataType) {
    case TensorProto_DataType.FLOAT:
      return isRaw ? new Float32Array(raw()) : floatData;
    case TensorProto_DataType.DOUBLE:
      return isRaw ? new Float64Array(raw()) : doubleData;
    case TensorProto_DataType.INT64:
      return (isRaw ? [...new BigInt64Array(raw())] : int64Data).map(Number);
    case TensorProto_DataType.UINT64:
      return (isRaw ? [...new BigUint64Array(raw())] : uint64Data).map(Number);
    case TensorProto_DataType.UINT32:
      return isRaw ? new Uint32Array(raw()) : uint64Data.map(Number);
    case TensorProto_DataType.INT32:
      return isRaw ? new Int32Array(raw()) : int32Data;
    case TensorProto_DataType.INT16:
      return isRaw ? new Int16Array(raw()) : int32Data;
    case TensorProto_DataType.UINT16:
      return isRaw ? new Uint16Array(raw()) : int32Data;
    case TensorProto_DataType.INT8:
      return isRaw ? new Int8Array(raw()) : int32Data;
    case TensorProto_DataType.UINT8:
    case TensorProto_DataType.BOOL:
      return isRaw ? new Uint8Array(raw()) : int32Data;
    case TensorProto_DataType.FLOAT16:
      return [...(isRaw ? new Uint16Array(raw()) : int32Data)].map(halfToNumber);
    default:
      throw new OnnxError('unsupported', `tensor ${tensor.name} of data type ${dataType}`);
  }
}

/** IEEE 754 binary16. */
function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25);
}
