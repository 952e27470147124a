/** Why a file could not be read: a code and the numbers of its sentence, for the translator. */
import type { Result } from '../operators/operator.ts';

export type FormatErrorCode =
  /** Ends early, or counts and offsets point outside of the file. */
  | 'file-truncated'
  /** Ours by its form (`format`), but broken inside. */
  | 'file-malformed'
  /** Whole, perhaps, but nothing that ConvScope wrote. */
  | 'not-a-workspace'
  /** A version (`version`) or a kind of number (`dtype`) that this page does not read. */
  | 'file-unsupported'
  /** Would unpack to more than `limit` megabytes. */
  | 'file-unpacks-too-large'
  /** Something that must be in it (`name`) is not. */
  | 'file-incomplete'
  /** The server did not give the file (`name`). */
  | 'file-not-loaded';

export interface FormatError {
  readonly code: FormatErrorCode;
  readonly values: Readonly<Record<string, number | string>>;
}

export type FormatResult<T> = Result<T, FormatError>;

export function formatError(
  code: FormatErrorCode,
  values: FormatError['values'] = {},
): { readonly ok: false; readonly error: FormatError } {
  return { ok: false, error: { code, values } };
}
