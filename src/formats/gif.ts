/**
 * Animated GIF: one palette of 256 colours for all frames, each frame whole, repeated for ever. Pixels are packed by LZW with codes that grow
 * from 9 to 12 bits and a table that begins anew when it is full. Source: Graphics Interchange Format, version 89a (CompuServe 1990).
 */

export interface GifFrame {
  /** Of the palette, row by row, width x height. */
  readonly indices: Uint8Array;
  /** Kept to hundredths of a second. */
  readonly milliseconds: number;
}

export interface Gif {
  readonly width: number;
  readonly height: number;
  /** 256 RGB entries. */
  readonly palette: Uint8Array;
  readonly frames: readonly GifFrame[];
}

/** Bits of an index. */
const depth = 8;
/** More bytes than these do not fit into one of a file's blocks. */
const blockSize = 255;

const ascii = (text: string) => [...text].map((letter) => letter.charCodeAt(0));
const word = (value: number) => [value & 0xff, value >> 8];

/** A frame whose size is not the picture's is refused: it would be read as another picture. */
export function writeGif({ width, height, palette, frames }: Gif): Uint8Array<ArrayBuffer> {
  const parts: (readonly number[] | Uint8Array)[] = [
    // A global palette of 2^(7 + 1) colours, 8 bits each; background 0; square pixels.
    [...ascii('GIF89a'), ...word(width), ...word(height), 0xf7, 0, 0],
    palette.subarray(0, 3 * 2 ** depth),
    // Repeated for ever.
    [0x21, 0xff, 11, ...ascii('NETSCAPE2.0'), 3, 1, ...word(0), 0],
  ];
  for (const { indices, milliseconds } of frames) {
    if (indices.length !== width * height) throw new Error(`a frame of ${indices.length} pixels`);
    // Left where it is until the next one covers it.
    parts.push([0x21, 0xf9, 4, 1 << 2, ...word(Math.round(milliseconds / 10)), 0, 0]);
    parts.push([0x2c, ...word(0), ...word(0), ...word(width), ...word(height), 0, depth]);
    const packed = packLzw(indices);
    for (let at = 0; at < packed.length; at += blockSize) {
      const block = packed.subarray(at, at + blockSize);
      parts.push([block.length], block);
    }
    parts.push([0]);
  }
  parts.push([0x3b]);
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

const clearCode = 2 ** depth;
const endCode = clearCode + 1;
const mostCodes = 4096;

/** Codes go out low bit first. */
function packLzw(indices: Uint8Array): Uint8Array {
  const out: number[] = [];
  let [held, heldBits] = [0, 0];
  let bits = depth + 1;
  const put = (code: number) => {
    held |= code << heldBits;
    heldBits += bits;
    while (heldBits >= 8) {
      out.push(held & 0xff);
      held >>>= 8;
      heldBits -= 8;
    }
  };
  /** Of a known run of pixels and one more: its code. */
  let table = new Map<number, number>();
  let next = endCode + 1;
  put(clearCode);
  let run = indices[0] ?? 0;
  for (let i = 1; i < indices.length; i++) {
    const pixel = indices[i] ?? 0;
    const longer = run * 2 ** depth + pixel;
    const known = table.get(longer);
    if (known !== undefined) {
      run = known;
      continue;
    }
    put(run);
    if (next < mostCodes) {
      // The reader's table is one entry behind, so the first code of the wider size is the one after this entry's.
      if (next === 2 ** bits) bits++;
      table.set(longer, next++);
    } else {
      put(clearCode);
      table = new Map();
      next = endCode + 1;
      bits = depth + 1;
    }
    run = pixel;
  }
  put(run);
  if (next < mostCodes && next === 2 ** bits) bits++;
  put(endCode);
  if (heldBits > 0) out.push(held & 0xff);
  return Uint8Array.from(out);
}
