/** The nodes of ONNX as a chain of operators. Weights and constants are found by the names that the nodes read. */
import { activationDefaults, isActivation, readActivation } from '../../../operators/activation/code.ts';
import { baseName, type Call, type Value } from '../../../operators/callSyntax.ts';
import { type CodeContext, integersOf, need, stringOf } from '../../../operators/codeValues.ts';
import { readOnnx, readOnnxPadding } from '../../../operators/conv2d/code/onnx.ts';
import { readOnnxTransposed } from '../../../operators/convTranspose2d/code/onnx.ts';
import { readOnnxDeformable } from '../../../operators/deformConv2d/code.ts';
import { readOnnxLinear } from '../../../operators/linear/code.ts';
import { attributesOf } from '../../../operators/onnxAttributes.ts';
import { readClip, refuseOtherLayer } from '../parts.ts';
import { Chain } from './chain.ts';

interface Node {
  readonly operator: string;
  /** Null where the text is printed and names none. */
  readonly inputs: readonly string[] | null;
  readonly output: string | null;
  readonly call: Call;
}

const argumentOf = (call: Call, position: number, name: string): Value | undefined =>
  call.positional[position] ?? call.keywords.find((keyword) => keyword.name === name)?.value;

function namesIn(value: Value | undefined): readonly string[] | null {
  return value?.kind === 'list' ? value.items.map((item) => stringOf(item) ?? '') : null;
}

function nodeOf(call: Call): Node {
  if (baseName(call.name) !== 'make_node') return { operator: baseName(call.name), inputs: null, output: null, call };
  return {
    operator: stringOf(argumentOf(call, 0, 'op_type')) ?? '',
    inputs: namesIn(argumentOf(call, 1, 'inputs')),
    output: namesIn(argumentOf(call, 2, 'outputs'))?.[0] ?? null,
    call,
  };
}

/** The tensors that the text declares: shapes of weights, numbers of constants. */
class Tensors {
  readonly #shapes = new Map<string, readonly number[]>();
  readonly #numbers = new Map<string, readonly number[]>();

  /** True where the call declares a tensor. */
  declare(call: Call): boolean {
    const kind = baseName(call.name);
    if (kind !== 'make_tensor_value_info' && kind !== 'make_tensor') return false;
    const name = stringOf(argumentOf(call, 0, 'name')) ?? '';
    const shape = argumentOf(call, 2, kind === 'make_tensor' ? 'dims' : 'shape');
    const values = argumentOf(call, 3, 'vals');
    const sizes = shape && integersOf(shape);
    if (sizes) this.#shapes.set(name, sizes);
    if (values?.kind === 'list')
      this.#numbers.set(
        name,
        values.items.flatMap((item) => (item.kind === 'number' ? [item.value] : [])),
      );
    return true;
  }

  /** The shape of a node's second input; where the names lead nowhere, the only declared shape of `rank` axes. */
  weightsOf({ inputs }: Node, rank: number): readonly number[] | null {
    const own = this.#shapes.get(inputs?.[1] ?? '');
    const shapes = [...this.#shapes.values()].filter((shape) => shape.length === rank);
    return own ?? (shapes.length === 1 ? (shapes[0] ?? null) : null);
  }

  numbersOf({ inputs }: Node, position: number): readonly number[] | null {
    return this.#numbers.get(inputs?.[position] ?? '') ?? null;
  }
}

/** Adds an operator with weights; false where the node is none. */
function addOperator(chain: Chain, node: Node, tensors: Tensors): boolean {
  const { operator, inputs, call } = node;
  const attributes = attributesOf(call);
  const { context } = chain;
  const hasBias = inputs === null || (inputs[2] ?? '') !== '';
  switch (operator) {
    case 'Conv':
      chain.addOperator(readOnnx(attributes, tensors.weightsOf(node, 4), hasBias, context), operator);
      return true;
    case 'ConvTranspose':
      chain.addOperator(readOnnxTransposed(attributes, tensors.weightsOf(node, 4), hasBias, context), operator);
      return true;
    case 'DeformConv': {
      const has = { hasBias: inputs === null || (inputs[3] ?? '') !== '', hasMask: (inputs?.[4] ?? '') !== '' };
      chain.addOperator(
        readOnnxDeformable(attributes, tensors.weightsOf(node, 4), has, {
          ...context,
          inChannels: chain.given.inChannels,
        }),
        operator,
      );
      return true;
    }
    case 'Gemm': {
      const [h, w] = context.inputSize;
      const otherwise = { inFeatures: context.inChannels * h * w, outFeatures: context.outChannels };
      chain.addOperator(readOnnxLinear(attributes, tensors.weightsOf(node, 2), hasBias, otherwise), operator);
      return true;
    }
    default:
      return false;
  }
}

function addActivation(chain: Chain, { operator, call }: Node): void {
  const keywords = call.keywords.filter(({ name }) => name === 'alpha' || name === 'approximate');
  const own: Call = { kind: 'call', name: operator, positional: [], keywords };
  chain.addActivation(need(readActivation(own, activationDefaults.onnx)), operator);
}

/** Operators that cut the maps of offsets and masks apart, or flatten: what they say, the layer says. */
const passedOver = new Set(['Flatten', 'Split', 'Slice', 'Concat']);

export function readOnnxChain(calls: readonly Call[], context: CodeContext): Chain {
  const chain = new Chain(context);
  const tensors = new Tensors();
  const nodes = calls.filter((call) => !tensors.declare(call)).map(nodeOf);
  const mask = nodes.find(({ operator }) => operator === 'DeformConv')?.inputs?.[4] ?? null;
  for (const node of nodes) {
    const { operator, call } = node;
    const attributes = attributesOf(call);
    if (addOperator(chain, node, tensors) || passedOver.has(operator)) continue;
    if (operator === 'Sigmoid' && mask !== null && node.output === mask) continue;
    if (operator === 'Pad') chain.addPadding(readOnnxPadding(attributes, tensors.numbersOf(node, 1)), operator);
    else if (operator === 'Reshape') chain.addMove(tensors.numbersOf(node, 1) ?? []);
    else if (operator === 'Transpose') {
      const order = attributes.get('perm');
      chain.addMove((order && integersOf(order)) ?? []);
    } else if (operator === 'Clip') {
      const bounds = [1, 2].map((position) => tensors.numbersOf(node, position)?.[0] ?? null);
      chain.addActivation(readClip(call, bounds), operator);
    } else if (operator === 'Mul' && chain.multiply()) continue;
    else if (isActivation(operator)) addActivation(chain, node);
    else refuseOtherLayer({ ...call, name: operator });
  }
  return chain;
}
