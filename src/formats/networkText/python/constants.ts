/**
 * Expressions without tensors as values: numbers worked out, names looked up, lists made of comprehensions, calls kept as they are but
 * those that make lists (`range`, `zip`, `enumerate`).
 */
import { placed, type Value } from '../../../operators/callSyntax.ts';
import type { Expression } from './expressions.ts';
import { dottedName } from './statements.ts';

export type Constants = ReadonlyMap<string, Value>;

/** Longer lists are no layers. */
const mostItems = 10_000;

/** null where the expression is none of these, such as an index. */
export function constantOf(expression: Expression, known: Constants): Value | null {
  switch (expression.kind) {
    case 'number':
      return { kind: 'number', value: expression.value };
    case 'string':
      return expression.isFormatted ? formatted(expression.value, known) : { kind: 'string', value: expression.value };
    case 'name':
    case 'attribute':
      return nameOf(expression, known);
    case 'list':
      return listOf(expression.items, known);
    case 'comprehension': {
      const items = comprehended(expression, 0, known);
      return items && { kind: 'list', items };
    }
    case 'negative': {
      const of = constantOf(expression.of, known);
      return of?.kind === 'number' ? { kind: 'number', value: 0 - of.value } : null;
    }
    case 'binary': {
      const left = constantOf(expression.left, known);
      const right = constantOf(expression.right, known);
      if (left?.kind === 'list' && right) return joined(expression.sign, left.items, right);
      if (left?.kind !== 'number' || right?.kind !== 'number') return null;
      const value = calculated(expression.sign, left.value, right.value);
      return value === null ? null : { kind: 'number', value };
    }
    case 'call':
      return callOf(expression, known);
    case 'index':
      return itemOf(expression, known);
    // Alone it is nothing: lists and arguments take it apart.
    case 'star':
      return null;
    default:
      return expression satisfies never;
  }
}

/** The items of a list or of arguments; what has a star gives its own. null where one of them cannot be worked out. */
function listOf(expressions: readonly Expression[], known: Constants): Extract<Value, { kind: 'list' }> | null {
  const items: Value[] = [];
  for (const expression of expressions) {
    const value = constantOf(expression.kind === 'star' ? expression.of : expression, known);
    if (value === null) return null;
    if (expression.kind !== 'star') items.push(value);
    else if (value.kind === 'list') items.push(...value.items);
    else return null;
  }
  return { kind: 'list', items };
}

type Comprehension = Extract<Expression, { readonly kind: 'comprehension' }>;

/** The items of a comprehension from its loop `depth` inwards. */
function comprehended({ item, loops, ...place }: Comprehension, depth: number, known: Constants): Value[] | null {
  const loop = loops[depth];
  if (!loop) {
    const value = constantOf(item, known);
    return value && [value];
  }
  const over = constantOf(loop.over, known);
  if (over?.kind !== 'list') return null;
  const made: Value[] = [];
  for (const each of over.items) {
    const values = loop.names.length === 1 ? [each] : each.kind === 'list' ? each.items : [];
    if (values.length !== loop.names.length) return null;
    const inside = new Map([...known, ...loop.names.map((name, i) => [name, values[i]!] as const)]);
    const items = comprehended({ item, loops, ...place }, depth + 1, inside);
    if (items === null || made.length + items.length > mostItems) return null;
    made.push(...items);
  }
  return made;
}

/** `a + b` of two lists, `a * n`. */
function joined(sign: string, items: readonly Value[], right: Value): Value | null {
  if (sign === '+' && right.kind === 'list') return { kind: 'list', items: [...items, ...right.items] };
  if (sign !== '*' || right.kind !== 'number' || items.length * right.value > mostItems) return null;
  return { kind: 'list', items: Array.from({ length: Math.max(0, right.value) }, () => items).flat() };
}

/** `channels[i]`, `channels[-1]`, `channels[1:]`. */
function itemOf({ of, items }: Extract<Expression, { readonly kind: 'index' }>, known: Constants): Value | null {
  const list = constantOf(of, known);
  const [only] = items;
  if (list?.kind !== 'list' || !only || items.length > 1) return null;
  if (only.kind === 'span') {
    if (only.step) return null;
    const [from, to] = [only.from, only.to].map((end) => end && constantOf(end, known));
    if ((only.from && from?.kind !== 'number') || (only.to && to?.kind !== 'number')) return null;
    const end = (value: Value | null | undefined) => (value?.kind === 'number' ? value.value : undefined);
    return { kind: 'list', items: list.items.slice(end(from), end(to)) };
  }
  const at = constantOf(only, known);
  return at?.kind === 'number' ? (list.items.at(at.value) ?? null) : null;
}

/** `f'conv{i}'`; null where more than a name stands in the braces. */
function formatted(text: string, known: Constants): Value | null {
  let isKnown = true;
  const value = text.replaceAll(/\{([^{}]*)\}/g, (_, name: string) => {
    const found = known.get(name.trim());
    if (found?.kind === 'number' || found?.kind === 'string') return String(found.value);
    isKnown = false;
    return '';
  });
  return isKnown ? { kind: 'string', value } : null;
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
  const positional = listOf(expression.positional, known);
  const keywords = expression.keywords.map(({ name: key, value }) => ({ name: key, value: constantOf(value, known) }));
  const said = keywords.flatMap(({ name: key, value }) => (value === null ? [] : [{ name: key, value }]));
  if (positional === null || said.length < keywords.length) return null;
  const all = positional.items;
  const [only] = all;
  const list = said.length === 0 ? madeList(name, all) : null;
  if (list) return list.length > mostItems ? null : { kind: 'list', items: list };
  if (name === 'float' && only?.kind === 'string' && /^[-+]?inf$/.test(only.value))
    return { kind: 'number', value: only.value.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY };
  if (name === 'int' && only?.kind === 'number') return { kind: 'number', value: Math.trunc(only.value) };
  return placed({ kind: 'call', name, positional: all, keywords: said }, expression);
}

const numberValue = (value: number): Value => ({ kind: 'number', value });

/** What Python's own functions make lists of; null for all other calls. */
function madeList(name: string, given: readonly Value[]): readonly Value[] | null {
  const lists = given.flatMap((value) => (value.kind === 'list' ? [value.items] : []));
  const numbers = given.flatMap((value) => (value.kind === 'number' ? [value.value] : []));
  const isOfLists = lists.length === given.length;
  const [first = []] = lists;
  switch (name) {
    case 'range': {
      const [start, stop, step] =
        numbers.length === 1 ? [0, numbers[0]!, 1] : [numbers[0], numbers[1], numbers[2] ?? 1];
      if (numbers.length !== given.length || start === undefined || stop === undefined || step === 0) return null;
      const length = Math.min(mostItems + 1, Math.max(0, Math.ceil((stop - start) / step)));
      return Array.from({ length }, (_, i) => numberValue(start + i * step));
    }
    case 'list':
    case 'tuple':
      return isOfLists && given.length === 1 ? first : null;
    case 'enumerate':
      return isOfLists && given.length === 1
        ? first.map((value, i) => ({ kind: 'list', items: [numberValue(i), value] }))
        : null;
    case 'zip':
      if (!isOfLists || given.length === 0) return null;
      return Array.from({ length: Math.min(...lists.map((list) => list.length)) }, (_, i) => ({
        kind: 'list',
        items: lists.map((list) => list[i]!),
      }));
    default:
      return null;
  }
}
