/** The layers of a pasted text in the order in which they are applied, whatever holds them together. */
import { baseName, type Call, type Statement, type Value } from '../../operators/callSyntax.ts';

/** Calls that only hold layers: `nn.Sequential(a, b)`, `keras.Sequential([a, b])`, `model.add(a)`, `OrderedDict([('conv', a)])`. */
const holders = new Set(['Sequential', 'OrderedDict', 'ModuleList', 'add', 'append']);

export interface LayerCalls {
  readonly calls: readonly Call[];
  /** A container was there: what it does not hold, the layer does not have. */
  readonly isWhole: boolean;
}

export function layerCalls(statements: readonly Statement[]): LayerCalls {
  let isWhole = false;
  const flatten = (value: Value): readonly Call[] => {
    if (value.kind === 'list') return value.items.flatMap(flatten);
    if (value.kind !== 'call') return [];
    if (!holders.has(baseName(value.name))) return [value];
    isWhole ||= baseName(value.name) === 'Sequential';
    return [...value.positional, ...value.keywords.map((keyword) => keyword.value)].flatMap(flatten);
  };
  return { calls: statements.flatMap(({ value }) => flatten(value)), isWhole };
}
