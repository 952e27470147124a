/** A TensorFlow.js graph model as a description that builds the network for any size of picture. */
import type { Value } from '../build/builder.ts';
import { ModelError, malformed } from '../error.ts';
import { isRecord, type Json, nameAt, recordAt } from '../json.ts';
import type { ModelDescription } from '../network.ts';
import type { TfTensor } from '../weights.ts';
import type { GraphRule, Operand } from './context.ts';
import { convolutionRules } from './convolutions.ts';
import { fuseBias } from './fuseBias.ts';
import { moveRules } from './moves.ts';
import { dimsOf, inOrder, nodesOf, shapeOf, type TfNode } from './nodes.ts';
import { functionRule, valueRules } from './values.ts';

const rules: Readonly<Record<string, GraphRule>> = { ...convolutionRules, ...valueRules, ...moveRules };

function ruleOf({ operator, name }: TfNode): GraphRule {
  const rule = Object.hasOwn(rules, operator) ? rules[operator] : functionRule(operator);
  if (!rule) throw new ModelError('model-operator', { operator, node: name });
  return rule;
}

/** The signature's inputs or outputs, by node: newer files have it beside the topology, older ones in the metadata. */
function signed(model: Json, part: 'inputs' | 'outputs'): readonly (readonly [node: string, entry: Json])[] {
  const metadata = isRecord(model.userDefinedMetadata) ? model.userDefinedMetadata.signature : undefined;
  const signature = model.signature ?? metadata;
  const entries = isRecord(signature) ? signature[part] : undefined;
  if (!isRecord(entries)) return [];
  return Object.values(entries).map((value) => {
    const entry = recordAt(value, `signature.${part}`);
    return [nameAt(entry.name, `signature.${part}`).split(':')[0] ?? '', entry] as const;
  });
}

/** Nodes that nothing reads, where the model does not say what it gives. */
function ends(nodes: readonly TfNode[]): readonly string[] {
  const read = new Set(nodes.flatMap(({ inputs }) => inputs));
  return nodes.filter(({ name, operator }) => !read.has(name) && operator !== 'Const').map(({ name }) => name);
}

export function readGraphModel(model: Json, weights: ReadonlyMap<string, TfTensor>): ModelDescription {
  const all = nodesOf(recordAt(model.modelTopology, 'modelTopology'));
  const names = new Set(all.map(({ name }) => name));
  const given = signed(model, 'outputs').map(([name]) => name);
  const outputs = given.length > 0 ? given : ends(all);
  for (const name of outputs) if (!names.has(name)) throw malformed(`signature.outputs: ${name}`);
  if (outputs.length === 0) throw malformed('modelTopology.node');
  const isVector = (name: string) => weights.get(name)?.shape.length === 1;
  const nodes = fuseBias(inOrder(all, outputs), outputs, isVector);
  const places = nodes.filter(({ operator }) => operator === 'Placeholder');
  const [place] = places;
  if (!place || places.length !== 1) throw new ModelError('model-inputs', { count: places.length });
  const signedInput = signed(model, 'inputs').find(([name]) => name === place.name)?.[1];
  const declared = shapeOf(place, 'shape');
  const dims = declared.length === 4 ? declared : dimsOf(signedInput?.tensorShape, 'signature.inputs');
  const [, height = null, width = null, channels = null] = dims;
  if (dims.length !== 4 || channels === null) throw malformed(`${place.name}.shape`);
  return {
    input: place.name,
    channels,
    nativeSize: height !== null && width !== null ? { height, width } : null,
    build: (builder, [rows, columns]) => {
      const made = new Map<string, Operand>();
      const operandOf = (name: string): Operand => {
        const operand = made.get(name);
        if (!operand) throw malformed(name);
        return operand;
      };
      for (const node of nodes) {
        if (node === place) made.set(node.name, { value: builder.input(node.name, channels, rows, columns) });
        else if (node.operator === 'Const') made.set(node.name, { constant: constantOf(node.name, weights) });
        else
          made.set(
            node.name,
            ruleOf(node)({
              builder,
              node,
              operand: (index) => operandOf(node.inputs[index] ?? `${node.name}: input ${index}`),
            }),
          );
      }
      return outputs.map((name) => ({ name, value: tensorOf(name, operandOf(name)) }));
    },
  };
}

function constantOf(name: string, weights: ReadonlyMap<string, TfTensor>): TfTensor {
  const tensor = weights.get(name);
  if (!tensor) throw new ModelError('model-weight', { name });
  return tensor;
}

function tensorOf(name: string, operand: Operand): Value {
  if (!('value' in operand)) throw malformed(`${name}: a constant output`);
  return operand.value;
}
