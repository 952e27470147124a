/** Functions of `torch` and methods of tensors that `forward` calls; which operator each is, `functions.ts` says. */
import { baseName, type Call, type Value } from '../../../operators/callSyntax.ts';
import { constantOf } from '../python/constants.ts';
import type { Expression } from '../python/expressions.ts';
import { dottedName } from '../python/statements.ts';
import { at, type Place, refuseAt } from '../python/tokens.ts';
import { callWith, padCall } from './constantCalls.ts';
import { applyFunction, axisOf, padOf } from './functions.ts';
import { partsOf } from './indexing.ts';
import { withCrop } from './merged.ts';
import type { ModuleCalls } from './moduleCalls.ts';
import type { Tensor } from './network.ts';
import { type CallExpression, type Evaluator, isTensor, type Result, sizesOf } from './results.ts';

export class FunctionCalls {
  readonly #reader: Evaluator;
  readonly #modules: ModuleCalls;

  constructor(reader: Evaluator, modules: ModuleCalls) {
    this.#reader = reader;
    this.#modules = modules;
  }

  call(expression: CallExpression, name: string | null): Result {
    const { callee } = expression;
    const dotted = dottedName(callee);
    const first = dotted?.split('.')[0] ?? '';
    const number = dotted === 'float' || dotted === 'int' ? constantOf(expression, this.#reader.owned.constants) : null;
    if (number?.kind === 'number') return number;
    const isMethod = callee.kind === 'attribute' && (dotted === null || this.#reader.variables.has(first));
    if (!isMethod && first === 'self')
      return refuseAt('attribute', `AttributeError: 'Network' object has no attribute '${dotted!.slice(5)}'`, callee, {
        name: dotted!,
      });
    const [receiver, ...rest] = isMethod ? [callee.of, ...expression.positional] : expression.positional;
    const called = isMethod ? callee.name : baseName(dotted ?? '');
    const cropped = called === 'pad' && receiver ? this.#crop(receiver, expression, rest) : null;
    if (cropped) return cropped;
    const inputs = receiver ? [this.#reader.evaluate(receiver)] : [];
    const [input] = inputs;
    if (input && (called === 'cat' || called === 'concat' || called === 'concatenate'))
      return this.#concat(input, expression, rest, name);
    if (input && isTensor(input)) {
      const sized = this.#sized(called, input, rest, expression, name);
      if (sized) return sized;
      const others = rest.map((argument) => this.#reader.evaluate(argument));
      const tensors = [input, ...others.filter(isTensor)];
      const call = callWith(this.#reader, called, others, expression.keywords);
      return this.apply(called, tensors, call, name, expression);
    }
    return refuseAt('unknown-module', `${dotted ?? called} is not a layer that is known here`, callee, {
      name: dotted ?? called,
    });
  }

  apply(called: string, tensors: readonly Tensor[], rest: Call, name: string | null, place: Place): Tensor {
    const applied = at(place, () => applyFunction(called, tensors, rest));
    if (!applied)
      return refuseAt('unknown-function', `${called} is not a function that is known here`, place, { name: called });
    const [first] = tensors;
    if (!applied.operator) return { ...first!, isFlat: applied.isFlat ?? first!.isFlat };
    const tensor = this.#reader.network.add(name, applied.operator, tensors, place);
    return applied.isFlat === undefined ? tensor : { ...tensor, isFlat: applied.isFlat };
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
    const values = rest.map((argument) => this.#reader.evaluate(argument));
    const said = place.keywords.find((keyword) => keyword.name === 'dim');
    const dim = said ? this.#reader.evaluate(said.value) : values[called === 'size' ? 0 : 1];
    const axis = dim?.kind === 'number' ? axisOf(dim.value, of) : null;
    if (called === 'size') {
      return axis === null ? { kind: 'list', items: sizesOf(of) } : { kind: 'number', value: of.shape[axis] };
    }
    const parts = partsOf(of, called, values[0] as Value | undefined, axis ?? 0, place);
    return {
      kind: 'tuple',
      items: parts.map((part, i) =>
        this.#reader.network.add(name === null ? null : `${name}${i + 1}`, part, [of], place),
      ),
    };
  }

  #concat(list: Result, { keywords }: CallExpression, rest: readonly Expression[], name: string | null): Result {
    const items = list.kind === 'tuple' ? list.items : [];
    const said = keywords.find((keyword) => keyword.name === 'dim' || keyword.name === 'axis')?.value ?? rest[0];
    const dim = said ? this.#reader.evaluate(said) : null;
    const tensors = items.filter(isTensor);
    const place = this.#reader.place;
    if (tensors.length === 0 || tensors.length < items.length)
      return refuseAt('not-a-tensor', 'torch.cat takes a list of tensors', place);
    const axis = axisOf(dim?.kind === 'number' ? dim.value : 0, { isFlat: tensors.every(({ isFlat }) => isFlat) });
    return this.#reader.network.add(name, { kind: 'concat', axis }, tensors, place);
  }

  /** `F.pad(self.up(x), ...)` with negative numbers: the transposed convolution's own crop. */
  #crop(receiver: Expression, expression: CallExpression, rest: readonly Expression[]): Tensor | null {
    if (receiver.kind !== 'call' || !this.#modules.moduleOf(receiver.callee)) return null;
    const call = padCall(this.#reader, rest, expression);
    const pad = at(expression, () => padOf(call));
    const tensor = this.#reader.need(receiver);
    const operator = this.#reader.network.isLast(tensor)
      ? withCrop(this.#reader.network.operatorOf(tensor), pad)
      : null;
    return operator
      ? this.#reader.network.replaceLast(operator, expression)
      : this.#reader.network.add(null, pad, [tensor], expression);
  }
}
