/** A number of a code line set to another: the value of its whole attribute. */
import type { AttributeField } from '../../../graph/network/attributes/fields.ts';
import type { AttributeValue } from '../../../graph/network/attributes/setAttribute.ts';
import type { Operator } from '../../../operators/index.ts';
import type { PerSide } from '../../../operators/operator.ts';
import type { Place } from './code.ts';

export function withNumber(operator: Operator, key: string, place: Place, number: number): AttributeValue {
  const value: unknown = new Map<string, unknown>(Object.entries(operator)).get(key);
  if (Array.isArray(value)) {
    const list: readonly number[] = value.map((each: number, i) => (place === 'all' || place === i ? number : each));
    return list;
  }
  if (typeof value !== 'object' || value === null) return number;
  const sides = value as PerSide;
  switch (place) {
    case 'all':
      return { top: number, bottom: number, left: number, right: number };
    case 'rows':
      return { ...sides, top: number, bottom: number };
    case 'columns':
      return { ...sides, left: number, right: number };
    case 'top':
    case 'bottom':
    case 'left':
    case 'right':
      return { ...sides, [place]: number };
    default:
      throw new Error(`a number of sides is not at ${place}`);
  }
}

export interface Range {
  readonly min: number;
  readonly max: number;
  /** Of a number that need not be whole: what one step is. */
  readonly step: number;
  readonly allowed: readonly number[] | null;
}

/** What the number at a place may be. */
export function rangeAt(field: AttributeField, place: Place): Range | null {
  const whole = { step: 1, allowed: null };
  const along = ([h, w]: readonly [number, number]) => (place === 0 ? h : place === 1 ? w : null);
  switch (field.kind) {
    case 'number': {
      const { min, max, step, allowed } = field;
      return { min, max, step: step ?? roundStep(field.value), allowed };
    }
    case 'pair': {
      const min = along(field.min) ?? Math.max(...field.min);
      const max = along(field.max) ?? Math.min(...field.max);
      return { min, max, step: field.step ?? 0.25, allowed: null };
    }
    case 'sides': {
      const { top, bottom, left, right } = field.max;
      switch (place) {
        case 'top':
        case 'bottom':
        case 'left':
        case 'right':
          return { min: field.min, max: field.max[place], ...whole };
        case 'rows':
          return { min: field.min, max: Math.min(top, bottom), ...whole };
        case 'columns':
          return { min: field.min, max: Math.min(left, right), ...whole };
        default:
          return { min: field.min, max: Math.min(top, bottom, left, right), ...whole };
      }
    }
    case 'quad':
      return { min: field.min, max: field.max, ...whole };
    case 'choice':
    case 'boolean':
    case 'axes':
      return null;
    default:
      return field satisfies never;
  }
}

/** A tenth of the number's own size: 0.5 steps by 0.1 to 0.6, 1e-5 by 1e-6. */
function roundStep(value: number): number {
  return value === 0 ? 0.1 : 10 ** (Math.floor(Math.log10(Math.abs(value))) - (Math.abs(value) >= 1 ? 1 : 0));
}
