/** `forward`, run on shapes, statement by statement: every call of a module or a function becomes a node. */
import type { Statement } from '../python/statements.ts';
import { type Place, refuseAt } from '../python/tokens.ts';
import { Expressions } from './expressions.ts';
import type { GrowingNetwork } from './network.ts';
import { type Initialised, idIn } from './owned.ts';
import type { Result } from './results.ts';

export class Forward {
  readonly #statements: readonly Statement[];
  readonly #expressions: Expressions;

  constructor(network: GrowingNetwork, initialised: Initialised, statements: readonly Statement[], input: string) {
    this.#statements = statements;
    this.#expressions = new Expressions(network, initialised, statements);
    this.#expressions.variables.set(input, network.input);
  }

  run(): void {
    for (const [at, { targets, value, comment }] of this.#statements.entries()) {
      this.#expressions.begin(at);
      const [target] = targets;
      const isOne = targets.length === 1 && target !== 'x';
      const result = this.#expressions.evaluate(value, idIn(comment) ?? (isOne ? target! : null));
      if (targets.length === 1) this.#expressions.variables.set(target!, result);
      else if (targets.length > 1) this.#unpack(targets, result, value);
    }
  }

  #unpack(targets: readonly string[], result: Result, place: Place): void {
    const items = result.kind === 'tuple' ? result.items : result.kind === 'list' ? result.items : [];
    if (items.length !== targets.length)
      refuseAt('unpack', `ValueError: ${targets.length} values are expected, but there are ${items.length}`, place);
    for (const [i, target] of targets.entries()) this.#expressions.variables.set(target, items[i]!);
  }
}
