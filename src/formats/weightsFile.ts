/**
 * A file of weights by name, as PyTorch's `state_dict` has them: safetensors, or an npz of NumPy with an array for each. The counters of
 * batches that PyTorch keeps beside a norm's statistics are whole numbers and no weights: they are left out.
 */
import { type FormatResult, formatError } from './formatError.ts';
import { readNpy } from './npy.ts';
import { type NamedTensor, readSafetensors } from './safetensors.ts';
import { unpackZip } from './zip.ts';

export type NamedTensors = ReadonlyMap<string, NamedTensor>;

const isWeight = (name: string): boolean => !name.endsWith('num_batches_tracked');

/** All tensors, whose values are finite. An error names the tensor (`part`) where it is one tensor's. */
export function readWeightsFile(bytes: Uint8Array): FormatResult<NamedTensors> {
  if (bytes.length === 0) return formatError('file-truncated');
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  // The header of a safetensors file is an object of JSON behind eight bytes of its length.
  if (!isZip && bytes[8] !== 0x7b) return formatError('weights-unknown');
  const read = isZip ? readNpz(bytes) : readSafetensors(bytes, isWeight);
  if (!read.ok) return read;
  if (read.value.size === 0) return formatError('weights-unknown');
  for (const [part, { values }] of read.value)
    if (!values.every(Number.isFinite)) return formatError('weights-not-finite', { part });
  return read;
}

function readNpz(bytes: Uint8Array): FormatResult<NamedTensors> {
  const files = unpackZip(bytes);
  if (!files.ok) return files;
  const tensors = new Map<string, NamedTensor>();
  for (const [file, array] of files.value) {
    const name = /^(.+)\.npy$/.exec(file)?.[1];
    if (name === undefined || !isWeight(name)) continue;
    const read = readNpy(array);
    if (!read.ok) return read;
    tensors.set(name, read.value);
  }
  return { ok: true, value: tensors };
}
