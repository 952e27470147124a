/** Which attributes had to move with a change, as code has them: what the notice says. */
import type { KindAttributes } from '../../graph/layers/kindAttributes.ts';
import type { KindName } from '../../graph/layers/kinds.ts';
import type { Moved } from '../../operators/conv2d/limits.ts';
import { attributeNames } from './attributeNames.ts';
import { fieldsOfKind } from './kindFields.ts';

function inCode(value: unknown): string {
  if (Array.isArray(value)) return value[0] === value[1] ? String(value[0]) : `(${value.join(', ')})`;
  if (typeof value === 'object' && value !== null) {
    const { top, bottom, left, right } = value as KindAttributes['padding'];
    return top === bottom && left === right
      ? inCode([top, left])
      : `(top=${top}, bottom=${bottom}, left=${left}, right=${right})`;
  }
  return typeof value === 'string' ? `'${value}'` : String(value);
}

export function movedAttributes(kind: KindName, asked: KindAttributes, fitted: KindAttributes): readonly Moved[] {
  return fieldsOfKind(kind)
    .map((name) => ({ attribute: attributeNames[name], from: inCode(asked[name]), to: inCode(fitted[name]) }))
    .filter(({ from, to }) => from !== to);
}
