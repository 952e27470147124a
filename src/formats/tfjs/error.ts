/** What stops a reader of models: thrown inside, a `FormatError` for those who asked (`attempt`). */
import type { OperatorError } from '../../operators/operator.ts';
import { type FormatErrorCode, type FormatResult, formatError } from '../formatError.ts';

export class ModelError extends Error {
  override readonly name = 'ModelError';
  constructor(
    readonly code: FormatErrorCode,
    readonly values: Readonly<Record<string, number | string>> = {},
  ) {
    super(`${code} ${JSON.stringify(values)}`);
  }
}

/** Where an operator cannot be applied to what it reads. */
export class NodeError extends ModelError {
  constructor(
    readonly node: string,
    readonly reason: OperatorError,
  ) {
    super('model-node', { node, message: reason.message });
  }
}

/** JSON that is not what the format says; `where` names the place. */
export function malformed(where: string): ModelError {
  return new ModelError('model-malformed', { where });
}

/** Something that the format allows and the product does not compute. */
export function unsupported(node: string, what: string): ModelError {
  return new ModelError('model-attribute', { node, what });
}

/** What `read` returns, or the reason why it stopped. */
export function attempt<T>(read: () => T): FormatResult<T> {
  try {
    return { ok: true, value: read() };
  } catch (error) {
    if (error instanceof ModelError) return formatError(error.code, error.values);
    throw error;
  }
}
