/** Pasted calls whose arguments are calculated: `nn.Linear(256 * 6 * 6, 4096)`, and names that a line before has given a value. */
import type { Statement, Value } from '../../../operators/callSyntax.ts';
import { reading } from '../../../operators/codeValues.ts';
import type { Result } from '../../../operators/operator.ts';
import { constantOf } from '../python/constants.ts';
import { statementsOf } from '../python/statements.ts';
import { linesOf, refuseAt } from '../python/tokens.ts';

/** The statements of a text in order, with their numbers worked out. */
export function calculatedStatements(text: string): Result<readonly Statement[]> {
  return reading(() => {
    const known = new Map<string, Value>();
    return statementsOf({ lines: linesOf(text) }).map(({ targets, value, line, column }): Statement => {
      const worked =
        constantOf(value, known) ?? refuseAt('expression', 'this expression cannot be read here', { line, column });
      const [target] = targets;
      if (target !== undefined && targets.length === 1) known.set(target, worked);
      return { target: target ?? null, value: worked };
    });
  });
}
