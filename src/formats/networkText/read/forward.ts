/** `forward`, run on shapes: every call of a module or a function becomes a node. */

import { nameOf } from '../../../graph/network/ids.ts';
import { baseName, type Call, type Value } from '../../../operators/callSyntax.ts';
import { reading } from '../../../operators/codeValues.ts';
import { withOffsets } from '../../../operators/deformConv2d/code.ts';
import type { Operator } from '../../../operators/index.ts';
import { rulesOf } from '../../../operators/index.ts';
import { readModule } from '../modules.ts';
import { constantOf } from '../python/constants.ts';
import type { Expression, Keyword } from '../python/expressions.ts';
import { dottedName, type Statement } from '../python/statements.ts';
import { type Place, refuseAt } from '../python/tokens.ts';
import { applyFunction, axisOf, onFeatures, padOf } from './functions.ts';
import { indexed, partsOf } from './indexing.ts';
import { withCrop, withPadding } from './merged.ts';
import type { GrowingNetwork, Tensor } from './network.ts';
import { type Initialised, idIn, type Owned, owned } from './owned.ts';
import { unknownName } from './unknownName.ts';

type Result = Tensor | { readonly kind: 'tuple'; readonly items: readonly Result[] } | Value;

type CallExpression = Extract<Expression, { readonly kind: 'call' }>;

const isTensor = (result: Result): result is Tensor => result.kind === 'tensor';

export class Forward {
  readonly #network: GrowingNetwork;
  readonly #owned: Initialised;
  readonly #statements: readonly Statement[];
  readonly #variables = new Map<string, Result>();
  readonly #applied = new Set<Owned>();
  #at = 0;

  constructor(network: GrowingNetwork, initialised: Initialised, statements: readonly Statement[], input: string) {
    this.#network = network;
    this.#owned = initialised;
    this.#statements = statements;
    this.#variables.set(input, network.input);
  }

  run(): void {
    for (const [at, { targets, value, comment }] of this.#statements.entries()) {
      this.#at = at;
      const [target] = targets;
      const isOne = targets.length === 1 && target !== 'x';
      const result = this.#evaluate(value, idIn(comment) ?? (isOne ? target! : null));
      if (targets.length === 1) this.#variables.set(target!, result);
      else if (targets.length > 1) this.#unpack(targets, result, value);
    }
  }

