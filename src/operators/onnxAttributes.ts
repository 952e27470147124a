/** Attributes of an ONNX node, as `onnx.helper.make_node` takes them and as ONNX and Netron print them. */
import type { Call, Statement, Value } from './callSyntax.ts';
import { integersOf, refuse } from './codeValues.ts';
import type { Pair } from './operator.ts';

export type Attributes = ReadonlyMap<string, Value>;

/** What make_node takes beside the operator's attributes. */
const ofTheNode = ['inputs', 'outputs', 'name', 'doc_string', 'domain', 'op_type'];

export function attributesOf(call: Call): Attributes {
  return new Map(call.keywords.map(({ name, value }) => [name, value]));
}

export function bareAttributes(statements: readonly Statement[]): Attributes {
  return new Map(statements.flatMap(({ target, value }) => (target === null ? [] : [[target, value]])));
}

export function integers(
  attributes: Attributes,
  name: string,
  length: number,
  fallback: readonly number[],
): readonly number[] {
  const value = attributes.get(name);
  if (value === undefined) return fallback;
  const list = integersOf(value);
  if (list?.length === length) return list;
  return refuse('wrong-type', `Attribute ${name} must be a list of ${length} ints`, { argument: name });
}

export function pair(attributes: Attributes, name: string, fallback: Pair): Pair {
  const [h, w] = integers(attributes, name, 2, fallback);
  return [h!, w!];
}

/** Refuses an attribute that the operator does not have. */
export function needKnown(attributes: Attributes, operator: string, known: readonly string[]): void {
  for (const name of attributes.keys()) {
    if (!known.includes(name) && !ofTheNode.includes(name)) {
      refuse('unexpected-argument', `Unrecognized attribute: ${name} for operator ${operator}`, { argument: name });
    }
  }
}
