/** Expressions without tensors as values: numbers worked out, names looked up, calls kept as they are. */
import type { Call, Value } from '../../../operators/callSyntax.ts';
import type { Expression } from './expressions.ts';
import { dottedName } from './statements.ts';
import type { Place } from './tokens.ts';

export type Constants = ReadonlyMap<string, Value>;

const places = new WeakMap<Call, Place>();

/** Where a call stands in the text that it was read from. */
export function placeOf(call: Call): Place | null {
  return places.get(call) ?? null;
}

/** null where the expression is none of these, such as an index. */
export function constantOf(expression: Expression, known: Constants): Value | null {
  switch (expression.kind) {
    case 'number':
      return { kind: 'number', value: expression.value };
    case 'string':
      return { kind: 'string', value: expression.value };
    case 'name':
    case 'attribute':
      return nameOf(expression, known);
    case 'list': {
      const items = expression.items.map((item) => constantOf(item, known));
      const all = items.filter((item) => item !== null);
      return all.length === items.length ? { kind: 'list', items: all } : null;
    }
    case 'negative': {
      const of = constantOf(expression.of, known);
      return of?.kind === 'number' ? { kind: 'number', value: 0 - of.value } : null;
    }
    case 'binary': {
      const left = constantOf(expression.left, known);
      const right = constantOf(expression.right, known);
      if (left?.kind !== 'number' || right?.kind !== 'number') return null;
      const value = calculated(expression.sign, left.value, right.value);
      return value === null ? null : { kind: 'number', value };
    }
    case 'call':
      return callOf(expression, known);
    case 'index':
      return null;
    default:
      return expression satisfies never;
  }
}

function nameOf(expression: Expression, known: Constants): Value | null {
  const name = dottedName(expression);
  if (name === null) return null;
  if (name === 'True' || name === 'False') return { kind: 'boolean', value: name === 'True' };
  return name === 'None' ? { kind: 'none' } : (known.get(name) ?? { kind: 'name', name });
}

function calculated(sign: string, a: number, b: number): number | null {
  switch (sign) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '//':
      return Math.floor(a / b);
    case '%':
      return ((a % b) + b) % b;
    case '**':
      return a ** b;
    default:
      return null;
  }
}

function callOf(expression: Extract<Expression, { readonly kind: 'call' }>, known: Constants): Value | null {
  const name = dottedName(expression.callee);
  if (name === null) return null;
  const positional = expression.positional.map((value) => constantOf(value, known));
  const keywords = expression.keywords.map(({ name: key, value }) => ({ name: key, value: constantOf(value, known) }));
  const all = positional.filter((value) => value !== null);
  const said = keywords.flatMap(({ name: key, value }) => (value === null ? [] : [{ name: key, value }]));
  if (all.length < positional.length || said.length < keywords.length) return null;
  const [only] = all;
  if (name === 'float' && only?.kind === 'string' && /^[-+]?inf$/.test(only.value))
    return { kind: 'number', value: only.value.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY };
  if (name === 'int' && only?.kind === 'number') return { kind: 'number', value: Math.trunc(only.value) };
  const call: Call = { kind: 'call', name, positional: all, keywords: said };
  places.set(call, { line: expression.line, column: expression.column });
  return call;
}
