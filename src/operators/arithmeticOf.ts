/** The arithmetic of every operator on the host: for who computes or checks values there. */
import { activationArithmetic } from './activation/arithmetic.ts';
import { conv2dArithmetic } from './conv2d/arithmetic.ts';
import { lateRulesOf, type Operator } from './index.ts';
import { inputArithmetic } from './input/arithmetic.ts';
import type { OperatorArithmetic } from './operator.ts';

/** Throws where the rules of the operator's kind have not been loaded. */
export function arithmeticOf(operator: Operator): OperatorArithmetic<Operator> {
  switch (operator.kind) {
    case 'input':
      return inputArithmetic;
    case 'conv2d':
      return conv2dArithmetic;
    case 'activation':
      return activationArithmetic;
    default:
      return lateRulesOf(operator);
  }
}
