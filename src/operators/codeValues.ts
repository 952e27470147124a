/** Arguments of a layer's constructor → numbers, and numbers → text. A value of the wrong type is refused by its name. */
import { type Arguments, codeError } from './callArguments.ts';
import { type Value, writeValue } from './callSyntax.ts';
import type { Pair, Result } from './operator.ts';

/** What a text leaves open: Keras and Flax take `in_channels` from the input, ONNX the channels from the weights. */
export interface CodeContext {
  /** [h, w], for TensorFlow's SAME. */
  readonly inputSize: Pair;
  readonly inChannels: number;
  readonly outChannels: number;
}

/** Thrown inside of a reader and caught by `reading`: a reader is a list of steps of which each may refuse. */
class Refusal extends Error {
  constructor(readonly refused: ReturnType<typeof codeError>) {
    super(refused.error.message);
  }
}

/** Ends the reading with a sentence. */
export function refuse(code: string, message: string, values: Readonly<Record<string, number | string>> = {}): never {
  throw new Refusal(codeError(code, message, values));
}

/** Runs a reader; what it refuses becomes the error. */
export function reading<T>(read: () => T): Result<T> {
  try {
    return { ok: true, value: read() };
  } catch (problem) {
    if (problem instanceof Refusal) return problem.refused;
    throw problem;
  }
}

/** The value, or the end of the reading. */
export function need<T>(result: Result<T>): T {
  if (!result.ok) throw new Refusal({ ok: false, error: result.error });
  return result.value;
}

function wrongType(name: string, expected: string, value: Value): never {
  const got = writeValue(value);
  return refuse('wrong-type', `${name} must be ${expected}, but got ${got}`, { argument: name, got });
}

const isInteger = (value: Value): value is Extract<Value, { kind: 'number' }> =>
  value.kind === 'number' && Number.isSafeInteger(value.value);

export function readInteger(args: Arguments, name: string, fallback: number): number {
  const value = args.get(name);
  if (value === undefined) return fallback;
  return isInteger(value) ? value.value : wrongType(name, 'int', value);
}

/** A list of integers, or null when the value is none. */
export function integersOf(value: Value): readonly number[] | null {
  if (value.kind !== 'list') return null;
  const items = value.items.filter(isInteger);
  return items.length === value.items.length ? items.map((item) => item.value) : null;
}

/** An int for both axes, (h, w), or a tuple of one for both. */
export function readPair(args: Arguments, name: string, fallback: Pair): Pair {
  const value = args.get(name);
  if (value === undefined || value.kind === 'none') return fallback;
  if (isInteger(value)) return [value.value, value.value];
  const [h, w = h, ...more] = integersOf(value) ?? [];
  return h === undefined || w === undefined || more.length > 0
    ? wrongType(name, 'int or a pair of ints', value)
    : [h, w];
}

export function readBoolean(args: Arguments, name: string, fallback: boolean): boolean {
  const value = args.get(name);
  if (value === undefined) return fallback;
  if (value.kind === 'boolean') return value.value;
  return isInteger(value) ? value.value !== 0 : wrongType(name, 'bool', value);
}

/** A string; a bare name counts as one, since printed modules leave the quotes out. */
export function stringOf(value: Value | undefined): string | null {
  if (value?.kind === 'string') return value.value;
  return value?.kind === 'name' ? value.name : null;
}
