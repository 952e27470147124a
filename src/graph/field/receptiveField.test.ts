import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { convShapes } from '../../../tests/support/convCases.ts';
import type { Conv2d } from '../../operators/conv2d/attributes.ts';
import { createConv2d } from '../../operators/conv2d/index.ts';
import type { HostTensor, Shape } from '../../operators/operator.ts';
import { exploreGraph } from '../explore.ts';
import type { Graph, GraphParameters } from '../graph.ts';
import { inferShapes, type Shapes } from '../infer.ts';
import { runReference } from '../referenceRun.ts';
import { fieldsOf, readersOf, tapsThrough } from './receptiveField.ts';

const input = { id: 'input', operator: { kind: 'input', channels: 1 }, inputs: [] } as const;

function single(attributes: Partial<Conv2d> & Pick<Conv2d, 'kernelSize'>): Conv2d {
  return createConv2d({ inChannels: 1, outChannels: 1, bias: false, ...attributes });
}

function chain(...layers: readonly Conv2d[]): Graph {
  const nodes = layers.map((operator, i) => ({ id: `c${i + 1}`, operator, inputs: [i === 0 ? 'input' : `c${i}`] }));
  return { nodes: [input, ...nodes] };
}

function shapesOf(graph: Graph, shape: Shape): Shapes {
  const shapes = inferShapes(graph, { input: shape });
  if (!shapes.ok) throw new Error(shapes.error.message);
  return shapes.value;
}

const large: Shape = [1, 1, 20, 20];

const at = (y: number, x: number) => ({ h: { lo: y, hi: y }, w: { lo: x, hi: x } });

describe('a receptive field', () => {
  it('of one 3 x 3 with dilation 4 is 9 wide, with 3 taps in it', () => {
    const conv = single({ kernelSize: [3, 3], dilation: [4, 4], padding: 'same' });
    const graph = exploreGraph(conv, 'relu');
    expect(fieldsOf(graph, shapesOf(graph, large), 'activation', at(10, 10)).input).toEqual({
      h: { lo: 6, hi: 14 },
      w: { lo: 6, hi: 14 },
    });
    const taps = tapsThrough(graph, shapesOf(graph, [1, 1, 20, 20]), 'activation', { y: 10, x: 10 });
    expect(taps.input).toEqual({ rows: [6, 10, 14], columns: [6, 10, 14] });
  });

  it('of stacked 3 x 3 with dilations 1, 2, 4 is 3, 7, 15 wide', () => {
    const dilated = (d: number) => single({ kernelSize: [3, 3], dilation: [d, d] });
    const graph = chain(dilated(1), dilated(2), dilated(4));
    expect(fieldsOf(graph, shapesOf(graph, large), 'c1', at(0, 0)).input?.h).toEqual({ lo: 0, hi: 2 });
    expect(fieldsOf(graph, shapesOf(graph, large), 'c2', at(0, 0)).input?.h).toEqual({ lo: 0, hi: 6 });
    expect(fieldsOf(graph, shapesOf(graph, large), 'c3', at(0, 0)).input?.h).toEqual({ lo: 0, hi: 14 });
  });

  it('begins outside the picture where there is padding', () => {
    const graph = chain(
      single({ kernelSize: [3, 3], stride: [2, 2], padding: { top: 1, bottom: 1, left: 1, right: 1 } }),
    );
    expect(fieldsOf(graph, shapesOf(graph, large), 'c1', { h: { lo: 0, hi: 1 }, w: { lo: 2, hi: 2 } }).input).toEqual({
      h: { lo: -1, hi: 3 },
      w: { lo: 3, hi: 5 },
    });
  });

  it('names only what is read: a later node is not, nor is a branch beside', () => {
    const branch = (id: string) => ({ id, operator: single({ kernelSize: [5, 5] }), inputs: ['input'] });
    const graph: Graph = { nodes: [input, branch('left'), branch('right')] };
    expect(fieldsOf(graph, shapesOf(graph, large), 'left', at(3, 3))).toEqual({
      left: at(3, 3),
      input: { h: { lo: 3, hi: 7 }, w: { lo: 3, hi: 7 } },
    });
  });

  it('of strides that skip pixels has holes: 1 x 1 with stride 2 under 3 x 3 reads every other row', () => {
    const graph = chain(single({ kernelSize: [1, 1], stride: [2, 2] }), single({ kernelSize: [3, 3] }));
    const taps = tapsThrough(graph, shapesOf(graph, [1, 1, 9, 9]), 'c2', { y: 1, x: 0 });
    expect(taps.input).toEqual({ rows: [2, 4, 6], columns: [0, 2, 4] });
    expect(taps.c1).toEqual({ rows: [1, 2, 3], columns: [0, 1, 2] });
  });

  it('the other way: pixel 2 under a 3 x 3 with stride 2 is read by outputs 0 and 1', () => {
    const graph = exploreGraph(single({ kernelSize: [3, 3], stride: [2, 2] }), 'relu');
    const readers = readersOf(graph, shapesOf(graph, [1, 1, 9, 9]), 'input', { y: 2, x: 3 });
    expect(readers.activation).toEqual({ rows: [0, 1], columns: [1] });
  });
});

