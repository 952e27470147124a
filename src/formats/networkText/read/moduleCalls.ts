/** Modules that `forward` applies: those that the network owns, one of a list of them, or one that is built in place. */
import { baseName } from '../../../operators/callSyntax.ts';
import { withOffsets } from '../../../operators/deformConv2d/code.ts';
import type { Operator } from '../../../operators/index.ts';
import { rulesOf } from '../../../operators/index.ts';
import { readModule } from '../modules.ts';
import { constantOf } from '../python/constants.ts';
import type { Expression } from '../python/expressions.ts';
import { dottedName } from '../python/statements.ts';
import { at, type Place, refuseAt } from '../python/tokens.ts';
import { padCall } from './constantCalls.ts';
import { onFeatures, padOf } from './functions.ts';
import { withPadding } from './merged.ts';
import type { Tensor } from './network.ts';
import { type Owned, owned } from './owned.ts';
import { type CallExpression, type Evaluator, isTensor } from './results.ts';

export class ModuleCalls {
  readonly #reader: Evaluator;
  readonly #applied = new Set<Owned>();

  constructor(reader: Evaluator) {
    this.#reader = reader;
  }

  /** Null for what is no module. */
  moduleOf(expression: Expression): Owned | null {
    const name = dottedName(expression);
    if (name !== null)
      return this.#reader.variables.has(name) ? null : (this.#reader.owned.modules.get(name) ?? this.#inside(name));
    if (expression.kind === 'index') {
      const list = this.moduleOf(expression.of);
      const [item] = expression.items;
      if (list?.kind !== 'sequence' || item?.kind !== 'number') return null;
      return list.members.at(item.value) ?? refuseAt('index', 'IndexError: index out of range', expression);
    }
    if (expression.kind !== 'call') return null;
    const call = constantOf(expression, this.#reader.owned.constants);
    const isModule = call?.kind === 'call' && /^(torch\.)?nn\.[A-Z]/.test(call.name);
    return isModule ? owned(baseName(call.name).toLowerCase(), call, expression) : null;
  }

  /** `self.features.0` is no Python, but `self.block.conv1` of a named sequence is. */
  #inside(name: string): Owned | null {
    const within = this.#reader.owned.modules.get(name.slice(0, Math.max(0, name.lastIndexOf('.'))));
    if (within?.kind !== 'sequence') return null;
    return within.members.find(({ id }) => id === `${within.id}.${baseName(name)}`) ?? null;
  }

  apply(module: Owned, expression: CallExpression): Tensor {
    if (module.kind === 'sequence') {
      const [input] = expression.positional;
      if (!input) return refuseAt('wrong-arity', `${module.id} takes one tensor`, expression);
      return module.members.reduce(
        (tensor, member) => this.#through(member, [tensor], expression),
        this.#reader.need(input),
      );
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
      [flattened ?? this.#reader.need(first), ...others.map((each) => this.#reader.need(each))],
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
    const all = [...inputs, ...(pad ? others.map((each) => this.#reader.need(each)) : [])];
    let tensors: readonly Tensor[] = all;
    for (const given of operators) {
      const offsets = given.kind === 'deform_conv2d' ? at(place, () => withOffsetsOf(given, all)) : given;
      const operator = pad ? withPadding(offsets, pad) : offsets;
      if (!operator) return null;
      this.#once(module, operator, place);
      tensors = [this.#reader.network.add(module.id, operator, tensors, place)];
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
    const tensor = inside && this.#reader.tensorIn(inside);
    return tensor && tensor.shape[2] * tensor.shape[3] === 1 ? tensor : null;
  }

  #padAround(argument: Expression): { readonly tensor: Tensor; readonly operator: ReturnType<typeof padOf> } | null {
    if (argument.kind !== 'call' || !/^(F|.*functional)\.pad$/.test(dottedName(argument.callee) ?? '')) return null;
    const [first, ...rest] = argument.positional;
    const name = first && dottedName(first);
    const tensor = name ? this.#reader.variables.get(name) : undefined;
    if (!tensor || !isTensor(tensor)) return null;
    const call = padCall(this.#reader, rest, argument);
    return { tensor, operator: at(argument, () => padOf(call)) };
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
