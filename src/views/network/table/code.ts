/**
 * A layer as its constructor in PyTorch, in pieces: the numbers among them know which attribute they are, so that they can be changed
 * where they stand. Only arguments that are not the default are written. What PyTorch has as a function is written as one.
 */
import type { GraphNode, NodeId } from '../../../graph/graph.ts';
import { type Form, formsOf } from '../../../graph/network/attributes/declarations.ts';
import { defaultOf } from '../../../graph/network/attributes/values.ts';
import type { Operator } from '../../../operators/index.ts';
import type { PerSide } from '../../../operators/operator.ts';
import { moduleOf, type Signature } from './modules.ts';

/** Which part of an attribute's value a number is; 'all': the two of a pair or all four sides at once. */
export type Place = 'all' | 0 | 1 | 2 | 3 | 'rows' | 'columns' | keyof PerSide;

export interface NumberPiece {
  readonly kind: 'number';
  readonly text: string;
  readonly value: number;
  /** The operator's attribute; null where the number follows from what the layer reads. */
  readonly attribute: { readonly key: string; readonly name: string; readonly place: Place } | null;
}

export type CodePiece =
  | NumberPiece
  | { readonly kind: 'plain' | 'module' | 'string' | 'constant'; readonly text: string }
  /** What a join reads. */
  | { readonly kind: 'operand'; readonly text: NodeId; readonly index: number };

const plain = (text: string): CodePiece => ({ kind: 'plain', text });

/** `nn.Conv2d(3, 16, kernel_size=3, padding=1)`, `torch.add(conv2, conv1)`. */
export function codePieces({ operator, inputs }: GraphNode): readonly CodePiece[] {
  const { prefix, name, ...signature } = moduleOf(operator);
  const forms = new Map(formsOf(operator.kind));
  const values = new Map<string, unknown>(Object.entries(operator));
  const pieces = (key: string) => valuePieces(key, forms.get(key)!, values.get(key));
  const isJoin = inputs.length > 1;
  const operands = isJoin ? [operandPieces(inputs, signature.operands)] : [];
  const positional = signature.positional.filter((key) => forms.has(key)).map(pieces);
  const keywords = signature.keywords
    .filter((key) => isWritten(operator, key, forms.get(key)!, values.get(key)))
    .map((key) => [plain(`${forms.get(key)!.name}=`), ...pieces(key)]);
  const list = [...operands, ...positional, ...keywords];
  const inside = list.flatMap((argument, i) => (i === 0 ? argument : [plain(', '), ...argument]));
  return merged([{ kind: 'module', text: prefix }, plain(`${name}(`), ...inside, plain(')')]);
}

function operandPieces(inputs: readonly NodeId[], form: Signature['operands']): readonly CodePiece[] {
  const list = inputs.flatMap((text, index): CodePiece[] => [
    ...(index === 0 ? [] : [plain(', ')]),
    { kind: 'operand', text, index },
  ]);
  return form === 'list' ? [plain('['), ...list, plain(']')] : list;
}

function isWritten(operator: Operator, key: string, form: Form, value: unknown): boolean {
  // PyTorch's pools step by their own size unless another stride is said.
  if (operator.kind === 'pool2d' && key === 'stride') return String(value) !== String(operator.kernelSize);
  return JSON.stringify(value) !== JSON.stringify(defaultOf(form));
}

function valuePieces(key: string, form: Form, value: unknown): readonly CodePiece[] {
  const number = (own: number, place: Place): CodePiece => ({
    kind: 'number',
    text: numberText(own),
    value: own,
    attribute: form.isDerived ? null : { key, name: form.name, place },
  });
  const tuple = (own: readonly number[], places: readonly Place[]): readonly CodePiece[] => [
    plain('('),
    ...own.flatMap((each, i) => (i === 0 ? [number(each, places[i]!)] : [plain(', '), number(each, places[i]!)])),
    plain(')'),
  ];
  if (value === null) return [{ kind: 'constant', text: 'None' }];
  switch (form.form) {
    case 'integer':
    case 'number':
    case 'axis':
      return [number(value as number, 'all')];
    case 'pair':
    case 'optional-pair': {
      const [h, w] = value as readonly [number, number];
      return h === w ? [number(h, 'all')] : tuple([h, w], [0, 1]);
    }
    case 'sides': {
      if (typeof value === 'string') return [{ kind: 'string', text: `'${value}'` }];
      const { top, bottom, left, right } = value as PerSide;
      if (top !== bottom || left !== right)
        return tuple([left, right, top, bottom], ['left', 'right', 'top', 'bottom']);
      return top === left ? [number(top, 'all')] : tuple([top, left], ['rows', 'columns']);
    }
    case 'quad':
      return tuple(value as readonly number[], [0, 1, 2, 3]);
    case 'axes':
      return [plain(`(${(value as readonly number[]).join(', ')})`)];
    case 'boolean':
      return [{ kind: 'constant', text: value ? 'True' : 'False' }];
    case 'choice':
      return [{ kind: 'string', text: `'${String(value)}'` }];
    default:
      return form satisfies never;
  }
}

function numberText(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6))).replace('e+', 'e');
}

function merged(pieces: readonly CodePiece[]): readonly CodePiece[] {
  const all: CodePiece[] = [];
  for (const piece of pieces) {
    const last = all.at(-1);
    if (piece.text === '') continue;
    if (last?.kind === 'plain' && piece.kind === 'plain') all[all.length - 1] = plain(last.text + piece.text);
    else all.push(piece);
  }
  return all;
}

export function codeText(pieces: readonly CodePiece[]): string {
  return pieces.map(({ text }) => text).join('');
}
