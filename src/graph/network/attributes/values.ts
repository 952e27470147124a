/** Values of attributes from outside, held to their declared form and bounds. */
import type { Operator } from '../../../operators/index.ts';
import type { PerSide } from '../../../operators/operator.ts';
import { declarations, type Form, formsOf } from './declarations.ts';

/** The value where it has the form and lies within its bounds, else undefined. A default stands for what is absent. */
export function heldValue(form: Form, value: unknown): unknown {
  if (value === undefined) return defaultOf(form);
  return holds(form, value) ? value : undefined;
}

export function defaultOf(form: Form): unknown {
  if (form.form === 'sides') return { top: 0, bottom: 0, left: 0, right: 0 } satisfies PerSide;
  if (form.form === 'axes') return undefined;
  return form.default;
}

function holds(form: Form, value: unknown): boolean {
  switch (form.form) {
    case 'integer':
      return isInteger(value, form.min, form.max);
    case 'number':
      return isNumber(value, form.min, form.max);
    case 'pair':
      return isList(value, 2) && value.every((each) => isInteger(each, form.min, form.max));
    case 'optional-pair': {
      const { isWhole, max } = form;
      const fits = (each: unknown) => (isWhole ? isInteger(each, 1, max) : isNumber(each, Number.MIN_VALUE, max));
      return value === null || (isList(value, 2) && value.every(fits));
    }
    case 'quad':
      return isList(value, 4) && value.every((each) => isInteger(each, form.min, form.max));
    case 'sides':
      if (typeof value === 'string') return form.words.includes(value);
      return sideNames.every((side) => isInteger(sideOf(value, side), 0, form.max));
    case 'boolean':
      return typeof value === 'boolean';
    case 'choice':
      return form.choices.some((choice) => choice === value);
    case 'axis':
      return isInteger(value, 0, 3);
    case 'axes': {
      if (!Array.isArray(value) || !value.every((each) => isInteger(each, 0, 3))) return false;
      const isOnce = new Set(value).size === value.length;
      return isOnce && (form.isPermutation ? value.length === 4 : value.length > 0);
    }
    default:
      form satisfies never;
      return false;
  }
}

const sideNames = ['top', 'bottom', 'left', 'right'] as const;

function sideOf(value: unknown, side: keyof PerSide): unknown {
  return typeof value === 'object' && value !== null ? (value as Partial<PerSide>)[side] : undefined;
}

function isInteger(value: unknown, min: number, max: number): value is number {
  return Number.isSafeInteger(value) && isNumber(value, min, max);
}

function isNumber(value: unknown, min: number, max: number): value is number {
  return typeof value === 'number' && value >= min && value <= max;
}

function isList(value: unknown, length: number): value is readonly unknown[] {
  return Array.isArray(value) && value.length === length;
}

export function isOperatorKind(kind: unknown): kind is Operator['kind'] {
  return typeof kind === 'string' && Object.hasOwn(declarations, kind);
}

/**
 * The operator of a record of attributes, defaults where they are absent; or the first attribute (PyTorch's name) that is missing or
 * out of bounds. Attributes that the kind does not have are passed over.
 */
export function operatorOf(
  kind: Operator['kind'],
  attributes: Readonly<Record<string, unknown>>,
): { readonly operator: Operator } | { readonly wrong: string } {
  const operator: Record<string, unknown> = { kind };
  for (const [key, form] of formsOf(kind)) {
    const value = heldValue(form, Object.hasOwn(attributes, key) ? attributes[key] : undefined);
    if (value === undefined) return { wrong: form.name };
    operator[key] = value;
  }
  // Every attribute that the kind's type has is declared (`Declarations`) and has just been held to its form.
  return { operator: operator as unknown as Operator };
}

/** The attributes that differ from their defaults. */
export function saidAttributes(operator: Operator): Readonly<Record<string, unknown>> {
  const values = new Map<string, unknown>(Object.entries(operator));
  const said = formsOf(operator.kind)
    .map(([key, form]) => [key, values.get(key), defaultOf(form)] as const)
    .filter(([, value, fallback]) => JSON.stringify(value) !== JSON.stringify(fallback));
  return Object.fromEntries(said.map(([key, value]) => [key, value]));
}
