import '../../operators/late.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { learnedBy, tensorOf } from '../../../tests/support/cases/operatorCase.ts';
import { createConv2d } from '../../operators/conv2d/index.ts';
import { createConvTranspose2d } from '../../operators/convTranspose2d/index.ts';
import type { Operator } from '../../operators/index.ts';
import { createLinear } from '../../operators/linear/index.ts';
import { createLocallyConnected2d } from '../../operators/locallyConnected2d/index.ts';
import type { HostTensor } from '../../operators/operator.ts';
import type { Graph, GraphParameters } from '../graph.ts';
import { inferShapes } from '../infer.ts';
import { runReference } from '../referenceRun.ts';
import { equivarianceError, measuredEquivariance, type Shift, shifted } from './equivariance.ts';
import { jumpOf } from './jump.ts';
import { changedOutputs, erased } from './locality.ts';

const photo = tensorOf([1, 2, 12, 14], 7);

function chain(...operators: readonly Operator[]): Graph {
  const nodes = operators.map((operator, i) => ({ id: `${i + 1}`, operator, inputs: [`${i}`] }));
  return { nodes: [{ id: '0', operator: { kind: 'input', channels: 2 }, inputs: [] }, ...nodes] };
}

function learned({ nodes }: Graph): GraphParameters {
  const values = nodes.map(({ id, operator }, i) => [id, learnedBy(operator, i + 3)] as const);
  return Object.fromEntries(values.flatMap(([id, own]) => (own ? [[id, own]] : [])));
}

const last = (graph: Graph) => graph.nodes.at(-1)!.id;

function error(graph: Graph, dy: number, dx: number) {
  return measuredEquivariance({ graph, id: last(graph), input: '0' }, photo, learned(graph), { dy, dx });
}

const conv = (stride: number, padding = 1) =>
  createConv2d({
    inChannels: 2,
    outChannels: 3,
    kernelSize: [3, 3],
    stride: [stride, stride],
    padding: { top: padding, bottom: padding, left: padding, right: padding },
  });

const local = createLocallyConnected2d({ inChannels: 2, outChannels: 3, inputSize: [12, 14], kernelSize: [3, 3] });
const flatten: Operator = { kind: 'reshape', shape: [1, 336, 1, 1] };
const full = createLinear({ inFeatures: 336, outFeatures: 5 });

describe('a moved photo', () => {
  it('lets zeros come in where it came from', () => {
    const row: HostTensor = { shape: [1, 1, 1, 4], values: Float64Array.of(1, 2, 3, 4) };
    expect([...shifted(row, { dy: 0, dx: 1 }).values]).toEqual([0, 1, 2, 3]);
    expect([...shifted(row, { dy: 0, dx: -3 }).values]).toEqual([4, 0, 0, 0]);
    expect([...shifted(row, { dy: 1, dx: 0 }).values]).toEqual([0, 0, 0, 0]);
  });
});

