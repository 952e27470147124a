import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalAt } from '../../math/random.ts';
import type { Operator } from '../../operators/index.ts';
import { createPool2d } from '../../operators/pool2d/index.ts';
import type { GraphNode } from '../graph.ts';
import { inferShapes } from '../infer.ts';
import { droppedNetwork } from './dropped.ts';
import { amplitudesOf, type FieldMap, FieldMean } from './fieldMap.ts';
import { growthExponent, growthRows } from './growth.ts';
import { centreOf, summarise } from './summary.ts';
import {
  chain,
  fieldOf,
  gradientOf,
  layer,
  middle,
  ones,
  shape,
  side,
  uniform,
  weightsOf,
} from './testing/smallFields.ts';
import { expectedStd, growthTo, spreads } from './theory.ts';

const stdOf = (map: FieldMap) => summarise(map, middle)!.std.h;
const convs = (count: number, rest: Parameters<typeof layer>[0] = {}) =>
  Array.from({ length: count }, () => layer(rest));

describe('the theory', () => {
  it('gives n layers of 3 x 3 the standard deviation sqrt(2n/3), and two of them to both sides of 5, 10, 20 layers 66, 49, 36 % of the field', () => {
    const layers = Array.from({ length: 20 }, () => ({ kernel: 3, stride: 1, dilation: 1 }));
    const after = spreads(layers);
    expect(after[4]).toMatchObject({ size: 11, jump: 1 });
    expect(after[4]!.std).toBeCloseTo(Math.sqrt(10 / 3), 12);
    expect([5, 10, 20].map((n) => after[n - 1]!.share.toFixed(2))).toEqual(['0.66', '0.49', '0.36']);
  });

  it('is met by uniform kernels whatever their sizes, strides and dilations', () => {
    const window = fc.record({
      kernel: fc.integer({ min: 1, max: 4 }),
      stride: fc.constantFrom(1, 1, 2),
      dilation: fc.integer({ min: 1, max: 3 }),
    });
    fc.assert(
      fc.property(fc.array(window, { minLength: 1, maxLength: 3 }), (layers) => {
        const graph = chain(
          layers.map(({ kernel, stride, dilation }) =>
            layer({ kernelSize: [kernel, kernel], stride: [stride, stride], dilation: [dilation, dilation] }),
          ),
        );
        const expected = spreads(layers).at(-1)!;
        if (expected.size > side) return;
        expect(stdOf(fieldOf(graph, weightsOf(graph, uniform)))).toBeCloseTo(expected.std, 5);
        expect(growthTo(graph, `${layers.length - 1}`, 'h').at(-1)).toMatchObject(expected);
      }),
      { numRuns: 25 },
    );
  });

  it('is met by the mean square of random kernels, whose mean |gradient| is wider', () => {
    const graph = chain(convs(4));
    const means = { squared: new FieldMean('squared', shape), absolute: new FieldMean('absolute', shape) };
    for (let draw = 0; draw < 250; draw++) {
      const gradient = gradientOf(
        graph,
        weightsOf(graph, (node, i) => normalAt(draw, node, i)),
        ones,
      );
      means.squared.add(gradient);
      means.absolute.add(gradient);
    }
    const { std } = spreads(Array.from({ length: 4 }, () => ({ kernel: 3, stride: 1, dilation: 1 })))[3]!;
    expect(Math.abs(stdOf(means.squared.map) / expectedStd(std, 'squared', 'random') - 1)).toBeLessThan(0.08);
    expect(stdOf(means.absolute.map)).toBeGreaterThan(1.15 * stdOf(means.squared.map));
  });

  it('ends where a layer has no window that slides', () => {
    const graph = chain([
      layer(),
      { kind: 'activation', function: 'relu' },
      { kind: 'reduce', function: 'mean', axes: [2, 3] },
      layer({ kernelSize: [1, 1] }),
    ]);
    expect(growthTo(graph, '3', 'h').map(({ node }) => node)).toEqual(['0', '1']);
  });
});