/** Two layers of one channel, the second applicable to the first one's output. */
const pairs = fc
  .tuple(convShapes, convShapes)
  .map(([{ conv, shape }, second]) => {
    const one = (layer: Conv2d): Conv2d => ({ ...layer, inChannels: 1, outChannels: 1, groups: 1, bias: false });
    return { graph: chain(one(conv), one(second.conv)), shape: [1, 1, shape[2], shape[3]] as const };
  })
  .filter(({ graph, shape }) => inferShapes(graph, { input: shape }).ok);

/** All weights positive: then an output feels a pixel exactly when it reads it. */
function ones(graph: Graph): GraphParameters {
  return Object.fromEntries(
    graph.nodes.flatMap(({ id, operator }) =>
      operator.kind === 'conv2d'
        ? [[id, { weight: new Float32Array(operator.kernelSize[0] * operator.kernelSize[1]).fill(1), bias: null }]]
        : [],
    ),
  );
}

describe('fields and computation agree', () => {
  it('a pixel set to 1 in a picture of zeros makes exactly its readers answer, and lies in exactly their taps', () => {
    fc.assert(
      fc.property(pairs, fc.nat(), ({ graph, shape }, pick) => {
        const shapes = shapesOf(graph, shape);
        const [, , height, width] = shape;
        const pixel = { y: Math.floor((pick % (height * width)) / width), x: pick % width };
        const values = new Float32Array(height * width);
        values[pixel.y * width + pixel.x] = 1;
        const tensor: HostTensor<Float32Array> = { shape, values };
        const outputs = runReference(graph, { input: tensor }, ones(graph)).c2!.output;
        const [, , rows, columns] = outputs.shape;
        const readers = readersOf(graph, shapes, 'input', pixel).c2 ?? { rows: [], columns: [] };
        for (let y = 0; y < rows; y++) {
          for (let x = 0; x < columns; x++) {
            const answers = outputs.values[y * columns + x]! > 0;
            expect(readers.rows.includes(y) && readers.columns.includes(x)).toBe(answers);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('every tap lies in the interval of its axis, and the outermost taps end it where no padding intervenes', () => {
    fc.assert(
      fc.property(pairs, fc.nat(), ({ graph, shape }, pick) => {
        const shapes = shapesOf(graph, shape);
        const [, , rows, columns] = shapes.c1!;
        const unit = { y: Math.floor((pick % (rows * columns)) / columns), x: pick % columns };
        const taps = tapsThrough(graph, shapes, 'c1', unit).input!;
        const field = fieldsOf(graph, shapes, 'c1', at(unit.y, unit.x)).input!;
        expect([taps.rows[0], taps.rows.at(-1)]).toEqual([field.h.lo, field.h.hi]);
        expect([taps.columns[0], taps.columns.at(-1)]).toEqual([field.w.lo, field.w.hi]);
      }),
      { numRuns: 200 },
    );
  });
});
