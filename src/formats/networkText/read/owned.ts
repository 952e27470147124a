/** What `__init__` builds: the modules that a network owns, and the numbers that it names. */
import { baseName, type Call, placeOf, type Value } from '../../../operators/callSyntax.ts';
import { refuse } from '../../../operators/codeValues.ts';
import type { Shape } from '../../../operators/operator.ts';
import { type Constants, constantOf } from '../python/constants.ts';
import { type PythonFunction, statementsOf } from '../python/statements.ts';
import type { Place } from '../python/tokens.ts';
import { insideOf } from '../readSequential.ts';

export type Owned =
  | { readonly kind: 'layer'; readonly id: string; readonly call: Call; readonly place: Place }
  /** Applied one after another; of an `nn.ModuleList`, one by one alone. */
  | { readonly kind: 'sequence'; readonly id: string; readonly members: readonly Owned[] };

export interface Initialised {
  /** By their names in the text, with `self.`. */
  readonly modules: ReadonlyMap<string, Owned>;
  readonly constants: Constants;
  /** Tensors that are registered, by their names with `self.`. */
  readonly buffers: ReadonlyMap<string, Buffer>;
}

export interface Buffer {
  readonly id: string;
  readonly shape: Shape;
}

const idPattern = /^[A-Za-z0-9_][\w.-]{0,99}$/;

/** The id that the comment of a line says, where it is one. */
export function idIn(comment: string | null): string | null {
  return comment !== null && idPattern.test(comment) ? comment : null;
}

export function initialised(init: PythonFunction | undefined): Initialised {
  const modules = new Map<string, Owned>();
  const constants = new Map<string, Value>();
  const buffers = new Map<string, Buffer>();
  for (const { name, value } of init?.parameters ?? []) {
    const constant = value && constantOf(value, constants);
    if (constant) constants.set(name, constant);
  }
  for (const { targets, value, comment, line, column } of init ? statementsOf(init) : []) {
    const [target] = targets;
    const registered = targets.length === 0 ? bufferIn(constantOf(value, constants), idIn(comment)) : null;
    if (registered) buffers.set(...registered);
    if (targets.length !== 1 || target === undefined) continue;
    const constant = constantOf(value, constants);
    const name = target.replace(/^self\./, '');
    if (constant?.kind === 'call') modules.set(target, owned(idIn(comment) ?? name, constant, { line, column }));
    else if (constant) constants.set(target, constant);
  }
  return { modules, constants, buffers };
}

/** `self.register_buffer("name", torch.zeros(N, C, H, W))`. */
function bufferIn(value: Value | null, id: string | null): readonly [name: string, buffer: Buffer] | null {
  if (value?.kind !== 'call' || value.name !== 'self.register_buffer') return null;
  const [name, tensor] = value.positional;
  if (name?.kind !== 'string' || tensor?.kind !== 'call') return null;
  const sizes = tensor.positional.flatMap((size) => (size.kind === 'number' ? [size.value] : []));
  const [n, c, h, w] = sizes;
  if (n === undefined || c === undefined || h === undefined || w === undefined || sizes.length !== 4) return null;
  return [`self.${name.value}`, { id: id ?? name.value, shape: [n, c, h, w] }];
}

/** A call as the module that it builds, under the name of its place. */
export function owned(id: string, call: Call, place: Place): Owned {
  const name = baseName(call.name);
  if (name !== 'Sequential' && name !== 'ModuleList') return { kind: 'layer', id, call, place: placeOf(call) ?? place };
  const [list] = call.positional;
  const isList = name === 'ModuleList' && list?.kind === 'list';
  const inside = isList ? list.items.map((value, i) => [String(i), value] as const) : insideOf(call);
  return {
    kind: 'sequence',
    id,
    members: inside.map(([inner, value]) => {
      const message = `${id}.${inner}: a layer is a call, such as nn.ReLU()`;
      return value.kind === 'call'
        ? owned(`${id}.${inner}`, value, place)
        : refuse('not-a-module', message, { name: `${id}.${inner}` });
    }),
  };
}
