/** The few kinds of protocol buffer fields that an ONNX model needs: varints and length-delimited ones. */

export type Bytes = readonly number[] | Uint8Array;

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return [...bytes, rest];
}

export function join(parts: readonly Bytes[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** A field that holds a whole number. */
export function whole(field: number, value: number): Uint8Array {
  return join([varint(field * 8), varint(value)]);
}

/** A field that holds bytes, a text or a message. */
export function bytes(field: number, content: Bytes | string): Uint8Array {
  const raw = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return join([varint(field * 8 + 2), varint(raw.length), raw]);
}
