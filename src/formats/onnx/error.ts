/** Why a file cannot be read or run: in English, for the one who made the file. */
export class OnnxError extends Error {
  override readonly name = 'OnnxError';
  constructor(
    /** `unsupported`: the file is right, the product lacks what it uses. */
    readonly code: 'damaged' | 'unsupported',
    message: string,
  ) {
    super(message);
  }
}
