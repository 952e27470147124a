/** Why a name of `forward` has no value yet: nowhere assigned, assigned only later, or made of what it is to make. */
import type { Expression, Span } from '../python/expressions.ts';
import type { Statement } from '../python/statements.ts';
import { type Place, refuseAt } from '../python/tokens.ts';

/** `at`: the statement that reads the name. */
export function unknownName(name: string, place: Place, statements: readonly Statement[], at: number): never {
  const later = statements.slice(at + 1);
  const definition = later.findIndex(({ targets }) => targets.includes(name));
  if (definition < 0) return refuseAt('name', `NameError: name '${name}' is not defined`, place, { name });
  const needed = new Set(namesIn(later[definition]!.value));
  for (const { targets, value } of later.slice(0, definition).reverse())
    if (targets.some((target) => needed.has(target))) for (const each of namesIn(value)) needed.add(each);
  const [made] = statements[at]!.targets.filter((target) => needed.has(target));
  if (made !== undefined) {
    const message = `the network has a cycle: '${made}' is made of '${name}', and '${name}' of '${made}'`;
    return refuseAt('cycle', message, place, { nodes: `${made}, ${name}` });
  }
  const message = `UnboundLocalError: cannot access local variable '${name}' where it is not associated with a value`;
  return refuseAt('name-unbound', message, place, { name });
}

function namesIn(expression: Expression | Span): readonly string[] {
  switch (expression.kind) {
    case 'name':
      return [expression.name];
    case 'number':
    case 'string':
      return [];
    case 'attribute':
    case 'negative':
    case 'star':
      return namesIn(expression.of);
    case 'call':
      return [expression.callee, ...expression.positional, ...expression.keywords.map(({ value }) => value)].flatMap(
        namesIn,
      );
    case 'index':
      return [expression.of, ...expression.items].flatMap(namesIn);
    case 'span':
      return [expression.from, expression.to, expression.step].flatMap((part) => (part ? namesIn(part) : []));
    case 'list':
      return expression.items.flatMap(namesIn);
    case 'comprehension':
      return expression.loops.flatMap(({ over }) => namesIn(over));
    case 'binary':
      return [expression.left, expression.right].flatMap(namesIn);
    default:
      return expression satisfies never;
  }
}
