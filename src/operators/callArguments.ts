/** A call's arguments assigned to parameters as Python does it, and refused in Python's words. */
import { type Call, type Value, writeValue } from './callSyntax.ts';
import type { OperatorError, Result } from './operator.ts';

/** What a constructor takes, in order; those from `keywordOnly` on must be named. */
export interface Signature {
  /** As Python names it in errors: `Conv2d.__init__()`. */
  readonly name: string;
  readonly parameters: readonly string[];
  /** How many of the parameters have no default. */
  readonly required: number;
  /** The library's sentence for a keyword that it does not know; Python's own when absent. */
  readonly unexpected?: (name: string, value: string) => string;
}

/** The parameter that a misspelt name means: at most two letters wrong, missing or too many, and fewer than half of them; or null. */
function nearestName(name: string, parameters: readonly string[]): string | null {
  const near = parameters
    .map((parameter) => ({ parameter, distance: editDistance(name, parameter) }))
    .filter(({ parameter, distance }) => distance <= 2 && distance * 2 < parameter.length)
    .sort((a, b) => a.distance - b.distance);
  return near[0]?.parameter ?? null;
}

/** Levenshtein's distance: the letters to change, insert or delete. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swapped = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swapped, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}

export type Arguments = ReadonlyMap<string, Value>;

export function codeError(
  code: string,
  message: string,
  values: OperatorError['values'] = {},
): { readonly ok: false; readonly error: OperatorError } {
  return { ok: false, error: { code, values, message } };
}

/** Assigns a call's arguments to the parameters as Python does, and refuses them in Python's words. */
export function bindArguments(call: Call, signature: Signature): Result<Arguments> {
  const { name, parameters, required, unexpected } = signature;
  const bound = new Map<string, Value>();
  if (call.positional.length > parameters.length) {
    const given = call.positional.length + 1;
    const takes =
      required === parameters.length ? `${required + 1}` : `from ${required + 1} to ${parameters.length + 1}`;
    return codeError('too-many-arguments', `${name} takes ${takes} positional arguments but ${given} were given`, {
      given,
    });
  }
  for (const [i, value] of call.positional.entries()) bound.set(parameters[i]!, value);
  for (const { name: keyword, value } of call.keywords) {
    if (!parameters.includes(keyword)) {
      const message =
        unexpected?.(keyword, writeValue(value)) ?? `${name} got an unexpected keyword argument '${keyword}'`;
      const meant = nearestName(keyword, parameters);
      return meant === null
        ? codeError('unexpected-argument', message, { argument: keyword })
        : codeError('misspelt-argument', message, { argument: keyword, meant });
    }
    if (bound.has(keyword)) {
      return codeError('repeated-argument', `${name} got multiple values for argument '${keyword}'`, {
        argument: keyword,
      });
    }
    bound.set(keyword, value);
  }
  const missing = parameters.slice(0, required).filter((parameter) => !bound.has(parameter));
  if (missing.length === 0) return { ok: true, value: bound };
  const count = `${missing.length} required positional argument${missing.length > 1 ? 's' : ''}`;
  const quoted = missing.map((parameter) => `'${parameter}'`);
  const list = quoted.length > 1 ? `${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1)}` : quoted[0];
  return codeError('missing-argument', `${name} missing ${count}: ${list}`, { arguments: missing.join(', ') });
}
