/** Writes safetensors: the length of the header, the header as JSON, padded with spaces to whole words of 8 bytes, then the values. */
import type { NamedTensor } from './safetensors.ts';

/** float32 tensors under their names, in their order. */
export function writeSafetensors(
  tensors: readonly { readonly name: string; readonly shape: NamedTensor['shape']; readonly values: Float32Array }[],
): Uint8Array<ArrayBuffer> {
  let end = 0;
  const header = Object.fromEntries(
    tensors.map(({ name, shape, values: { byteLength } }) => {
      const begin = end;
      end += byteLength;
      return [name, { dtype: 'F32', shape, data_offsets: [begin, end] }];
    }),
  );
  const text = new TextEncoder().encode(JSON.stringify(header));
  const start = 8 + Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(start + end).fill(0x20, 8, start);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(start - 8), true);
  bytes.set(text, 8);
  let at = start;
  for (const { values } of tensors) {
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at);
    at += values.byteLength;
  }
  return bytes;
}
