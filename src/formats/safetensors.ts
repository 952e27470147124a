/**
 * Reads safetensors files: an 8-byte little-endian length, that many bytes of JSON naming each tensor's type, shape and place, then
 * the numbers. Every offset is checked before a number is read. Source: the format's description in huggingface/safetensors.
 */
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

function readTensor(entry: unknown, data: Uint8Array): FormatResult<NamedTensor> {
  const fields = recordOf(entry);
  if (!fields || !isCounts(fields.shape) || !isCounts(fields.data_offsets) || fields.data_offsets.length !== 2)
    return malformed;
  if (fields.dtype !== 'F32') return formatError('file-unsupported', { dtype: String(fields.dtype) });
  const [begin, end] = [fields.data_offsets[0]!, fields.data_offsets[1]!];
  const count = fields.shape.reduce((product, side) => product * side, 1);
  if (end - begin !== 4 * count) return malformed;
  if (end > data.length) return formatError('file-truncated');
  // Copied: a tensor need not begin at a multiple of 4 in the file.
  const values = new Float32Array(data.slice(begin, end).buffer);
  return { ok: true, value: { shape: fields.shape, values } };
}

/** The float32 tensors of a file, by name. */
export function readSafetensors(bytes: Uint8Array): FormatResult<ReadonlyMap<string, NamedTensor>> {
  if (bytes.length < 8) return formatError('file-truncated');
  const headerLength = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true);
  if (headerLength > BigInt(headerLimit)) return malformed;
  const dataStart = 8 + Number(headerLength);
  if (dataStart > bytes.length) return formatError('file-truncated');
  const header = parseHeader(new TextDecoder().decode(bytes.subarray(8, dataStart)));
  if (!header) return malformed;
  const tensors = new Map<string, NamedTensor>();
  for (const [name, entry] of Object.entries(header)) {
    if (name === '__metadata__') continue;
    const tensor = readTensor(entry, bytes.subarray(dataStart));
    if (!tensor.ok) return tensor;
    tensors.set(name, tensor.value);
  }
  return { ok: true, value: tensors };
}
