/** Calls with the constants among their arguments, as the readers of functions take them: tensors are left out. */
import type { Call, Value } from '../../../operators/callSyntax.ts';
import type { Expression, Keyword } from '../python/expressions.ts';
import { type CallExpression, type Evaluator, isTensor, type Result } from './results.ts';

export function noArguments(name: string): Call {
  return { kind: 'call', name, positional: [], keywords: [] };
}

export function callWith(
  reader: Evaluator,
  name: string,
  others: readonly Result[],
  keywords: readonly Keyword[],
): Call {
  const constants = (results: readonly Result[]) => results.flatMap((result) => constantIn(result) ?? []);
  return {
    kind: 'call',
    name,
    positional: constants(others),
    keywords: keywords.flatMap(({ name: key, value }) => {
      const [constant] = constants([reader.evaluate(value)]);
      return constant ? [{ name: key, value: constant }] : [];
    }),
  };
}

/** The call of a `pad` without the tensor that it pads. */
export function padCall(reader: Evaluator, rest: readonly Expression[], { keywords }: CallExpression): Call {
  return callWith(
    reader,
    'pad',
    rest.map((each) => reader.evaluate(each)),
    keywords,
  );
}

/** A result without tensors as a value; null of one that has some. */
function constantIn(result: Result): Value | null {
  if (isTensor(result)) return null;
  if (result.kind !== 'tuple') return result;
  const items = result.items.map(constantIn);
  const all = items.filter((item) => item !== null);
  return all.length === items.length ? { kind: 'list', items: all } : null;
}