describe('growth with depth', () => {
  it('has the exponent 1/2 for layers alike', () => {
    const graph = chain(convs(8));
    const measured = Object.fromEntries(
      [0, 1, 3, 7].map((i) => {
        const part = { nodes: graph.nodes.slice(0, i + 2) };
        return [`${i}`, stdOf(fieldOf(part, weightsOf(part, uniform)))];
      }),
    );
    const rows = growthRows(growthTo(graph, '7', 'h'), measured, 'absolute');
    expect(rows.map(({ depth, size }) => [depth, size]).slice(0, 3)).toEqual([
      [1, 3],
      [2, 5],
      [3, 7],
    ]);
    expect(rows[3]!.measured).toBeCloseTo(rows[3]!.uniform, 5);
    expect(rows[2]!.measured).toBeNull();
    // Layers alike: the root of the depth is what theory has of every one of them.
    for (const { random, root } of rows) expect(random).toBeCloseTo(root, 10);
    const dilated = chain([layer(), layer({ dilation: [2, 2] })]);
    const [, second] = growthRows(growthTo(dilated, '1', 'h'), {}, 'squared');
    // 2/3 (1 + 4) and 2/3 (1 + 1).
    expect([second!.random ** 2, second!.root ** 2].map((each) => each.toFixed(6))).toEqual(['3.333333', '1.333333']);
    expect(growthExponent(rows)).toBeCloseTo(0.5, 4);
    expect(growthExponent(rows.slice(0, 1))).toBeNull();
  });
});

describe('what shapes a field', () => {
  const plain = chain(convs(4));
  const base = stdOf(fieldOf(plain, weightsOf(plain, uniform)));

  it('dilation and sub-sampling widen it', () => {
    const dilated = chain([layer(), layer({ dilation: [2, 2] }), layer({ dilation: [4, 4] }), layer()]);
    const strided = chain([layer(), layer({ stride: [2, 2] }), layer(), layer()]);
    for (const graph of [dilated, strided])
      expect(stdOf(fieldOf(graph, weightsOf(graph, uniform)))).toBeGreaterThan(1.4 * base);
  });

  it('a skip narrows it', () => {
    const padded = { ...layer(), padding: 'same' as const };
    const nodes: GraphNode[] = [{ id: 'x', operator: { kind: 'input', channels: 1 }, inputs: [] }];
    for (let i = 0; i < 4; i++) {
      const before = i === 0 ? 'x' : `sum ${i - 1}`;
      nodes.push({ id: `conv ${i}`, operator: padded, inputs: [before] });
      nodes.push({ id: `sum ${i}`, operator: { kind: 'arithmetic', function: 'add' }, inputs: [`conv ${i}`, before] });
    }
    // Each layer is passed by half of the gradient: half the variance.
    expect(stdOf(fieldOf({ nodes }, weightsOf({ nodes }, uniform)))).toBeCloseTo(base / Math.SQRT2, 5);
  });

  it('with ReLU it depends on the photo: where all is below 0 nothing comes back', () => {
    const graph = chain([layer(), { kind: 'activation', function: 'relu' }, layer()]);
    const parameters = weightsOf(graph, uniform);
    const dark = { shape, values: ones.values.map((value) => -value) };
    expect(summarise(fieldOf(graph, parameters, dark), middle)).toBeNull();
    const halves = { shape, values: ones.values.map((_, i) => (i % side < middle.x ? -1 : 1)) };
    const half = summarise(fieldOf(graph, parameters, halves), middle)!;
    expect(half.mean.x).toBeGreaterThan(middle.x + 0.2);
    expect(half.mean.y).toBeCloseTo(middle.y, 6);
  });

  it('dropout thins it, and its mean over masks is as wide as without', () => {
    const operators: Operator[] = [layer(), { kind: 'dropout', p: 0.5 }, layer(), { kind: 'dropout', p: 0.5 }, layer()];
    const graph = chain(operators);
    const shapes = inferShapes(graph, { x: shape });
    if (!shapes.ok) throw new Error(shapes.error.message);
    const dropped = droppedNetwork(graph, shapes.value);
    const mean = new FieldMean('absolute', shape);
    const parameters = weightsOf(graph, uniform);
    let holes = 0;
    for (let seed = 0; seed < 200; seed++) {
      const gradient = gradientOf(dropped.graph, parameters, ones, dropped.masks(seed));
      if (
        summarise({ measure: 'absolute', height: side, width: side, values: gradient }, middle, 1)?.smallest.count !==
        49
      )
        holes++;
      mean.add(gradient);
    }
    expect(holes).toBeGreaterThan(100);
    expect(stdOf(mean.map)).toBeCloseTo(Math.sqrt(2), 1);
    // Without dropping nothing but the names has changed.
    expect(droppedNetwork(chain([{ kind: 'dropout', p: 0 }]), { x: shape, '0': shape }).graph.nodes).toHaveLength(2);
  });

  it('max pooling lets one pixel of each window through', () => {
    const graph = chain([createPool2d({ function: 'max', kernelSize: [2, 2] })]);
    expect(summarise(fieldOf(graph, {}), middle, 1)!.smallest.count).toBe(1);
  });
});

