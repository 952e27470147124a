/**
 * NumPy's .npy: a magic string, a version, a Python dictionary ({'descr', 'fortran_order', 'shape'}) padded so that the numbers
 * begin at a multiple of 64, then the numbers. Written as little-endian float32 in C order; also read from the float64 and byte
 * arrays that NumPy makes by default. Source: NumPy Enhancement Proposal 1.
 */
import { type FormatResult, formatError } from './formatError.ts';
import type { NamedTensor } from './safetensors.ts';

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
const malformed = formatError('file-malformed', { format: 'npy' });

/** Python writes a tuple of one with its comma. */
const tupleOf = (shape: readonly number[]) => (shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`);

/** float32 values in C order → the bytes of a .npy file. */
export function writeNpy(shape: readonly number[], values: Float32Array): Uint8Array<ArrayBuffer> {
  const dictionary = `{'descr': '<f4', 'fortran_order': False, 'shape': ${tupleOf(shape)}, }`;
  const headerLength = Math.ceil((10 + dictionary.length + 1) / 64) * 64 - 10;
  const bytes = new Uint8Array(10 + headerLength + values.byteLength);
  bytes.set([...magic, 1, 0]);
  new DataView(bytes.buffer).setUint16(8, headerLength, true);
  bytes.set(new TextEncoder().encode(`${dictionary.padEnd(headerLength - 1)}\n`), 10);
  bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), 10 + headerLength);
  return bytes;
}

/** How the numbers of each type are read; NumPy's names. */
const readers: Readonly<
  Record<string, { readonly size: number; readonly read: (view: DataView, at: number) => number }>
> = {
  '<f4': { size: 4, read: (view, at) => view.getFloat32(at, true) },
  '<f8': { size: 8, read: (view, at) => view.getFloat64(at, true) },
  '|u1': { size: 1, read: (view, at) => view.getUint8(at) },
};

/** The bytes of a .npy file → float32 values in C order. */
export function readNpy(bytes: Uint8Array): FormatResult<NamedTensor> {
  if (magic.some((byte, i) => bytes[i] !== byte)) return malformed;
  if (bytes.length < 12) return formatError('file-truncated');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isFirst = bytes[6] === 1;
  const start = isFirst ? 10 : 12;
  const dataStart = start + (isFirst ? view.getUint16(8, true) : view.getUint32(8, true));
  if (dataStart > bytes.length) return formatError('file-truncated');
  const header = new TextDecoder().decode(bytes.subarray(start, dataStart));
  const descr = /'descr'\s*:\s*'([^']*)'/.exec(header)?.[1];
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(header)?.[1];
  const tuple = /'shape'\s*:\s*\(([\d\s,]*)\)/.exec(header)?.[1];
  if (descr === undefined || order === undefined || tuple === undefined) return malformed;
  const shape = tuple
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(Number);
  const reader = readers[descr];
  if (!reader) return formatError('file-unsupported', { dtype: descr });
  if (order === 'True' && shape.length > 1) return formatError('file-unsupported', { dtype: 'Fortran order' });
  const count = shape.reduce((product, side) => product * side, 1);
  if (dataStart + count * reader.size > bytes.length) return formatError('file-truncated');
  const values = new Float32Array(count);
  for (let i = 0; i < count; i++) values[i] = reader.read(view, dataStart + i * reader.size);
  return { ok: true, value: { shape, values } };
}
