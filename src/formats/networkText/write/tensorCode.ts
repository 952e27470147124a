/** Padding, parts of tensors and arithmetic of two as PyTorch has them. */
import type { ArithmeticFunction } from '../../../operators/arithmetic/attributes.ts';
import type { Shape } from '../../../operators/operator.ts';
import type { Pad } from '../../../operators/pad/attributes.ts';
import type { Slice } from '../../../operators/slice/attributes.ts';
import { dimensions } from '../../../operators/tensors.ts';
import { expression, type OperatorCode } from './code.ts';
import { numberText, tuple } from './text.ts';

const padModes = { constant: 'constant', reflect: 'reflect', edge: 'replicate', wrap: 'circular' } as const;

/**
 * The last axis first, two numbers for each, as far as anything is padded. What goes round is cropped after it has been padded: PyTorch
 * takes copies from what a crop leaves.
 */
export function padCode({ before, after, mode, value }: Pad, shape: Shape): OperatorCode {
  const axes = [...dimensions].reverse();
  const first = Math.min(2, ...dimensions.filter((axis) => before[axis] !== 0 || after[axis] !== 0));
  const sidesOf = (part: (side: number) => number) =>
    tuple(axes.filter((axis) => axis >= first).flatMap((axis) => [part(before[axis]), part(after[axis])]));
  const how = mode === 'constant' ? '' : `, mode='${padModes[mode]}'`;
  const said = value === 0 || mode !== 'constant' ? '' : `, value=${numberText(value)}`;
  const isMixed = mode === 'wrap' && [...before, ...after].some((side) => side < 0);
  const code = expression((x) =>
    isMixed
      ? `F.pad(F.pad(${x}, ${sidesOf((side) => Math.max(0, side))}${how}), ${sidesOf((side) => Math.min(0, side))})`
      : `F.pad(${x}, ${sidesOf((side) => side)}${how}${said})`,
  );
  if (mode !== 'constant' && first < 2)
    return { ...code, note: `F.pad has mode='${padModes[mode]}' for rows and columns alone` };
  const most = (axis: 2 | 3) => (mode === 'reflect' ? shape[axis] - 1 : mode === 'wrap' ? shape[axis] : Infinity);
  const isTooWide = ([2, 3] as const).some((axis) => Math.max(before[axis], after[axis]) > most(axis));
  return isTooWide ? { ...code, note: `F.pad with mode='${padModes[mode]}' takes no sides as wide as these` } : code;
}

export function sliceCode({ start, count, step }: Slice, shape: Shape): OperatorCode {
  const parts = dimensions.map((axis) => {
    const [from, n, by] = [start[axis], count[axis], step[axis]];
    if (from === 0 && n === shape[axis] && by === 1) return ':';
    const end = from + (n - 1) * Math.max(by, 1) + 1;
    return `${from}:${end}${by > 1 ? `:${by}` : ''}`;
  });
  const last = parts.findLastIndex((part) => part !== ':');
  const code = expression((x) => `${x}[${parts.slice(0, Math.max(1, last + 1)).join(', ')}]`);
  return step.some((by) => by < 1) ? { ...code, note: 'PyTorch has no slice backwards' } : code;
}

export function arithmeticCode(name: ArithmeticFunction): OperatorCode {
  switch (name) {
    case 'add':
      return expression((a, b) => `${a} + ${b}`);
    case 'subtract':
      return expression((a, b) => `${a} - ${b}`);
    case 'multiply':
      return expression((a, b) => `${a} * ${b}`);
    case 'divide':
      return expression((a, b) => `${a} / ${b}`);
    case 'power':
      return expression((a, b) => `${a} ** ${b}`);
    case 'minimum':
    case 'maximum':
      return expression((a, b) => `torch.${name}(${a}, ${b})`);
    default:
      name satisfies never;
      throw new Error('unknown function');
  }
}
