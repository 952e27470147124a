/**
 * A network as a runnable `class Network(nn.Module)`. Every node is one line of
 * `forward`; where its name is not the line's own (dots are no part of Python's names), a comment says it, and `readModule.ts` takes it
 * from there. Maps stay [N, C, H, W] until they are flattened; features behind a flatten or a linear layer are [N, C].
 */
import type { Graph, GraphNode, NodeId } from '../../graph/graph.ts';
import type { Shapes } from '../../graph/infer.ts';
import { givesFlat, wantsFlat } from './write/axes.ts';
import type { OperatorCode } from './write/code.ts';
import { type HelperName, helpers } from './write/helpers.ts';
import { identifiersOf } from './write/identifiers.ts';
import { operatorCode } from './write/operatorCode.ts';

export interface NetworkCode {
  readonly text: string;
  /** What PyTorch cannot say exactly, by node; empty where the text is the network. */
  readonly notes: readonly { readonly node: NodeId; readonly note: string }[];
}

interface WrittenNode extends GraphNode {
  readonly code: OperatorCode;
  /** Its name as an attribute and as a variable. */
  readonly name: string;
}

/** `shapes`: of every node, as `inferShapes` gives them. `buffers`: input nodes that are tensors of the module's own, [1, C, H, W]. */
export function writeModule(graph: Graph, shapes: Shapes, buffers: readonly NodeId[] = []): NetworkCode {
  const nodes = writtenNodes(graph, shapes);
  const notes = nodes.flatMap(({ id, code }) => (code.note === undefined ? [] : [{ node: id, note: code.note }]));
  return {
    text: `${[...prelude(nodes), ...classOf(graph, nodes, buffersOf(graph, shapes, buffers))].join('\n')}\n`,
    notes,
  };
}

function writtenNodes({ nodes }: Graph, shapes: Shapes): readonly WrittenNode[] {
  const names = identifiersOf(nodes.map(({ id }) => id));
  return nodes.flatMap((node) => {
    const { operator } = node;
    if (operator.kind === 'input') return [];
    const code = operatorCode(
      operator,
      node.inputs.map((input) => shapes[input]!),
    );
    return [{ ...node, code, name: names.get(node.id)! }];
  });
}

function prelude(nodes: readonly WrittenNode[]): readonly string[] {
  const needed = new Set(nodes.flatMap(({ code }): HelperName[] => (code.helper ? [code.helper] : [])));
  const usesVision = nodes.some(({ operator }) => operator.kind === 'deform_conv2d');
  return [
    'import torch',
    'import torch.nn as nn',
    'import torch.nn.functional as F',
    ...(usesVision ? ['import torchvision'] : []),
    '',
    '',
    ...[...needed].flatMap((name) => [helpers[name], '', '']),
  ];
}

interface Buffer {
  readonly id: NodeId;
  readonly name: string;
  readonly shape: readonly number[];
}

function buffersOf({ nodes }: Graph, shapes: Shapes, buffers: readonly NodeId[]): readonly Buffer[] {
  const names = identifiersOf(nodes.map(({ id }) => id));
  return buffers.map((id) => ({ id, name: names.get(id)!, shape: shapes[id]! }));
}

function classOf(graph: Graph, nodes: readonly WrittenNode[], buffers: readonly Buffer[]): readonly string[] {
  const own = new Set(buffers.map(({ id }) => id));
  const inputs = graph.nodes.filter(({ id, operator }) => operator.kind === 'input' && !own.has(id));
  const body = new Body(graph, own);
  const parameters = inputs.map(({ id }) => body.variable(id));
  return [
    'class Network(nn.Module):',
    '    def __init__(self):',
    '        super().__init__()',
    ...nodes.flatMap(({ id, name, code }) =>
      code.module === null ? [] : [named(`        self.${name} = ${code.module}`, id === name ? null : id)],
    ),
    ...buffers.map(({ id, name, shape }) =>
      named(`        self.register_buffer("${name}", torch.zeros(${shape.join(', ')}))`, id === name ? null : id),
    ),
    '',
    `    def forward(self, ${parameters.join(', ')}):`,
    ...nodes.flatMap((node) => body.lines(node)),
    `        return ${body.results().join(', ')}`,
  ];
}

const named = (line: string, id: NodeId | null) => (id === null ? line : `${line}  # ${id}`);

/** The lines of `forward`: which variable holds what, and of how many axes it is. */
class Body {
  readonly #readers = new Map<NodeId, Set<NodeId>>();
  readonly #next = new Map<NodeId, NodeId>();
  readonly #names: ReadonlyMap<NodeId, string>;
  readonly #flat = new Set<NodeId>();
  readonly #last: NodeId;
  readonly #sinks: readonly NodeId[];
  readonly #buffers: ReadonlySet<NodeId>;
  /** Several, each under a name of its own. */
  readonly #inputs: ReadonlySet<NodeId>;

  constructor({ nodes }: Graph, buffers: ReadonlySet<NodeId>) {
    this.#buffers = buffers;
    const inputs = nodes.filter(({ id, operator }) => operator.kind === 'input' && !buffers.has(id));
    this.#inputs = new Set(inputs.length > 1 ? inputs.map(({ id }) => id) : []);
    for (const { id, inputs } of nodes)
      for (const input of inputs) this.#readers.set(input, (this.#readers.get(input) ?? new Set()).add(id));
    for (const [i, { id }] of nodes.entries()) if (nodes[i + 1]) this.#next.set(id, nodes[i + 1]!.id);
    this.#names = identifiersOf(nodes.map(({ id }) => id));
    this.#last = nodes.at(-1)?.id ?? '';
    this.#sinks = nodes.map(({ id }) => id).filter((id) => !this.#readers.has(id));
  }

  /** `x` for what the next line alone reads, or the end returns; a name of its own for what is needed later. */
  variable(id: NodeId): string {
    if (this.#buffers.has(id)) return `self.${this.#names.get(id)}`;
    if (this.#inputs.has(id)) return this.own(id);
    const readers = this.#readers.get(id);
    if (!readers) return id === this.#last ? 'x' : this.own(id);
    const next = this.#next.get(id);
    return readers.size === 1 && next !== undefined && readers.has(next) ? 'x' : this.own(id);
  }

  own(id: NodeId): string {
    return id === 'input' ? 'picture' : this.#names.get(id)!;
  }

  lines({ id, name, operator, inputs, code }: WrittenNode): readonly string[] {
    const areFlat = inputs.map((input) => this.#flat.has(input));
    const wanted = wantsFlat(operator, areFlat);
    const read = inputs.map((input, i) => {
      const variable = this.variable(input);
      if (wanted === null || wanted === areFlat[i]) return variable;
      return wanted ? `torch.flatten(${variable}, 1)` : `${variable}[:, :, None, None]`;
    });
    if (givesFlat(operator, areFlat)) this.#flat.add(id);
    const variable = this.variable(id);
    const isNamed = code.module !== null || variable === id;
    const note = code.note === undefined ? [] : [`        # ${code.note}:`];
    return [...note, named(`        ${variable} = ${code.apply(read, `self.${name}`)}`, isNamed ? null : id)];
  }

  results(): readonly string[] {
    return this.#sinks.map((id) => this.variable(id));
  }
}
