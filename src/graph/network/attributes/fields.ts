/**
 * The attributes of a node as fields to edit, for what it reads now. A range ends where the layer would have no output any more, as far
 * as trying every value is cheap; what else is impossible becomes the node's error.
 */
import { resolvePadding } from '../../../operators/conv2d/padding.ts';
import { type Operator, rulesOf } from '../../../operators/index.ts';
import type { Pair, PerSide, Shape } from '../../../operators/operator.ts';
import type { Quad } from '../../../operators/tensors.ts';
import { type Form, formsOf } from './declarations.ts';
import { type AttributeValue, setAttribute } from './setAttribute.ts';

interface Named {
  /** The attribute's key in the operator; `name` is PyTorch's. */
  readonly key: string;
  readonly name: string;
}

export type AttributeField =
  | (Named & {
      readonly kind: 'number';
      readonly value: number;
      readonly min: number;
      readonly max: number;
      /** null: any number. */
      readonly step: number | null;
      /** The only values there are, ascending, where not every one between is. */
      readonly allowed: readonly number[] | null;
    })
  | (Named & {
      readonly kind: 'pair';
      readonly value: Pair;
      readonly min: Pair;
      readonly max: Pair;
      readonly step: number | null;
    })
  /** `word`: what stands for the numbers (`'same'`), of `words`; null where the numbers are said. */
  | (Named & {
      readonly kind: 'sides';
      readonly value: PerSide;
      readonly min: number;
      readonly max: PerSide;
      readonly step: 1;
      readonly word: string | null;
      readonly words: readonly string[];
    })
  | (Named & {
      readonly kind: 'quad';
      readonly value: Quad;
      readonly min: number;
      readonly max: number;
      readonly step: 1;
    })
  | (Named & { readonly kind: 'choice'; readonly value: string; readonly choices: readonly string[] })
  | (Named & { readonly kind: 'boolean'; readonly value: boolean })
  /** Axes of [N, C, H, W]: a set of them, or (`isOrder`) all four in some order. */
  | (Named & { readonly kind: 'axes'; readonly value: readonly number[]; readonly isOrder: boolean });

/** Values that are tried to find the end of a range; longer ranges end where they are declared to. */
const tried = 64;

/** The fields of an operator that reads tensors of these shapes; what follows from the shapes (`in_channels`) has none. */
export function attributeFields(operator: Operator, inputs: readonly Shape[]): readonly AttributeField[] {
  return formsOf(operator.kind)
    .filter(([, form]) => !form.isDerived)
    .filter(([key]) => isUsed(operator, key))
    .map(([key, form]) => fieldOf(operator, inputs, key, form));
}

/** Attributes that the present function or mode ignores have no field. */
function isUsed(operator: Operator, key: string): boolean {
  switch (operator.kind) {
    case 'elementwise': {
      if (key === 'function') return true;
      const { function: name } = operator;
      const hasBoth = name === 'selu' || name === 'hard_sigmoid' || name === 'clip';
      return hasBoth || (key === 'alpha' && (name === 'elu' || name === 'leaky_relu'));
    }
    case 'pool2d':
      return key !== 'countIncludePad' || operator.function === 'average';
    case 'pad':
      return key !== 'value' || operator.mode === 'constant';
    case 'resize':
      if (key === 'nearestMode') return operator.mode === 'nearest';
      if (key === 'size') return operator.size !== null;
      if (key === 'scaleFactor') return operator.scaleFactor !== null;
      return key !== 'cubicCoeffA' || operator.mode === 'cubic';
    default:
      return true;
  }
}

