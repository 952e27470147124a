/** CIFAR-10's binary files (`data_batch_1.bin`, ...): for each image its class and 3 x 32 x 32 bytes, red, green, blue; no header. */
import { type FormatResult, formatError } from '../formatError.ts';
import type { LabelledImages } from './labelledImages.ts';

const side = 32;
const perImage = 3 * side * side;
const classes = 10;
/** With its class. */
export const bytesOfCifarImage = 1 + perImage;

/** One or more files, one behind another. An error names the file that is wrong by its place (`file`). */
export function readCifar(files: readonly Uint8Array[]): FormatResult<LabelledImages> {
  const broken = files.findIndex((bytes) => bytes.length % bytesOfCifarImage !== 0);
  if (broken >= 0) return formatError('file-truncated', { file: broken });
  const count = files.reduce((sum, bytes) => sum + bytes.length / bytesOfCifarImage, 0);
  if (count === 0) return formatError('file-truncated', { file: 0 });
  const pixels = new Uint8Array(count * perImage);
  const labels = new Uint8Array(count);
  let image = 0;
  for (const [file, bytes] of files.entries()) {
    for (let at = 0; at < bytes.length; at += bytesOfCifarImage) {
      const label = bytes[at]!;
      if (label >= classes) return formatError('file-malformed', { format: 'CIFAR-10', file });
      labels[image] = label;
      pixels.set(bytes.subarray(at + 1, at + bytesOfCifarImage), image * perImage);
      image++;
    }
  }
  return { ok: true, value: { channels: 3, height: side, width: side, classes, pixels, labels } };
}
