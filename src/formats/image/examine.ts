/**
 * What can be said of a person's file before it is decoded: what its bytes are (`sniff`), how large the picture is and whether all of it is
 * there (`structure`). Loaded with the first file that is not the page's own.
 */
import type { Result } from '../../operators/operator.ts';
import { claimOf } from './claim.ts';
import { fileSizeLimit, type PhotoError, type PhotoFormat, pixelLimit } from './photo.ts';
import { refuse, tooLarge } from './refusal.ts';
import { type Sniffed, sniff, sniffLength } from './sniff.ts';
import { structureOf } from './structure.ts';

/** Refuses what is not a photo that this page reads. */
function formatOf(sniffed: Sniffed, file: Blob): Result<PhotoFormat, PhotoError> {
  switch (sniffed.kind) {
    case 'photo':
      return { ok: true, value: sniffed.format };
    case 'heic':
      return refuse('heic');
    case 'other-image':
      return refuse('unsupported', { format: sniffed.format });
    case 'video':
    case 'other': {
      const found = sniffed.kind === 'video' ? sniffed.format : sniffed.found;
      const claimed = claimOf(file);
      return claimed ? refuse('mislabelled', { claimed, found }) : refuse('not-an-image', { found });
    }
    default:
      return sniffed satisfies never;
  }
}

/** The format of a file whose picture may be decoded. Never rejects. */
export async function examine(file: Blob): Promise<Result<PhotoFormat, PhotoError>> {
  try {
    return await examineBytes(file);
  } catch {
    // The file went away or may not be read (a folder, a removed card).
    return refuse('damaged', { format: claimOf(file) ?? 'file' });
  }
}

async function examineBytes(file: Blob): Promise<Result<PhotoFormat, PhotoError>> {
  if (file.size === 0) return refuse('empty');
  const head = new Uint8Array(await file.slice(0, sniffLength).arrayBuffer());
  const format = formatOf(sniff(head), file);
  if (!format.ok) return format;
  if (file.size > fileSizeLimit) {
    return refuse('file-too-large', { megabytes: Math.round(file.size / 2 ** 20), limit: fileSizeLimit / 2 ** 20 });
  }
  const { size, complete } = structureOf(format.value, new Uint8Array(await file.arrayBuffer()));
  if (size && size.width * size.height >= pixelLimit) return tooLarge(size.width, size.height);
  if (!complete) return refuse('truncated', { format: format.value });
  if (size && size.width * size.height === 0) return refuse('damaged', { format: format.value });
  return format;
}
