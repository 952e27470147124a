import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Shape } from '../../operators/operator.ts';
import { NetworkBuilder } from '../architectures/builder.ts';
import { architecture } from '../architectures/index.ts';
import type { Graph } from '../graph.ts';
import { inferShapes, type Shapes } from '../infer.ts';
import { coveringUnit } from './coveringUnit.ts';
import { type Field, fieldsOf } from './receptiveField.ts';

const photo: Shape = [1, 3, 224, 224];

function shapesOf(graph: Graph, input: Shape): Shapes {
  const shapes = inferShapes(graph, { input });
  if (!shapes.ok) throw new Error(shapes.error.message);
  return shapes.value;
}

const square = (lo: number, size: number): Field => ({ h: { lo, hi: lo + size - 1 }, w: { lo, hi: lo + size - 1 } });

describe('the unit whose field covers a box of the photo', () => {
  const graph = architecture('vgg16', photo);
  const shapes = shapesOf(graph, photo);

  it('is of the first layer that sees as much: 10 x 10 pixels are what the third convolution of VGG-16 sees', () => {
    expect(coveringUnit(graph, shapes, square(100, 10))).toEqual({
      kind: 'covered',
      id: 'features.5',
      unit: { y: 52, x: 52 },
      hull: square(100, 10),
      overhang: { top: 0, bottom: 0, left: 0, right: 0 },
    });
  });

  it('is of a later layer where the units of the first stand too far apart to meet the box', () => {
    // The third convolution's fields begin at even rows, so do the fourth's, 14 wide: rows 98 and 100 are as near.
    expect(coveringUnit(graph, shapes, square(101, 10))).toMatchObject({ id: 'features.7', hull: square(100, 14) });
  });

  it('is none where the object is larger than all fields, or lies outside the photo', () => {
    expect(coveringUnit(graph, shapes, square(0, 224), 'features.30')).toEqual({
      kind: 'too-large',
      largest: { id: 'features.30', size: [212, 212] },
    });
    expect(coveringUnit(graph, shapes, square(220, 10))).toEqual({ kind: 'outside-picture' });
    expect(coveringUnit(graph, shapes, { h: { lo: 5, hi: 4 }, w: { lo: 0, hi: 3 } })).toEqual({
      kind: 'outside-picture',
    });
  });

  it('is none where floor leaves the border to nobody', () => {
    const net = new NetworkBuilder([1, 1, 8, 8]);
    net.conv('c', 'input', 1, { kernel: 3, stride: 3 });
    expect(coveringUnit(net.graph, shapesOf(net.graph, [1, 1, 8, 8]), square(6, 2))).toEqual({ kind: 'no-unit-there' });
  });

  it('covers it with no more than any other unit of its layer, and no layer before it covers it, in random chains', () => {
    const layers = fc.array(
      fc.record({
        kernel: fc.integer({ min: 1, max: 4 }),
        stride: fc.integer({ min: 1, max: 2 }),
        padding: fc.nat(1),
      }),
      { minLength: 1, maxLength: 4 },
    );
    const boxes = fc.tuple(fc.nat(55), fc.integer({ min: 1, max: 8 }));
    fc.assert(
      fc.property(layers, boxes, (list, [lo, size]) => {
        const net = new NetworkBuilder([1, 1, 64, 64]);
        const ids = list.map((_, i) => `c${i}`);
        list.forEach((layer, i) => {
          net.conv(ids[i]!, ids[i - 1] ?? 'input', 1, layer);
        });
        const known = shapesOf(net.graph, [1, 1, 64, 64]);
        const box = square(lo, size);
        // On the diagonal rows and columns are the same question.
        const covering = (id: string) =>
          Array.from({ length: known[id]![2] }, (_, u) => u).filter((u) => {
            const { h } = fieldsOf(net.graph, known, id, { h: { lo: u, hi: u }, w: { lo: u, hi: u } }).input!;
            return h.lo <= box.h.lo && h.hi >= box.h.hi;
          });
        const found = coveringUnit(net.graph, known, box);
        const first = ids.find((id) => covering(id).length > 0);
        expect(found.kind === 'covered' ? found.id : undefined).toBe(first);
        if (found.kind === 'covered') expect(covering(found.id)).toContain(found.unit.y);
      }),
    );
  });
});
