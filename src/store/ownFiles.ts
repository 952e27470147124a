/** A person's own files that a screen works with, by what they contain: pictures, data sets. Links do not carry them. */
import { fieldsOf, listOf, readMatch } from './fields.ts';

/** SHA-256 in hex. */
export const hashPattern = /^[0-9a-f]{64}$/;

export interface OwnFile {
  /** Names the file's bytes in the blob store. */
  readonly hash: string;
  readonly name: string;
}

/** At most `most` files from anything; what is none is left out. */
export function readOwnFiles(value: unknown, most: number): readonly OwnFile[] {
  return listOf(value)
    .slice(0, most)
    .flatMap((each) => {
      const { hash, name } = fieldsOf(each) ?? {};
      const read = readMatch(hash, hashPattern);
      return read === null ? [] : [{ hash: read, name: typeof name === 'string' ? name.slice(0, 255) : '' }];
    });
}
