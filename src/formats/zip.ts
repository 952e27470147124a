/**
 * ZIP archives with limits: what an archive says that it unpacks to is added up and refused before anything is unpacked, and
 * nothing unpacks beyond what it said.
 */
import { unzipSync, type Zippable, zipSync } from 'fflate';
import { type FormatResult, formatError } from './formatError.ts';

/** The most that an archive may unpack to, in bytes, and the most files in it. */
const unpackLimit = 1024 * 1024 * 1024;
const entryLimit = 10_000;

/** Files of an archive by name, in order. */
export type ZipFiles = ReadonlyMap<string, Uint8Array>;

/** Packs files. Pictures and float32 numbers hardly shrink, so all but text is stored as it is: packing is as fast as copying. */
export function packZip(files: ZipFiles): Uint8Array<ArrayBuffer> {
  const entries: Zippable = {};
  for (const [name, bytes] of files) {
    // A fixed date (the oldest a ZIP can have, midday to be safe of time zones): the same state gives the same file.
    entries[name] = [bytes, { level: name.endsWith('.json') ? 6 : 0, mtime: '1980-01-02T12:00:00Z' }];
  }
  return zipSync(entries);
}

/** Unpacks an archive whose files add up to at most 1 GiB. */
export function unpackZip(bytes: Uint8Array): FormatResult<ZipFiles> {
  if (bytes.length >= 2 && (bytes[0] !== 0x50 || bytes[1] !== 0x4b)) return formatError('not-a-workspace');
  let total = 0;
  let count = 0;
  let isTooLarge = false;
  try {
    const unpacked = unzipSync(bytes, {
      filter(file) {
        total += file.originalSize;
        count += 1;
        isTooLarge ||= total > unpackLimit || count > entryLimit;
        return !isTooLarge;
      },
    });
    if (isTooLarge) return formatError('file-unpacks-too-large', { limit: unpackLimit / 2 ** 20 });
    return { ok: true, value: new Map(Object.entries(unpacked)) };
  } catch {
    // fflate names a missing end record and a broken stream alike; a cut archive has lost its end record.
    return formatError('file-truncated', { format: 'ZIP' });
  }
}