function fieldOf(operator: Operator, inputs: readonly Shape[], key: string, form: Form): AttributeField {
  const named = { key, name: form.name };
  const value: unknown = new Map<string, unknown>(Object.entries(operator)).get(key);
  const lastGood = (min: number, max: number, at: (value: number) => AttributeValue) =>
    Math.max(
      min,
      endOf(min, max, (candidate) => isPossible(operator, inputs, key, at(candidate))),
    );
  switch (form.form) {
    case 'integer': {
      const allowed = allowedOf(inputs, key);
      const max = allowed?.at(-1) ?? lastGood(form.min, form.max, (candidate) => candidate);
      const own = value as number;
      return { ...named, kind: 'number', value: own, min: form.min, max: Math.max(max, own), step: 1, allowed };
    }
    case 'number':
      return {
        ...named,
        kind: 'number',
        value: value as number,
        min: form.min,
        max: form.max,
        step: null,
        allowed: null,
      };
    case 'axis':
      return { ...named, kind: 'number', value: value as number, min: 0, max: 3, step: 1, allowed: null };
    case 'pair': {
      const [h, w] = value as Pair;
      const max: Pair = [
        Math.max(
          h,
          lastGood(form.min, form.max, (candidate) => [candidate, w]),
        ),
        Math.max(
          w,
          lastGood(form.min, form.max, (candidate) => [h, candidate]),
        ),
      ];
      return { ...named, kind: 'pair', value: [h, w], min: [form.min, form.min], max, step: 1 };
    }
    case 'optional-pair': {
      const least = form.isWhole ? 1 : 1 / form.max;
      const max: Pair = [form.max, form.max];
      const pair = (value ?? [1, 1]) as Pair;
      return { ...named, kind: 'pair', value: pair, min: [least, least], max, step: form.isWhole ? 1 : null };
    }
    case 'sides': {
      const sides = typeof value === 'string' ? wordSides(operator) : (value as PerSide);
      const end = (side: keyof PerSide) =>
        Math.max(
          sides[side],
          lastGood(0, form.max, (candidate) => ({ ...sides, [side]: candidate })),
        );
      const max = { top: end('top'), bottom: end('bottom'), left: end('left'), right: end('right') };
      const word = typeof value === 'string' ? value : null;
      return { ...named, kind: 'sides', value: sides, min: 0, max, step: 1, word, words: form.words };
    }
    case 'quad':
      return { ...named, kind: 'quad', value: value as Quad, min: form.min, max: form.max, step: 1 };
    case 'boolean':
      return { ...named, kind: 'boolean', value: value as boolean };
    case 'choice':
      return { ...named, kind: 'choice', value: value as string, choices: form.choices };
    case 'axes':
      return { ...named, kind: 'axes', value: value as readonly number[], isOrder: form.isPermutation };
    default:
      form satisfies never;
      throw new Error('unknown form');
  }
}

function wordSides(operator: Operator): PerSide {
  return operator.kind === 'conv2d' ? resolvePadding(operator) : { top: 0, bottom: 0, left: 0, right: 0 };
}

/** The largest value up to `max` that is possible; `max` itself where the range is too long to try or nothing is possible now. */
function endOf(min: number, max: number, isPossibleAt: (value: number) => boolean): number {
  const end = Math.min(max, min + tried);
  for (let value = end; value >= min; value--) if (isPossibleAt(value)) return value === end ? max : value;
  return max;
}

/** Whether the layer still has an output with this value as it is asked for. */
function isPossible(operator: Operator, inputs: readonly Shape[], key: string, value: AttributeValue): boolean {
  const { operator: changed } = setAttribute(operator, key, value, inputs);
  const asked: unknown = new Map<string, unknown>(Object.entries(changed)).get(key);
  if (JSON.stringify(asked) !== JSON.stringify(value)) return false;
  const arity = rulesOf(changed).arity(changed);
  if (arity !== null && arity !== inputs.length) return false;
  const output = rulesOf(changed).outputShape(changed, inputs);
  return output.ok && output.value.every((size) => Number.isSafeInteger(size) && size > 0);
}

/** The divisors of the channels that come in, for groups. */
function allowedOf(inputs: readonly Shape[], key: string): readonly number[] | null {
  const channels = inputs[0]?.[1];
  if (channels === undefined || !['groups', 'numGroups', 'offsetGroups'].includes(key)) return null;
  const divisors: number[] = [];
  for (let divisor = 1; divisor <= channels; divisor++) if (channels % divisor === 0) divisors.push(divisor);
  return divisors;
}
