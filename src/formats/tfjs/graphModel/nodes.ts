/** The nodes of a graph model's JSON: operators by name, what they read, and their attributes as plain values. */
import { ModelError, malformed } from '../error.ts';
import { isRecord, type Json, listAt, nameAt, recordAt, sizesAt, textAt } from '../json.ts';

export interface TfNode {
  readonly name: string;
  /** "Conv2D". */
  readonly operator: string;
  /** Names of nodes; control inputs, which only order, are left out. */
  readonly inputs: readonly string[];
  readonly attributes: Json;
}

/** "name:0" is the first output of `name`; of what is read here no operator has another. */
function readName(text: string, where: string): string {
  const [name = '', output = '0'] = text.split(':');
  if (output !== '0') throw new ModelError('model-attribute', { node: name, what: `output ${output}` });
  return nameAt(name, where);
}

function nodeOf(entry: unknown): TfNode {
  const fields = recordAt(entry, 'modelTopology.node');
  const name = nameAt(fields.name, 'modelTopology.node.name');
  const inputs = listAt(fields.input ?? [], name)
    .map((input) => textAt(input, name))
    .filter((input) => !input.startsWith('^'))
    .map((input) => readName(input, name));
  return { name, operator: textAt(fields.op, name), inputs, attributes: recordAt(fields.attr ?? {}, name) };
}

export function nodesOf(topology: Json): readonly TfNode[] {
  const nodes = listAt(topology.node, 'modelTopology.node').map(nodeOf);
  const names = new Set(nodes.map(({ name }) => name));
  if (names.size !== nodes.length) throw malformed('modelTopology.node.name');
  for (const { name, inputs } of nodes)
    for (const input of inputs) if (!names.has(input)) throw malformed(`${name}: ${input}`);
  return nodes;
}

/** The nodes that `wanted` need, in the file's order; one that stands before what it reads comes behind it. */
export function inOrder(nodes: readonly TfNode[], wanted: readonly string[]): readonly TfNode[] {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const needed = new Set<string>();
  const open = [...wanted];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (needed.has(name)) continue;
    needed.add(name);
    open.push(...(byName.get(name)?.inputs ?? []));
  }
  const ordered: TfNode[] = [];
  const done = new Set<string>();
  const entered = new Set<string>();
  for (const { name } of nodes.filter((node) => needed.has(node.name))) {
    const stack = [name];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const node = byName.get(top);
      if (!node || done.has(top)) {
        stack.pop();
        continue;
      }
      const missing = node.inputs.filter((input) => !done.has(input));
      if (missing.length > 0 && entered.has(top)) throw malformed(`${top}: a circle`);
      entered.add(top);
      if (missing.length > 0) {
        stack.push(...missing.filter((input) => !entered.has(input)));
        if (missing.some((input) => entered.has(input))) throw malformed(`${top}: a circle`);
        continue;
      }
      ordered.push(node);
      done.add(top);
      stack.pop();
    }
  }
  return ordered;
}

/** Text is base64, or character codes. */
function decoded(value: unknown, where: string): string {
  if (Array.isArray(value)) return String.fromCharCode(...sizesAt(value, where));
  try {
    return atob(textAt(value, where));
  } catch {
    throw malformed(where);
  }
}

/** Whole numbers come as numbers or, being 64 bits wide, as text. */
function integer(value: unknown, where: string): number {
  const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
  if (!Number.isSafeInteger(number)) throw malformed(where);
  return number as number;
}

/** An attribute of the kind `field` ("s", "i", "f", "b"), or undefined. */
function attribute({ name, attributes }: TfNode, key: string, field: string): unknown {
  const entry = Object.hasOwn(attributes, key) ? attributes[key] : undefined;
  return entry === undefined ? undefined : recordAt(entry, `${name}.${key}`)[field];
}

export function textOf(node: TfNode, key: string, otherwise: string): string {
  const value = attribute(node, key, 's');
  return value === undefined ? otherwise : decoded(value, `${node.name}.${key}`);
}

export function integerOf(node: TfNode, key: string, otherwise: number): number {
  const value = attribute(node, key, 'i');
  return value === undefined ? otherwise : integer(value, `${node.name}.${key}`);
}

export function numberOf(node: TfNode, key: string, otherwise: number): number {
  const value = attribute(node, key, 'f') ?? attribute(node, key, 'i');
  if (value === undefined) return otherwise;
  const number = Number(value);
  if (!Number.isFinite(number)) throw malformed(`${node.name}.${key}`);
  return number;
}

export function isSet(node: TfNode, key: string): boolean {
  return attribute(node, key, 'b') === true;
}

export function integersOf(node: TfNode, key: string): readonly number[] {
  const list = attribute(node, key, 'list');
  if (!isRecord(list) || list.i === undefined) return [];
  return listAt(list.i, `${node.name}.${key}`).map((value) => integer(value, `${node.name}.${key}`));
}

export function textsOf(node: TfNode, key: string): readonly string[] {
  const list = attribute(node, key, 'list');
  if (!isRecord(list) || list.s === undefined) return [];
  return listAt(list.s, `${node.name}.${key}`).map((value) => decoded(value, `${node.name}.${key}`));
}

/** The sizes of an attribute that holds a shape; -1 or absent sizes are null. */
export function shapeOf(node: TfNode, key: string): readonly (number | null)[] {
  return dimsOf(attribute(node, key, 'shape'), `${node.name}.${key}`);
}

export function dimsOf(shape: unknown, where: string): readonly (number | null)[] {
  if (!isRecord(shape) || shape.dim === undefined) return [];
  return listAt(shape.dim, where).map((dim) => {
    const size = recordAt(dim, where).size;
    const value = size === undefined ? -1 : integer(size, where);
    return value > 0 ? value : null;
  });
}
