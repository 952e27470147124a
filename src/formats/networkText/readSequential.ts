/**
 * `nn.Sequential(...)` → a network. Modules may be given one after another, in nested `nn.Sequential`s, by name in an `OrderedDict`, or
 * as PyTorch prints them; nodes are named by their place, as in a state dict: `0`, `3.1`, `features.0`.
 */
import { at } from './python/tokens.ts';
import '../../operators/late.ts';
import type { Graph, GraphNode, NodeId } from '../../graph/graph.ts';
import {
  baseName,
  type Call,
  placeOf,
  readStatements,
  type Statement,
  type Value,
} from '../../operators/callSyntax.ts';
import { need, reading, refuse } from '../../operators/codeValues.ts';
import { rulesOf } from '../../operators/index.ts';
import type { Result, Shape } from '../../operators/operator.ts';
import { readModule } from './modules.ts';
import { calculatedStatements } from './read/calculated.ts';

/** The network of a text for pictures of `input`, [N, C, H, W]; or the first layer that cannot be read or applied, and why. */
export function readSequential(text: string, input: Shape): Result<Graph> {
  return reading(() => {
    const network = new Chain(input);
    for (const [name, value] of membersOf(statementsIn(text))) network.add(name, value);
    return network.finish();
  });
}

/** As Python, with numbers worked out and lists made; else as PyTorch prints modules. What is Python and not read is said as such. */
function statementsIn(text: string): readonly Statement[] {
  const calculated = calculatedStatements(text);
  if (calculated.ok) return calculated.value;
  const plain = readStatements(text);
  return need(plain.ok || calculated.error.code === 'python-syntax' ? plain : calculated);
}

type Member = readonly [name: string, value: Value];

/** An `nn.Sequential` at the end, with nothing in front of it but what has a name, gives its own members; else modules are one chain. */
function membersOf(statements: readonly Statement[]): readonly Member[] {
  const calls = statements.filter(({ value }) => value.kind === 'call');
  const values = calls.map(({ value }) => value).filter((value): value is Call => value.kind === 'call');
  const last = values.at(-1);
  if (last && isSequential(last) && calls.slice(0, -1).every(({ target }) => target !== null)) return insideOf(last);
  return values.map((value, i) => [String(i), value]);
}

function isSequential(call: Call): boolean {
  return baseName(call.name) === 'Sequential';
}

export function insideOf({ positional, keywords }: Call): readonly Member[] {
  const [first] = positional;
  if (positional.length === 1 && first?.kind === 'call' && baseName(first.name) === 'OrderedDict') return named(first);
  const numbered = positional.map((value, i): Member => [String(i), value]);
  return [...numbered, ...keywords.map(({ name, value }): Member => [name, value])];
}

/** `OrderedDict([('conv1', nn.Conv2d(...)), ...])`. */
function named({ positional }: Call): readonly Member[] {
  const [list] = positional;
  const pairs = list?.kind === 'list' ? list.items : [];
  return pairs.map((pair): Member => {
    const [name, value] = pair.kind === 'list' ? pair.items : [];
    if (name?.kind !== 'string' || !value)
      return refuse('ordered-dict', 'OrderedDict takes a list of (name, module) pairs');
    return [name.value, value];
  });
}

class Chain {
  readonly #nodes: GraphNode[];
  #last: NodeId = 'input';
  #shape: Shape;

  constructor(input: Shape) {
    this.#shape = input;
    this.#nodes = [{ id: 'input', operator: { kind: 'input', channels: input[1] }, inputs: [] }];
  }

  add(name: string, value: Value): void {
    if (value.kind !== 'call') refuse('not-a-module', `${name}: a layer is a call, such as nn.ReLU()`, { name });
    if (isSequential(value)) for (const [inner, module] of insideOf(value)) this.add(`${name}.${inner}`, module);
    else {
      const place = placeOf(value);
      if (place) at(place, () => this.#addLayer(name, value));
      else this.#addLayer(name, value);
    }
  }

  #addLayer(name: string, call: Call): void {
    const operators = readModule(call, this.#shape);
    for (const [i, operator] of operators.entries()) {
      const id = operators.length === 1 ? name : `${name}.${i}`;
      const arity = rulesOf(operator).arity(operator);
      if (arity !== null && arity !== 1)
        refuse('wrong-arity', `${id} takes ${arity} tensors, but a sequence has one`, { id });
      const shape = rulesOf(operator).outputShape(operator, [this.#shape]);
      if (!shape.ok) refuse(shape.error.code, `${id}: ${shape.error.message}`, shape.error.values);
      this.#nodes.push({ id, operator, inputs: [this.#last] });
      this.#last = id;
      this.#shape = shape.value;
    }
  }

  finish(): Graph {
    if (this.#nodes.length === 1) refuse('empty-network', 'the network has no layer');
    return { nodes: this.#nodes };
  }
}
