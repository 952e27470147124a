/** Expressions of `forward`, worked out: names, numbers, indices, signs between tensors, and calls. */

import type { Value } from '../../../operators/callSyntax.ts';
import { constantOf } from '../python/constants.ts';
import type { Expression } from '../python/expressions.ts';
import { dottedName, type Statement } from '../python/statements.ts';
import { type Place, refuseAt } from '../python/tokens.ts';
import { noArguments } from './constantCalls.ts';
import { FunctionCalls } from './functionCalls.ts';
import { indexed } from './indexing.ts';
import { ModuleCalls } from './moduleCalls.ts';
import type { GrowingNetwork, Tensor } from './network.ts';
import type { Initialised } from './owned.ts';
import { type CallExpression, type Evaluator, isTensor, type Result, sizesOf } from './results.ts';
import { unknownName } from './unknownName.ts';

export class Expressions implements Evaluator {
  readonly network: GrowingNetwork;
  readonly owned: Initialised;
  readonly variables = new Map<string, Result>();
  readonly #statements: readonly Statement[];
  readonly #modules: ModuleCalls;
  readonly #functions: FunctionCalls;
  #at = 0;

  constructor(network: GrowingNetwork, initialised: Initialised, statements: readonly Statement[]) {
    this.network = network;
    this.owned = initialised;
    this.#statements = statements;
    this.#modules = new ModuleCalls(this);
    this.#functions = new FunctionCalls(this, this.#modules);
  }

  /** `at`: the statement that is read from now on. */
  begin(at: number): void {
    this.#at = at;
  }

  get place(): Place {
    return this.#statements[this.#at]!;
  }

  evaluate(expression: Expression, name: string | null = null): Result {
    switch (expression.kind) {
      case 'number':
      case 'string':
        return (
          constantOf(expression, this.owned.constants) ??
          refuseAt('expression', 'this expression cannot be read here', expression)
        );
      case 'name':
        return this.#named(expression.name, expression);
      case 'list':
        return { kind: 'tuple', items: expression.items.map((item) => this.evaluate(item)) };
      case 'call':
        return this.#call(expression, name);
      case 'binary':
        return this.#binary(expression, name);
      case 'index':
        return this.#index(expression, name);
      case 'attribute':
      case 'negative':
        return this.#other(expression);
      case 'comprehension':
      case 'star':
        return (
          constantOf(expression, this.owned.constants) ??
          refuseAt('expression', 'this expression cannot be read here', expression)
        );
      default:
        return expression satisfies never;
    }
  }

  tensorIn(expression: Expression): Tensor | null {
    const name = dottedName(expression);
    const buffer = this.#buffer(name);
    if (buffer) return buffer;
    if (name !== null && (name.includes('.') || !this.variables.has(name))) return null;
    const result = this.evaluate(expression);
    return isTensor(result) ? result : null;
  }

  need(expression: Expression): Tensor {
    const result = this.evaluate(expression);
    return isTensor(result) ? result : refuseAt('not-a-tensor', 'a tensor is expected here', expression);
  }

  #buffer(name: string | null): Tensor | null {
    const buffer = name === null ? undefined : this.owned.buffers.get(name);
    return buffer ? this.network.addInput(buffer.id, buffer.shape) : null;
  }

  #named(name: string, place: Place): Result {
    if (name === 'True' || name === 'False') return { kind: 'boolean', value: name === 'True' };
    if (name === 'None') return { kind: 'none' };
    const known = this.variables.get(name) ?? this.owned.constants.get(name);
    return known ?? unknownName(name, place, this.#statements, this.#at);
  }

  #call(expression: CallExpression, name: string | null): Result {
    const module = this.#modules.moduleOf(expression.callee);
    if (module) return this.#modules.apply(module, expression);
    return this.#functions.call(expression, name);
  }

  #binary(expression: Extract<Expression, { readonly kind: 'binary' }>, name: string | null): Result {
    const { sign, left, right } = expression;
    const [a, b] = [this.evaluate(left), this.evaluate(right)];
    if (!isTensor(a) && !isTensor(b)) {
      const known = new Map(this.owned.constants);
      if ('value' in a) known.set('a', a as Value);
      if ('value' in b) known.set('b', b as Value);
      const named = (id: string): Expression => ({ ...left, kind: 'name', name: id });
      const value = constantOf({ ...expression, left: named('a'), right: named('b') }, known);
      return value ?? refuseAt('expression', 'this expression cannot be read here', expression);
    }
    const functions: Readonly<Record<string, string>> = { '+': 'add', '-': 'sub', '*': 'mul', '/': 'div', '**': 'pow' };
    if (!isTensor(a) || !isTensor(b))
      return refuseAt(
        'tensor-and-number',
        'a tensor and a number are not combined here: both are to be tensors',
        expression,
      );
    return this.#functions.apply(functions[sign] ?? sign, [a, b], noArguments(sign), name, expression);
  }

  #index(expression: Extract<Expression, { readonly kind: 'index' }>, name: string | null): Result {
    if (this.#modules.moduleOf(expression))
      return refuseAt('not-a-tensor', 'a module is to be applied to a tensor', expression);
    const of = this.evaluate(expression.of);
    const numberIn = (part: Expression) => {
      const value = this.evaluate(part);
      return value.kind === 'number' ? value.value : refuseAt('index', 'an index is a number here', part);
    };
    if (!isTensor(of)) {
      const items: readonly Result[] = of.kind === 'tuple' || of.kind === 'list' ? of.items : [];
      const [item] = expression.items;
      const at = item && item.kind !== 'span' ? numberIn(item) : 0;
      return items.at(at) ?? refuseAt('index', 'IndexError: index out of range', expression);
    }
    const part = indexed(of, expression, numberIn);
    return part === null ? { ...of, isFlat: false } : this.network.add(name, part, [of], expression);
  }

  #other(expression: Extract<Expression, { readonly kind: 'attribute' | 'negative' }>): Result {
    const buffer = this.#buffer(dottedName(expression));
    if (buffer) return buffer;
    const constant = constantOf(expression, this.owned.constants);
    if (constant && constant.kind !== 'name') return constant;
    const of = this.tensorIn(expression.of);
    if (expression.kind === 'negative') {
      if (of) return this.#functions.apply('neg', [of], noArguments('neg'), null, expression);
      const value = this.evaluate(expression.of);
      if (value.kind === 'number') return { kind: 'number', value: 0 - value.value };
    } else if (of && expression.name === 'shape') return { kind: 'list', items: sizesOf(of) };
    // `self.training` and the like: a name that nobody asks the value of.
    return constant ?? refuseAt('expression', 'this expression cannot be read here', expression);
  }
}
