/** CIFAR-10's binary files (`data_batch_1.bin`, ...): for each image its class and 3 x 32 x 32 bytes, red, green, blue; no header. */
import { type FormatResult, formatError } from '../formatError.ts';
import type { LabelledImages } from './labelledImages.ts';

const side = 32;
const perImage = 3 * side * side;
const classes = 10;
/** With its class. */
export const bytesOfCifarImage = 1 + perImage;

/** One or more files, one behind another. */
export function readCifar(files: readonly Uint8Array[]): FormatResult<LabelledImages> {
  const whole = files.every((bytes) => bytes.length % bytesOfCifarImage === 0);
  const count = files.reduce((sum, bytes) => sum + Math.floor(bytes.length / bytesOfCifarImage), 0);
  if (!whole || count === 0) return formatError('file-truncated');
  const pixels = new Uint8Array(count * perImage);
  const labels = new Uint8Array(count);
  let image = 0;
  for (const bytes of files) {
    for (let at = 0; at < bytes.length; at += bytesOfCifarImage) {
      const label = bytes[at]!;
      if (label >= classes) return formatError('file-malformed', { format: 'CIFAR-10' });
      labels[image] = label;
      pixels.set(bytes.subarray(at + 1, at + bytesOfCifarImage), image * perImage);
      image++;
    }
  }
  return { ok: true, value: { channels: 3, height: side, width: side, classes, pixels, labels } };
}