describe('a summary', () => {
  const map = (values: readonly number[], width: number): FieldMap => ({
    ...{ measure: 'absolute', height: values.length / width, width },
    values: Float64Array.from(values),
  });

  it('takes the fewest pixels that hold the share: 60 and 30 of 100', () => {
    const { total, smallest, rows, columns } = summarise(map([0, 60, 4, 6, 30, 0], 3), { y: 0, x: 1 }, 0.9)!;
    expect(total).toBe(100);
    expect(smallest).toEqual({ count: 2, threshold: 30, mask: Uint8Array.of(0, 1, 0, 0, 1, 0) });
    expect([...rows]).toEqual([64, 36]);
    expect([...columns]).toEqual([6, 90, 4]);
  });

  it('takes the smallest square about the centre, and says what of it lies inside', () => {
    const corner = summarise(map([8, 1, 0, 1, 0, 0, 0, 0, 0], 3), { y: 0, x: 0 })!.square;
    expect(corner).toEqual({ centre: { y: 0, x: 0 }, side: 3, top: 0, bottom: 1, left: 0, right: 1 });
    const even = summarise(map([1, 1, 1, 1], 2), { y: 0.5, x: 0.5 })!.square;
    expect(even).toEqual({ centre: { y: 0.5, x: 0.5 }, side: 2, top: 0, bottom: 1, left: 0, right: 1 });
  });

  it('has no set smaller than its square’s share asks, and no square smaller than the set', () => {
    const values = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 35, maxLength: 35 });
    fc.assert(
      fc.property(values, fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 4 }), (drawn, y, x) => {
        const field = map(drawn, 5);
        const summary = summarise(field, { y, x });
        if (!summary) {
          expect(drawn.every((value) => value === 0)).toBe(true);
          return;
        }
        const { smallest, square, total } = summary;
        const held = drawn.reduce((sum, value, i) => sum + value * smallest.mask[i]!, 0);
        expect(held).toBeGreaterThanOrEqual(0.95 * total - 1e-9);
        expect(held - smallest.threshold).toBeLessThan(0.95 * total);
        const inside = (square.bottom - square.top + 1) * (square.right - square.left + 1);
        expect(inside).toBeGreaterThanOrEqual(smallest.count);
      }),
    );
  });

  it('stands about the middle of the unit’s field, between pixels where the window is even', () => {
    expect(centreOf({ size: [3, 4], jump: [2, 1], start: [-1, 0] }, 5, 2)).toEqual({ y: 10, x: 3.5 });
  });

  it('is drawn by amplitudes: of squares the roots', () => {
    expect([...amplitudesOf({ ...map([4, 9], 2), measure: 'squared' })]).toEqual([2, 3]);
    expect([...amplitudesOf(map([4, 9], 2))]).toEqual([4, 9]);
  });
});
