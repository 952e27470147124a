/**
 * Bytes of a picture → the values [C, H, W] of the input tensor, and back. Grey is Rec. 601 luma as Pillow's `convert('L')`
 * computes it: (19595 R + 38470 G + 7471 B + 32768) >> 16, a byte again.
 */
import type { ChannelChoice, ValueRange } from '../../graph/input.ts';

type Source = 'r' | 'g' | 'b' | 'grey' | 'alpha';

/** What each input channel is made of. */
const sources: Readonly<Record<ChannelChoice, readonly Source[]>> = {
  rgb: ['r', 'g', 'b'],
  grey: ['grey'],
  r: ['r'],
  g: ['g'],
  b: ['b'],
  'grey-alpha': ['grey', 'alpha'],
  rgba: ['r', 'g', 'b', 'alpha'],
};

/**
 * Mean and deviation of ImageNet's training pictures on [0, 1], as torchvision uses them. Grey has the mean of the three; alpha has
 * no statistics and stays on [0, 1].
 */
const imagenet: Readonly<Record<Source, { readonly mean: number; readonly std: number }>> = {
  r: { mean: 0.485, std: 0.229 },
  g: { mean: 0.456, std: 0.224 },
  b: { mean: 0.406, std: 0.225 },
  grey: { mean: 0.449, std: 0.226 },
  alpha: { mean: 0, std: 1 },
};

/** `in_channels` of a choice: 1 to 4. */
export function channelCount(choice: ChannelChoice): number {
  return sources[choice].length;
}

/** True where alpha is an input channel, so that the picture keeps its transparency. */
export function keepsAlpha(choice: ChannelChoice): boolean {
  return sources[choice].includes('alpha');
}

function rangeValue(byte: number, source: Source, range: ValueRange): number {
  switch (range) {
    case 'unit':
      return byte / 255;
    case 'signed':
      return byte / 127.5 - 1;
    case 'byte':
      return byte;
    case 'imagenet':
      return (byte / 255 - imagenet[source].mean) / imagenet[source].std;
    default:
      return range satisfies never;
  }
}

/** The inverse of the range: which byte (real-valued, not clamped) gives `value` in channel `channel` of the choice. */
export function byteOf(value: number, choice: ChannelChoice, channel: number, range: ValueRange): number {
  const source = sources[choice][channel] ?? 'grey';
  switch (range) {
    case 'unit':
      return value * 255;
    case 'signed':
      return (value + 1) * 127.5;
    case 'byte':
      return value;
    case 'imagenet':
      return (value * imagenet[source].std + imagenet[source].mean) * 255;
    default:
      return range satisfies never;
  }
}

/** RGBA of the colour that the value 0 has in every channel: what zero padding looks like. One channel alone is shown as grey. */
export function colourOfZero(
  choice: ChannelChoice,
  range: ValueRange,
): readonly [r: number, g: number, b: number, a: number] {
  const byte = (source: Source) => {
    const channel = sources[choice].indexOf(source);
    return Math.min(255, Math.max(0, Math.round(byteOf(0, choice, channel, range))));
  };
  const alpha = keepsAlpha(choice) ? byte('alpha') : 255;
  const first = sources[choice][0];
  if (sources[choice].includes('b') && sources[choice].includes('r')) return [byte('r'), byte('g'), byte('b'), alpha];
  const grey = byte(first ?? 'grey');
  return [grey, grey, grey, alpha];
}

const luma = (r: number, g: number, b: number) => (19595 * r + 38470 * g + 7471 * b + 32768) >> 16;

/** RGBA bytes (row-major) → float32 values [C, H, W]. */
export function toTensor(
  rgba: Uint8ClampedArray,
  width: number,
  height: number,
  choice: ChannelChoice,
  range: ValueRange,
): Float32Array<ArrayBuffer> {
  const size = width * height;
  const values = new Float32Array(sources[choice].length * size);
  sources[choice].forEach((source, channel) => {
    // Rounded once, through a table: the 256 values of a channel.
    const table = Float32Array.from({ length: 256 }, (_, byte) => rangeValue(byte, source, range));
    const offset = { r: 0, g: 1, b: 2, alpha: 3, grey: 0 }[source];
    const base = channel * size;
    for (let i = 0, at = 0; i < size; i++, at += 4) {
      const byte = source === 'grey' ? luma(rgba[at]!, rgba[at + 1]!, rgba[at + 2]!) : rgba[at + offset]!;
      values[base + i] = table[byte]!;
    }
  });
  return values;
}

/** Values [C, H, W] → RGBA bytes, rounded and clamped: the picture that a stored tensor was made from. C must fit the choice. */
export function toPicture(
  values: Float32Array,
  width: number,
  height: number,
  choice: ChannelChoice,
  range: ValueRange,
): Uint8ClampedArray<ArrayBuffer> {
  const size = width * height;
  const rgba = new Uint8ClampedArray(size * 4).fill(255);
  const parts = sources[choice];
  parts.forEach((source, channel) => {
    const targets = { r: [0], g: [1], b: [2], alpha: [3], grey: [0, 1, 2] }[source];
    const all = parts.length === 1 ? [0, 1, 2] : targets;
    for (let i = 0; i < size; i++) {
      const byte = byteOf(values[channel * size + i]!, choice, channel, range);
      for (const target of all) rgba[4 * i + target] = byte;
    }
  });
  return rgba;
}
