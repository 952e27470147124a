/** Parts of tensors: `x[:, 0:58]`, `torch.chunk`, `torch.split`. */
import type { Value } from '../../../operators/callSyntax.ts';
import { integersOf } from '../../../operators/codeValues.ts';
import type { Slice } from '../../../operators/slice/attributes.ts';
import { type Dimension, dimensions, type Quad } from '../../../operators/tensors.ts';
import type { Expression } from '../python/expressions.ts';
import { type Place, refuseAt } from '../python/tokens.ts';
import type { Tensor } from './network.ts';

type IndexExpression = Extract<Expression, { readonly kind: 'index' }>;

/** The slice of an index; null for `[:, :, None, None]`, which gives features their rows and columns back. */
export function indexed(
  { shape }: Tensor,
  { items, line, column }: IndexExpression,
  numberIn: (part: Expression) => number,
): Slice | null {
  const place = { line, column };
  const isNew = (item: (typeof items)[number]) => item.kind === 'name' && item.name === 'None';
  if (items.length === 4 && items.slice(2).every(isNew) && shape[2] * shape[3] === 1) return null;
  if (items.length > 4) return refuseAt('index', 'IndexError: too many indices: tensors have 4 axes here', place);
  const along = dimensions.map((axis) => {
    const item = items[axis];
    const size = shape[axis];
    if (item === undefined) return [0, size, 1] as const;
    if (item.kind !== 'span') return refuseAt('index', 'axes are kept here: a part is written as from:to', item);
    const bound = (part: Expression | null, otherwise: number) => {
      const value = part ? numberIn(part) : otherwise;
      return Math.min(size, Math.max(0, value < 0 ? value + size : value));
    };
    const step = item.step ? numberIn(item.step) : 1;
    if (step < 1) return refuseAt('index', 'ValueError: step must be greater than zero', item);
    const [from, to] = [bound(item.from, 0), bound(item.to, size)];
    return [from, Math.max(0, Math.ceil((to - from) / step)), step] as const;
  });
  return { kind: 'slice', start: quad(along, 0), count: quad(along, 1), step: quad(along, 2) };
}

function quad(along: readonly (readonly [number, number, number])[], part: 0 | 1 | 2): Quad {
  const [n, c, h, w] = along.map((axis) => axis[part]);
  return [n!, c!, h!, w!];
}

/** The parts that `chunk` (so many) or `split` (so long, or these lengths) gives along an axis. */
export function partsOf(
  { shape }: Tensor,
  called: 'chunk' | 'split',
  given: Value | undefined,
  axis: Dimension,
  place: Place,
): readonly Slice[] {
  const size = shape[axis];
  const lengths = given && integersOf(given);
  const each = given?.kind === 'number' ? (called === 'chunk' ? Math.ceil(size / given.value) : given.value) : 0;
  if (!lengths && !(each >= 1))
    return refuseAt('split', `torch.${called} takes a number of parts or their sizes`, place);
  const counts = lengths ?? Array.from({ length: Math.ceil(size / each) }, (_, i) => Math.min(each, size - i * each));
  let from = 0;
  return counts.map((count) => {
    const start = quad(
      dimensions.map((dimension) => [dimension === axis ? from : 0, 0, 0]),
      0,
    );
    from += count;
    const counted = quad(
      dimensions.map((dimension) => [dimension === axis ? count : shape[dimension], 0, 0]),
      0,
    );
    return { kind: 'slice', start, count: counted, step: [1, 1, 1, 1] };
  });
}
