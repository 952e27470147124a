/**
 * The weights of a TensorFlow.js model: the manifest names tensors in the order in which they lie in the group's shards, end to end.
 * Quantised values v (uint8, uint16) stand for v * scale + min; float16 for themselves. Every length is checked before a number is read.
 */
import { fromHalfFloat } from '../../math/halfFloat.ts';
import { ModelError, malformed } from './error.ts';
import { isRecord, type Json, listAt, nameAt, numberAt, recordAt, sizesAt, textAt } from './json.ts';

/** Values as float32; `integers` beside them for those that mean sizes, axes or amounts. */
export interface TfTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array<ArrayBuffer>;
  readonly integers: readonly number[] | null;
}

/** Shards by name, as they were dropped or loaded. */
export type Shards = ReadonlyMap<string, Uint8Array>;

interface Encoding {
  readonly bytes: number;
  readonly isInteger: boolean;
  read(view: DataView, at: number): number;
}

const encodings: Readonly<Record<string, Encoding>> = {
  float32: { bytes: 4, isInteger: false, read: (view, at) => view.getFloat32(at, true) },
  float16: { bytes: 2, isInteger: false, read: (view, at) => fromHalfFloat(view.getUint16(at, true)) },
  int32: { bytes: 4, isInteger: true, read: (view, at) => view.getInt32(at, true) },
  uint8: { bytes: 1, isInteger: true, read: (view, at) => view.getUint8(at) },
  uint16: { bytes: 2, isInteger: true, read: (view, at) => view.getUint16(at, true) },
  bool: { bytes: 1, isInteger: true, read: (view, at) => view.getUint8(at) },
};

function encodingOf(dtype: string, name: string): Encoding {
  const encoding = Object.hasOwn(encodings, dtype) ? encodings[dtype] : undefined;
  if (!encoding) throw new ModelError('model-dtype', { name, dtype });
  return encoding;
}

/** How a tensor lies in its shard, and what the stored numbers mean. */
interface Storage {
  readonly name: string;
  readonly shape: readonly number[];
  readonly count: number;
  readonly encoding: Encoding;
  readonly isInteger: boolean;
  readonly scale: number;
  readonly min: number;
}

function storageOf(entry: unknown): Storage {
  const fields = recordAt(entry, 'weightsManifest.weights');
  const name = nameAt(fields.name, 'weightsManifest.weights.name');
  const shape = sizesAt(fields.shape, name);
  const count = shape.reduce((product, size) => product * size, 1);
  const dtype = textAt(fields.dtype, name);
  const declared = encodingOf(dtype, name);
  if (!isRecord(fields.quantization)) {
    if (dtype === 'uint8' || dtype === 'uint16') throw new ModelError('model-dtype', { name, dtype });
    return { name, shape, count, encoding: declared, isInteger: declared.isInteger, scale: 1, min: 0 };
  }
  const stored = textAt(fields.quantization.dtype, name);
  if (stored === 'float16')
    return { name, shape, count, encoding: encodingOf(stored, name), isInteger: false, scale: 1, min: 0 };
  if (stored !== 'uint8' && stored !== 'uint16') throw new ModelError('model-dtype', { name, dtype: stored });
  return {
    ...{ name, shape, count, encoding: encodingOf(stored, name), isInteger: declared.isInteger },
    scale: numberAt(fields.quantization.scale, name),
    min: numberAt(fields.quantization.min, name),
  };
}

/** The last part of a path: shards are matched by name, wherever they lay. */
const baseName = (path: string): string => path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);

function shardOf(path: string, shards: Shards): Uint8Array {
  const shard = shards.get(path) ?? shards.get(baseName(path));
  if (!shard) throw new ModelError('model-shard-missing', { name: baseName(path) });
  return shard;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const only = parts[0];
  if (only && parts.length === 1) return only;
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function tensorOf({ shape, count, encoding, isInteger, scale, min }: Storage, view: DataView, at: number): TfTensor {
  const values = new Float32Array(count);
  const numbers: number[] = [];
  for (let i = 0; i < count; i++) {
    const value = encoding.read(view, at + i * encoding.bytes) * scale + min;
    values[i] = value;
    if (isInteger) numbers.push(Math.round(value));
  }
  return { shape, values, integers: isInteger ? numbers : null };
}

/** The paths of all shards that a model's manifest names. */
export function shardPaths(model: Json): readonly string[] {
  return listAt(model.weightsManifest, 'weightsManifest').flatMap((group) =>
    listAt(recordAt(group, 'weightsManifest').paths, 'weightsManifest.paths').map((path) =>
      nameAt(path, 'weightsManifest.paths'),
    ),
  );
}

/** All tensors of the manifest by name. Throws ModelError. */
export function readWeights(model: Json, shards: Shards): ReadonlyMap<string, TfTensor> {
  const tensors = new Map<string, TfTensor>();
  for (const entry of listAt(model.weightsManifest, 'weightsManifest')) {
    const group = recordAt(entry, 'weightsManifest');
    const paths = listAt(group.paths, 'weightsManifest.paths').map((path) => nameAt(path, 'weightsManifest.paths'));
    const storages = listAt(group.weights, 'weightsManifest.weights').map(storageOf);
    const bytes = joined(paths.map((path) => shardOf(path, shards)));
    const expected = storages.reduce((sum, { count, encoding }) => sum + count * encoding.bytes, 0);
    if (bytes.length !== expected)
      throw new ModelError('model-shard-length', { name: paths.map(baseName).join(', '), expected, got: bytes.length });
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let at = 0;
    for (const storage of storages) {
      if (tensors.has(storage.name)) throw malformed(storage.name);
      tensors.set(storage.name, tensorOf(storage, view, at));
      at += storage.count * storage.encoding.bytes;
    }
  }
  return tensors;
}
