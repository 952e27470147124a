/**
 * Reads the ONNX backend test cases (model.onnx and its tensors): as much of protobuf and of onnx.proto as single-operator float
 * models need. The cases are not part of the repository; CONVSCOPE_TEST_DATA names the folder that holds `conformance/`.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const testDataFolder =
  process.env.CONVSCOPE_TEST_DATA ?? resolve(import.meta.dirname, '../../../shared/test-only');
export const hasTestData = existsSync(join(testDataFolder, 'conformance'));

export interface OnnxTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

export interface OnnxCase {
  readonly operator: string;
  /** Numbers, lists of numbers and strings, by ONNX name. */
  readonly attributes: Readonly<Record<string, number | string | readonly number[]>>;
  /** The node's inputs in its order, whether the model or the test supplies them; optional ones that are absent are left out. */
  readonly inputs: readonly OnnxTensor[];
  readonly output: OnnxTensor;
}

type Field = { readonly id: number; readonly bytes: Uint8Array | null; readonly value: number };

/** The fields of one protobuf message: varints and fixed32 as `value`, length-delimited ones as `bytes`. */
function fieldsOf(message: Uint8Array): readonly Field[] {
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
  const fields: Field[] = [];
  let at = 0;
  const varint = () => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = view.getUint8(at++);
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return Number(BigInt.asIntN(64, value));
    }
  };
  while (at < message.length) {
    const key = varint();
    const id = Math.floor(key / 8);
    const wire = key % 8;
    if (wire === 0) fields.push({ id, bytes: null, value: varint() });
    else if (wire === 2) {
      const length = varint();
      fields.push({ id, bytes: message.subarray(at, at + length), value: 0 });
      at += length;
    } else if (wire === 5) {
      fields.push({ id, bytes: null, value: view.getFloat32(at, true) });
      at += 4;
    } else throw new Error(`wire type ${wire} in an ONNX file`);
  }
  return fields;
}

function text(bytes: Uint8Array | null): string {
  return new TextDecoder().decode(bytes ?? new Uint8Array());
}

function messages(fields: readonly Field[], id: number): readonly Uint8Array[] {
  return fields.flatMap((field) => (field.id === id && field.bytes ? [field.bytes] : []));
}

/** Values of a repeated integer field, packed or not. */
function integers(fields: readonly Field[], id: number): readonly number[] {
  return fields
    .filter((field) => field.id === id)
    .flatMap(({ bytes, value }) => {
      if (!bytes) return [value];
      // A packed list is a run of varints: dressed as fields of id 1 it reads like any other message.
      const dressed: number[] = [];
      bytes.forEach((byte, i) => {
        if (i === 0 || bytes[i - 1]! < 0x80) dressed.push(8);
        dressed.push(byte);
      });
      return fieldsOf(Uint8Array.from(dressed)).map((field) => field.value);
    });
}

function tensorOf(message: Uint8Array): OnnxTensor {
  const fields = fieldsOf(message);
  const raw = messages(fields, 9)[0];
  const floats = messages(fields, 4)[0];
  const bytes = raw ?? floats;
  if (!bytes) throw new Error('a tensor without float data');
  return {
    name: text(messages(fields, 8)[0] ?? null),
    shape: integers(fields, 1),
    // A copy of its own: a slice of a Node buffer would still be the whole pool.
    values: new Float32Array(new Uint8Array(bytes).buffer),
  };
}

function attributeOf(message: Uint8Array): readonly [string, number | string | readonly number[]] {
  const fields = fieldsOf(message);
  const name = text(messages(fields, 1)[0] ?? null);
  const list = integers(fields, 8);
  if (list.length > 0) return [name, list];
  const word = messages(fields, 4)[0];
  if (word) return [name, text(word)];
  return [name, fields.find((field) => field.id === 2 || field.id === 3)?.value ?? 0];
}

/** The case `name` of the conformance folder: a model of one node. */
export function readOnnxCase(name: string): OnnxCase {
  const folder = join(testDataFolder, 'conformance', name);
  const data = join(folder, 'test_data_set_0');
  const model = fieldsOf(readFileSync(join(folder, 'model.onnx')));
  const graph = fieldsOf(messages(model, 7)[0] ?? new Uint8Array());
  const nodes = messages(graph, 1).map(fieldsOf);
  const node = nodes[0];
  if (!node || nodes.length !== 1) throw new Error(`${name} has ${nodes.length} nodes`);
  const initializers = messages(graph, 5).map(tensorOf);
  const stored = new Map(initializers.map((tensor) => [tensor.name, tensor]));
  const given = messages(graph, 11)
    .map((info) => text(messages(fieldsOf(info), 1)[0] ?? null))
    .filter((input) => !stored.has(input));
  const supplied = readdirSync(data)
    .filter((file) => file.startsWith('input_'))
    .sort()
    .map((file) => tensorOf(readFileSync(join(data, file))));
  given.forEach((input, i) => {
    const tensor = supplied[i];
    if (tensor) stored.set(input, tensor);
  });
  const inputs = messages(node, 1).flatMap((bytes) => {
    if (bytes.length === 0) return [];
    const tensor = stored.get(text(bytes));
    if (!tensor) throw new Error(`${name}: input '${text(bytes)}' is nowhere`);
    return [tensor];
  });
  return {
    operator: text(messages(node, 4)[0] ?? null),
    attributes: Object.fromEntries(messages(node, 5).map(attributeOf)),
    inputs,
    output: tensorOf(readFileSync(join(data, 'output_0.pb'))),
  };
}