describe('the equivariance of a layer', () => {
  it('of a convolution is exact in the interior: no padding is read, nothing that came in', () => {
    const measured = error(chain(conv(1)), 2, -3);
    expect(measured).toMatchObject({
      largest: 0,
      relative: 0,
      isOnGrid: true,
      region: 'interior',
      by: { dy: 2, dx: -3 },
    });
    // Output row 3 reads rows 2..4, which were 0..2; row 10 reads 9..11. Column 9 reads 8..10, which were 11..13.
    expect(measured.field).toEqual({ h: { lo: 3, hi: 10 }, w: { lo: 1, hi: 9 } });
  });

  it('with stride 2 is exact for shifts by 2 and 4, and not for odd ones', () => {
    const graph = chain(conv(2), { kind: 'activation', function: 'relu' });
    expect(error(graph, 2, 4)).toMatchObject({ largest: 0, isOnGrid: true, by: { dy: 1, dx: 2 } });
    const odd = error(graph, 1, 0);
    expect(odd.isOnGrid).toBe(false);
    expect(odd.relative).toBeGreaterThan(0.1);
  });

  it('of a transposed convolution moves s times as far', () => {
    const up = createConvTranspose2d({ inChannels: 2, outChannels: 1, kernelSize: [3, 3], stride: [2, 2] });
    expect(error(chain(up), 1, -2)).toMatchObject({ largest: 0, isOnGrid: true, by: { dy: 2, dx: -4 } });
  });

  it('is lost in a locally connected layer: every place has its own weights', () => {
    const measured = error(chain(local), 1, 1);
    expect(measured.region).toBe('interior');
    expect(measured.relative).toBeGreaterThan(0.5);
  });

  it('is nothing that a fully connected layer knows: the same outputs change', () => {
    const measured = error(chain(flatten, full), 1, 0);
    expect(measured).toMatchObject({ region: 'overlap', by: { dy: 0, dx: 0 } });
    expect(measured.relative).toBeGreaterThan(0.1);
    const maps = chain(flatten, { ...full, outFeatures: 168 }, { kind: 'reshape', shape: [1, 1, 12, 14] });
    expect(error(maps, 2, 1)).toMatchObject({ region: 'overlap', by: { dy: 2, dx: 1 } });
  });

  it('is 0 for shifts by multiples of the jump, in any chain of convolutions and pooling', () => {
    const stride = fc.constantFrom(1, 2);
    const layers = fc.tuple(stride, stride, fc.integer({ min: -2, max: 2 }), fc.integer({ min: -2, max: 2 }));
    fc.assert(
      fc.property(layers, ([first, second, y, x]) => {
        const pool: Operator = {
          kind: 'pool2d',
          function: 'max',
          kernelSize: [2, 2],
          stride: [second, second],
          padding: { top: 0, bottom: 0, left: 0, right: 0 },
          dilation: [1, 1],
          ceilMode: false,
          countIncludePad: true,
        };
        const jump = first * second;
        const measured = error(chain(conv(first), pool), y * jump, x * jump);
        expect(measured.isOnGrid).toBe(true);
        if (measured.region === 'interior') expect(measured.largest).toBe(0);
      }),
    );
  });

  it('can be taken from arrays that an engine gave', () => {
    const maps: HostTensor<Float32Array> = { shape: [1, 1, 1, 3], values: Float32Array.of(1, 2, 3) };
    const moved: HostTensor<Float32Array> = { shape: [1, 1, 1, 3], values: Float32Array.of(9, 1, 2.5) };
    const field = { h: { lo: 0, hi: 0 }, w: { lo: 1, hi: 2 } };
    const by: Shift = { dy: 0, dx: 1 };
    const measured = equivarianceError({ by, isOnGrid: true, region: 'interior', field }, maps, moved);
    expect(measured).toMatchObject({ largest: 0.5, relative: 0.5 / Math.sqrt(5) });
    expect([...measured.difference.values]).toEqual([0, 0, 0.5]);
  });
});

describe('the jump', () => {
  const shapesOf = (graph: Graph) => {
    const shapes = inferShapes(graph, { '0': photo.shape });
    if (!shapes.ok) throw new Error(shapes.error.message);
    return shapes.value;
  };

  it('multiplies strides and divides by what enlarges', () => {
    const down = chain(conv(2), { ...conv(3), inChannels: 3 });
    expect(jumpOf(down, shapesOf(down), '2', 'h')).toBe(6);
    const shuffle = chain({ ...conv(2), outChannels: 8 }, { kind: 'depth_to_space', block: 2, mode: 'CRD' });
    expect(jumpOf(shuffle, shapesOf(shuffle), '2', 'w')).toBe(1);
  });

  it('is none behind a fully connected layer', () => {
    const graph = chain(flatten, full);
    expect(jumpOf(graph, shapesOf(graph), '2', 'h')).toBeNull();
  });
});

describe('an erased patch', () => {
  const box = { h: { lo: 0, hi: 1 }, w: { lo: 0, hi: 1 } };
  const changed = (graph: Graph) => {
    const run = (input: HostTensor) => runReference(graph, { '0': input }, learned(graph))[last(graph)]!.output;
    return changedOutputs(run(photo), run(erased(photo, box)));
  };

  it('is noticed by the outputs whose field meets it: rows and columns 0 to 2 of a 3 x 3 convolution', () => {
    const { box: where, pixels, share } = changed(chain(conv(1)));
    expect(where).toEqual({ h: { lo: 0, hi: 2 }, w: { lo: 0, hi: 2 } });
    expect(pixels.reduce((a, b) => a + b, 0)).toBe(9);
    expect(share).toBeCloseTo(9 / (12 * 14), 12);
  });

  it('is noticed by as few outputs of a locally connected layer, and by all of a fully connected one', () => {
    expect(changed(chain(local)).box).toEqual({ h: { lo: 0, hi: 1 }, w: { lo: 0, hi: 1 } });
    expect(changed(chain(flatten, full)).share).toBe(1);
  });

  it('counts what differs by more than the tolerance', () => {
    const one: HostTensor = { shape: [1, 1, 1, 2], values: Float64Array.of(1, 2) };
    const other: HostTensor = { shape: [1, 1, 1, 2], values: Float64Array.of(1.25, 3) };
    expect(changedOutputs(one, other, 0.5)).toMatchObject({ share: 0.5, largest: 1 });
    expect(changedOutputs(one, one).box).toBeNull();
  });
});