  #unpack(targets: readonly string[], result: Result, place: Place): void {
    const items = result.kind === 'tuple' ? result.items : result.kind === 'list' ? result.items : [];
    if (items.length !== targets.length)
      refuseAt('unpack', `ValueError: ${targets.length} values are expected, but there are ${items.length}`, place);
    for (const [i, target] of targets.entries()) this.#variables.set(target, items[i]!);
  }

  /** `name`: what the node of the whole expression is called. */
  #evaluate(expression: Expression, name: string | null = null): Result {
    switch (expression.kind) {
      case 'number':
      case 'string':
        return constantOf(expression, this.#owned.constants)!;
      case 'name':
        return this.#named(expression.name, expression);
      case 'list':
        return { kind: 'tuple', items: expression.items.map((item) => this.#evaluate(item)) };
      case 'call':
        return this.#call(expression, name);
      case 'binary':
        return this.#binary(expression, name);
      case 'index':
        return this.#index(expression, name);
      case 'attribute':
      case 'negative':
        return this.#other(expression);
      default:
        return expression satisfies never;
    }
  }

  #named(name: string, place: Place): Result {
    if (name === 'True' || name === 'False') return { kind: 'boolean', value: name === 'True' };
    if (name === 'None') return { kind: 'none' };
    const known = this.#variables.get(name) ?? this.#owned.constants.get(name);
    return known ?? unknownName(name, place, this.#statements, this.#at);
  }

  #other(expression: Extract<Expression, { readonly kind: 'attribute' | 'negative' }>): Result {
    const constant = constantOf(expression, this.#owned.constants);
    if (constant && constant.kind !== 'name') return constant;
    const of = this.#tensorIn(expression.of);
    if (expression.kind === 'negative') {
      if (of) return this.#function('neg', [of], noArguments('neg'), null, expression);
      const value = this.#evaluate(expression.of);
      if (value.kind === 'number') return { kind: 'number', value: 0 - value.value };
    } else if (of && expression.name === 'shape') return { kind: 'list', items: this.#sizes(of) };
    // `self.training` and the like: a name that nobody asks the value of.
    return constant ?? refuseAt('expression', 'this expression cannot be read here', expression);
  }

  /** The tensor that an expression is; null where it is something else. */
  #tensorIn(expression: Expression): Tensor | null {
    const name = dottedName(expression);
    if (name !== null && (name.includes('.') || !this.#variables.has(name))) return null;
    const result = this.#evaluate(expression);
    return isTensor(result) ? result : null;
  }

  #sizes({ shape, isFlat }: Tensor): readonly Value[] {
    return (isFlat ? shape.slice(0, 2) : shape).map((value) => ({ kind: 'number', value }));
  }

  #need(expression: Expression, name: string | null = null): Tensor {
    const result = this.#evaluate(expression, name);
    return isTensor(result) ? result : refuseAt('not-a-tensor', 'a tensor is expected here', expression);
  }

  #binary(expression: Extract<Expression, { readonly kind: 'binary' }>, name: string | null): Result {
    const { sign, left, right } = expression;
    const [a, b] = [this.#evaluate(left), this.#evaluate(right)];
    if (!isTensor(a) && !isTensor(b)) {
      const known = new Map(this.#owned.constants);
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
    return this.#function(functions[sign] ?? sign, [a, b], noArguments(sign), name, expression);
  }

  #index(expression: Extract<Expression, { readonly kind: 'index' }>, name: string | null): Result {
    const module = this.#moduleOf(expression);
    if (module) return refuseAt('not-a-tensor', 'a module is to be applied to a tensor', expression);
    const of = this.#evaluate(expression.of);
    const numberIn = (part: Expression) => {
      const value = this.#evaluate(part);
      return value.kind === 'number' ? value.value : refuseAt('index', 'an index is a number here', part);
    };
    if (!isTensor(of)) {
      const items: readonly Result[] = of.kind === 'tuple' || of.kind === 'list' ? of.items : [];
      const [item] = expression.items;
      const at = item && item.kind !== 'span' ? numberIn(item) : 0;
      return items.at(at) ?? refuseAt('index', 'IndexError: index out of range', expression);
    }
    const part = indexed(of, expression, numberIn);
    return part === null ? { ...of, isFlat: false } : this.#add(name, part, [of], expression);
  }

  #call(expression: CallExpression, name: string | null): Result {
    const module = this.#moduleOf(expression.callee);
    if (module) return this.#apply(module, expression);
    const { callee } = expression;
    const dotted = dottedName(callee);
    const first = dotted?.split('.')[0] ?? '';
    const number = dotted === 'float' || dotted === 'int' ? constantOf(expression, this.#owned.constants) : null;
    if (number?.kind === 'number') return number;
    const isMethod = callee.kind === 'attribute' && (dotted === null || this.#variables.has(first));
    if (!isMethod && first === 'self')
      return refuseAt('attribute', `AttributeError: 'Network' object has no attribute '${dotted!.slice(5)}'`, callee, {
        name: dotted!,
      });
    const [receiver, ...rest] = isMethod ? [callee.of, ...expression.positional] : expression.positional;
    const called = isMethod ? callee.name : baseName(dotted ?? '');
    const cropped = called === 'pad' && receiver ? this.#crop(receiver, expression, rest) : null;
    if (cropped) return cropped;
    const inputs = receiver ? [this.#evaluate(receiver)] : [];
    const [input] = inputs;
    if (input && (called === 'cat' || called === 'concat' || called === 'concatenate'))
      return this.#concat(input, expression, rest, name);
    if (input && isTensor(input)) {
      const sized = this.#sized(called, input, rest, expression, name);
      if (sized) return sized;
      const others = rest.map((argument) => this.#evaluate(argument));
      const tensors = [input, ...others.filter(isTensor)];
      const call = this.#callWith(called, others, expression.keywords);
      return this.#function(called, tensors, call, name, expression);
    }
    return refuseAt('unknown-module', `${dotted ?? called} is not a layer that is known here`, callee, {
      name: dotted ?? called,
    });
  }

  /** What gives numbers or several tensors: `size`, `chunk`, `split`. */
  #sized(
    called: string,
    of: Tensor,
    rest: readonly Expression[],
    place: CallExpression,
    name: string | null,
  ): Result | null {
    if (called !== 'size' && called !== 'chunk' && called !== 'split') return null;
    const values = rest.map((argument) => this.#evaluate(argument));
    const said = place.keywords.find((keyword) => keyword.name === 'dim');
    const dim = said ? this.#evaluate(said.value) : values[called === 'size' ? 0 : 1];
    const axis = dim?.kind === 'number' ? axisOf(dim.value, of) : null;
    if (called === 'size') {
      return axis === null ? { kind: 'list', items: this.#sizes(of) } : { kind: 'number', value: of.shape[axis] };
    }
    const parts = partsOf(of, called, values[0] as Value | undefined, axis ?? 0, place);
    return {
      kind: 'tuple',
      items: parts.map((part, i) => this.#add(name === null ? null : `${name}${i + 1}`, part, [of], place)),
    };
  }

  #concat(list: Result, { keywords }: CallExpression, rest: readonly Expression[], name: string | null): Result {
    const items = list.kind === 'tuple' ? list.items : [];
    const said = keywords.find((keyword) => keyword.name === 'dim' || keyword.name === 'axis')?.value ?? rest[0];
    const dim = said ? this.#evaluate(said) : null;
    const tensors = items.filter(isTensor);
    const place = this.#statements[this.#at]!;
    if (tensors.length === 0 || tensors.length < items.length)
      return refuseAt('not-a-tensor', 'torch.cat takes a list of tensors', place);
    const axis = axisOf(dim?.kind === 'number' ? dim.value : 0, { isFlat: tensors.every(({ isFlat }) => isFlat) });
    return this.#add(name, { kind: 'concat', axis }, tensors, place);
  }

  #function(called: string, tensors: readonly Tensor[], rest: Call, name: string | null, place: Place): Tensor {
    const applied = at(place, () => applyFunction(called, tensors, rest));
    if (!applied)
      return refuseAt('unknown-function', `${called} is not a function that is known here`, place, { name: called });
    const [first] = tensors;
    if (!applied.operator) return { ...first!, isFlat: applied.isFlat ?? first!.isFlat };
    const tensor = this.#add(name, applied.operator, tensors, place);
    return applied.isFlat === undefined ? tensor : { ...tensor, isFlat: applied.isFlat };
  }

  /** A call of the same name with the constants among its arguments. */
  #callWith(name: string, others: readonly Result[], keywords: readonly Keyword[]): Call {
    const constants = (results: readonly Result[]) => results.flatMap((result) => constantIn(result) ?? []);
    return {
      kind: 'call',
      name,
      positional: constants(others),
      keywords: keywords.flatMap(({ name: key, value }) => {
        const [constant] = constants([this.#evaluate(value)]);
        return constant ? [{ name: key, value: constant }] : [];
      }),
    };
  }

  #add(name: string | null, operator: Operator, inputs: readonly Tensor[], place: Place): Tensor {
    return this.#network.add(name ?? nameOf(operator), operator, inputs, place);
  }

  /** A module that the network owns, one of a list of them, or one that is built in place; null for anything else. */
  #moduleOf(expression: Expression): Owned | null {
    const name = dottedName(expression);
    if (name !== null) return this.#variables.has(name) ? null : (this.#owned.modules.get(name) ?? this.#inside(name));
    if (expression.kind === 'index') {
      const list = this.#moduleOf(expression.of);
      const [item] = expression.items;
      if (list?.kind !== 'sequence' || item?.kind !== 'number') return null;
      return list.members.at(item.value) ?? refuseAt('index', 'IndexError: index out of range', expression);
    }
    if (expression.kind !== 'call') return null;
    const call = constantOf(expression, this.#owned.constants);
    const isModule = call?.kind === 'call' && /^(torch\.)?nn\.[A-Z]/.test(call.name);
    return isModule ? owned(baseName(call.name).toLowerCase(), call, expression) : null;
  }

  /** `self.features.0` is no Python, but `self.block.conv1` of a named sequence is. */
  #inside(name: string): Owned | null {
    const within = this.#owned.modules.get(name.slice(0, Math.max(0, name.lastIndexOf('.'))));
    if (within?.kind !== 'sequence') return null;
    return within.members.find(({ id }) => id === `${within.id}.${baseName(name)}`) ?? null;
  }

  #apply(module: Owned, expression: CallExpression): Tensor {
    if (module.kind === 'sequence') {
      const [input] = expression.positional;
      if (!input) return refuseAt('wrong-arity', `${module.id} takes one tensor`, expression);
      return module.members.reduce((tensor, member) => this.#through(member, [tensor], expression), this.#need(input));
    }
    const name = baseName(module.call.name);
    const [first, ...others] = expression.positional;
    if (!first) return refuseAt('wrong-arity', `${module.id} takes a tensor`, expression);
    const flattened = name === 'Linear' ? this.#flattened(first) : null;
    const pad = flattened ? null : this.#padAround(first);
    const padded = pad ? this.#through(module, [pad.tensor], expression, pad.operator, others) : null;
    if (padded) return padded;
    return this.#through(
      module,
      [flattened ?? this.#need(first), ...others.map((each) => this.#need(each))],
      expression,
    );
  }

  /** One layer or a sequence on tensors; `pad` is taken into the layer, and null given back where it cannot be. */
  #through(module: Owned, inputs: readonly Tensor[], place: Place): Tensor;
  #through(
    module: Owned,
    inputs: readonly Tensor[],
    place: Place,
    pad: Extract<Operator, { readonly kind: 'pad' }>,
    others: readonly Expression[],
  ): Tensor | null;
  #through(
    module: Owned,
    inputs: readonly Tensor[],
    place: Place,
    pad?: Extract<Operator, { readonly kind: 'pad' }>,
    others: readonly Expression[] = [],
  ): Tensor | null {
    if (module.kind === 'sequence')
      return module.members.reduce((tensor, member) => this.#through(member, [tensor], place), inputs[0]!);
    const [first] = inputs;
    const name = baseName(module.call.name);
    const call = name === 'Softmax' && first!.isFlat ? onFeatures(module.call) : module.call;
    const read = at(module.place, () => readModule(call, first!.shape));
    const operators: readonly Operator[] = read.length > 0 ? read : [{ kind: 'activation', function: 'none' }];
    const all = [...inputs, ...(pad ? others.map((each) => this.#need(each)) : [])];
    let tensors: readonly Tensor[] = all;
    for (const given of operators) {
      const offsets = given.kind === 'deform_conv2d' ? at(place, () => withOffsetsOf(given, all)) : given;
      const operator = pad ? withPadding(offsets, pad) : offsets;
      if (!operator) return null;
      this.#once(module, operator, place);
      tensors = [this.#network.add(module.id, operator, tensors, place)];
    }
    return tensors[0]!;
  }

  #once(module: Owned, operator: Operator, place: Place): void {
    const isLearned = rulesOf(operator).parameters(operator).length > 0;
    if (isLearned && this.#applied.has(module))
      refuseAt(
        'shared-module',
        `${module.id} is applied twice: layers that share their weights are not offered`,
        place,
        {
          name: module.id,
        },
      );
    this.#applied.add(module);
  }

  /** What a flatten around the argument of a linear layer flattens, where there is nothing to flatten: [N, C, 1, 1]. */
  #flattened(argument: Expression): Tensor | null {
    const inside = flattenedIn(argument);
    const tensor = inside && this.#tensorIn(inside);
    return tensor && tensor.shape[2] * tensor.shape[3] === 1 ? tensor : null;
  }

  #padAround(argument: Expression): { readonly tensor: Tensor; readonly operator: ReturnType<typeof padOf> } | null {
    if (argument.kind !== 'call' || !/^(F|.*functional)\.pad$/.test(dottedName(argument.callee) ?? '')) return null;
    const [first, ...rest] = argument.positional;
    const name = first && dottedName(first);
    const tensor = name ? this.#variables.get(name) : undefined;
    if (!tensor || !isTensor(tensor)) return null;
    const call = this.#padCall(rest, argument);
    return { tensor, operator: at(argument, () => padOf(call)) };
  }

  #padCall(rest: readonly Expression[], { keywords }: CallExpression): Call {
    return this.#callWith(
      'pad',
      rest.map((each) => this.#evaluate(each)),
      keywords,
    );
  }

  /** `F.pad(self.up(x), ...)` with negative numbers: the transposed convolution's own crop. */
  #crop(receiver: Expression, expression: CallExpression, rest: readonly Expression[]): Tensor | null {
    if (receiver.kind !== 'call' || !this.#moduleOf(receiver.callee)) return null;
    const call = this.#padCall(rest, expression);
    const pad = at(expression, () => padOf(call));
    const tensor = this.#need(receiver);
    const operator = this.#network.isLast(tensor) ? withCrop(this.#network.operatorOf(tensor), pad) : null;
    return operator ? this.#network.replaceLast(operator, expression) : this.#add(null, pad, [tensor], expression);
  }
}

function withOffsetsOf(
  conv: Extract<Operator, { readonly kind: 'deform_conv2d' }>,
  inputs: readonly Tensor[],
): Operator {
  const [, offset, mask] = inputs;
  if (!offset) return conv;
  return withOffsets(conv, offset.shape[1] + (mask?.shape[1] ?? 0), mask !== undefined);
}

/** `v` of `torch.flatten(v, 1)` and of `v.flatten(1)`. */
function flattenedIn(expression: Expression): Expression | null {
  if (expression.kind !== 'call' || expression.callee.kind !== 'attribute' || expression.callee.name !== 'flatten')
    return null;
  const isFunction = dottedName(expression.callee) === 'torch.flatten';
  return isFunction ? (expression.positional[0] ?? null) : expression.callee.of;
}

function noArguments(name: string): Call {
  return { kind: 'call', name, positional: [], keywords: [] };
}

/** A result without tensors as a value; null of one that has some. */
function constantIn(result: Result): Value | null {
  if (isTensor(result)) return null;
  if (result.kind !== 'tuple') return result;
  const items = result.items.map(constantIn);
  const all = items.filter((item) => item !== null);
  return all.length === items.length ? { kind: 'list', items: all } : null;
}

/** What a reader of a call refuses is said with its place. */
function at<T>(place: Place, read: () => T): T {
  const result = reading(read);
  if (result.ok) return result.value;
  const { code, message, values } = result.error;
  return refuseAt(code, message, place, values);
}
