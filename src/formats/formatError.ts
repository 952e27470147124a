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
  | 'file-not-loaded'
  /** A data set without files. */
  | 'dataset-none'
  /** No file (`name`) of a data set that this page reads. */
  | 'dataset-unknown'
  /** A file (`name`) that the browser no longer keeps. */
  | 'own-file-gone'
  /** Images (`name`) without their labels, or labels without their images. */
  | 'dataset-labels-missing'
  | 'dataset-images-missing'
  /** `images` images (`name`), but `labels` labels (`other`). */
  | 'dataset-counts'
  /** Two files (`name`, `other`) of the same part of a data set. */
  | 'dataset-twice'
  /** Files (`name`, `other`) of two data sets. */
  | 'dataset-mixed'
  /** Images to learn from of one size (`train`), to be tested on of another (`test`). */
  | 'dataset-sizes'
  /** Only `count` images, or too small ones (`size`). */
  | 'dataset-small'
  /** No file (`name`) of weights that this page reads. */
  | 'weights-unknown'
  /** A tensor (`part`) with a value that is infinite or no number. */
  | 'weights-not-finite'
  /** Runs that begin with weights of a file, without a file. */
  | 'weights-none'
  /** As long (`bytes`) as no number of CIFAR-10's images is. */
  | 'dataset-cifar-length'
  /** A model whose JSON is not what the format says, at `where`. */
  | 'model-malformed'
  /** A model with an operator or layer (`operator`, called `node`) that this page does not compute. */
  | 'model-operator'
  /** A known operator (`node`) with something (`what`) that this page does not compute. */
  | 'model-attribute'
  /** An operator (`node`) that cannot be applied to what it reads (`message`). */
  | 'model-node'
  /** A tensor (`name`) that is missing or has other sizes than its layer needs. */
  | 'model-weight'
  /** A tensor (`name`) of a kind of number (`dtype`) that this page does not read. */
  | 'model-dtype'
  /** A file of weights (`name`) that the model names and nobody gave. */
  | 'model-shard-missing'
  /** Files of weights (`name`) of `got` bytes where the model says `expected`. */
  | 'model-shard-length'
  /** A model that reads not one picture but `count` tensors. */
  | 'model-inputs';

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
