/** The layers of a pasted text in the order in which they are applied, whatever holds them together. */
import { baseName, type Call, type Statement, type Value } from '../../operators/callSyntax.ts';

/** Calls that only hold layers: `nn.Sequential(a, b)`, `keras.Sequential([a, b])`, `model.add(a)`, `OrderedDict([('conv', a)])`. */
const holders = new Set(['Sequential', 'OrderedDict', 'ModuleList', 'add', 'append']);

export function layerCalls(statements: readonly Statement[]): readonly Call[] {
  return statements.flatMap(({ value }) => flatten(value));
}

function flatten(value: Value): readonly Call[] {
  if (value.kind === 'list') return value.items.flatMap(flatten);
  if (value.kind !== 'call') return [];
  if (!holders.has(baseName(value.name))) return [value];
  return [...value.positional, ...value.keywords.map((keyword) => keyword.value)].flatMap(flatten);
}
