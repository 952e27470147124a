/** Which values have four axes, [N, C, H, W], and which are features, [N, C], as PyTorch has them behind a flatten. */
import type { Operator } from '../../../operators/index.ts';

/** Whether an operator wants what it reads as features; null: as it is. `areFlat`: of each of its inputs. */
export function wantsFlat(operator: Operator, areFlat: readonly boolean[]): boolean | null {
  const all = areFlat.every((isFlat) => isFlat);
  switch (operator.kind) {
    case 'linear':
      return true;
    case 'activation':
    case 'dropout':
    case 'elementwise':
    case 'prelu':
    case 'reshape':
      return null;
    case 'softmax':
      return operator.axis === 1 ? null : false;
    case 'arithmetic':
      return all ? null : false;
    case 'concat':
      return all && operator.axis === 1 ? null : false;
    default:
      return false;
  }
}

export function isFlatten(operator: Operator): boolean {
  return operator.kind === 'reshape' && operator.shape[2] === 1 && operator.shape[3] === 1;
}

/** Whether the output is features. */
export function givesFlat(operator: Operator, areFlat: readonly boolean[]): boolean {
  if (operator.kind === 'reshape') return isFlatten(operator);
  const wanted = wantsFlat(operator, areFlat);
  return wanted ?? (areFlat.length > 0 && areFlat.every((isFlat) => isFlat));
}
