/**
 * Reads safetensors files: an 8-byte little-endian length, that many bytes of JSON naming each tensor's type, shape and place, then
 * the numbers. Every offset is checked before a number is read. Source: the format's description in huggingface/safetensors.
 */
import { fromHalfFloat } from '../math/halfFloat.ts';
import { type FormatResult, formatError } from './formatError.ts';

export interface NamedTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array<ArrayBuffer>;
}

/** The format's own limit of the header. */
const headerLimit = 100 * 1024 * 1024;

const malformed = formatError('file-malformed', { format: 'safetensors' });

/** A record of JSON, or null. */
function recordOf(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}

function isCounts(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && n >= 0);
}

function parseHeader(text: string): Readonly<Record<string, unknown>> | null {
  try {
    return recordOf(JSON.parse(text));
  } catch {
    return null;
  }
}

/** A bfloat16 is the upper half of a float32. */
const fromBrainFloat = (buffer: ArrayBuffer) =>
  new Float32Array(Uint32Array.from(new Uint16Array(buffer), (half) => half << 16).buffer);

/** Kinds of numbers by their names in the format. */
const readers: ReadonlyMap<
  string,
  { readonly bytesEach: number; readonly read: (buffer: ArrayBuffer) => Float32Array<ArrayBuffer> }
> = new Map([
  ['F64', { bytesEach: 8, read: (buffer) => Float32Array.from(new Float64Array(buffer)) }],
  ['F32', { bytesEach: 4, read: (buffer) => new Float32Array(buffer) }],
  ['F16', { bytesEach: 2, read: (buffer) => Float32Array.from(new Uint16Array(buffer), fromHalfFloat) }],
  ['BF16', { bytesEach: 2, read: fromBrainFloat }],
]);

function readTensor(entry: unknown, data: Uint8Array): FormatResult<NamedTensor> {
  const fields = recordOf(entry);
  if (!fields || !isCounts(fields.shape) || !isCounts(fields.data_offsets) || fields.data_offsets.length !== 2)
    return malformed;
  const reader = readers.get(String(fields.dtype));
  if (!reader) return formatError('file-unsupported', { dtype: String(fields.dtype) });
  const [begin, end] = [fields.data_offsets[0]!, fields.data_offsets[1]!];
  const count = fields.shape.reduce((product, side) => product * side, 1);
  if (end - begin !== reader.bytesEach * count) return malformed;
  if (end > data.length) return formatError('file-truncated');
  // Copied: a tensor need not begin at a multiple of its numbers' size in the file.
  const { buffer } = data.slice(begin, end);
  return { ok: true, value: { shape: fields.shape, values: reader.read(buffer) } };
}

/** A file's tensors by name as float32 (stored as such, or as float64, float16, bfloat16), and the texts that describe them. */
export interface Safetensors {
  readonly tensors: ReadonlyMap<string, NamedTensor>;
  readonly metadata: ReadonlyMap<string, string>;
}

/** The tensors of a file, by name: those that are wanted. */
export function readSafetensors(
  bytes: Uint8Array,
  isWanted: (name: string) => boolean = () => true,
): FormatResult<ReadonlyMap<string, NamedTensor>> {
  const file = readDescribedSafetensors(bytes, isWanted);
  return file.ok ? { ok: true, value: file.value.tensors } : file;
}

export function readDescribedSafetensors(
  bytes: Uint8Array,
  isWanted: (name: string) => boolean = () => true,
): FormatResult<Safetensors> {
  if (bytes.length < 8) return formatError('file-truncated');
  const headerLength = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true);
  if (headerLength > BigInt(headerLimit)) return malformed;
  const dataStart = 8 + Number(headerLength);
  if (dataStart > bytes.length) return formatError('file-truncated');
  const header = parseHeader(new TextDecoder().decode(bytes.subarray(8, dataStart)));
  if (!header) return malformed;
  const tensors = new Map<string, NamedTensor>();
  const metadata = new Map<string, string>();
  for (const [name, entry] of Object.entries(header)) {
    if (name === '__metadata__') {
      for (const [key, text] of Object.entries(recordOf(entry) ?? {}))
        if (typeof text === 'string') metadata.set(key, text);
      continue;
    }
    if (!isWanted(name)) continue;
    const tensor = readTensor(entry, bytes.subarray(dataStart));
    if (!tensor.ok) return tensor;
    tensors.set(name, tensor.value);
  }
  return { ok: true, value: { tensors, metadata } };
}
