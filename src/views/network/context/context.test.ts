import '../../../operators/late.ts';
import { describe, expect, it } from 'vitest';
import { NetworkBuilder } from '../../../graph/architectures/builder.ts';
import { architecture } from '../../../graph/architectures/index.ts';
import { nestedFields } from '../../../graph/field/growth.ts';
import { unitField } from '../../../graph/field/unitField.ts';
import type { Graph } from '../../../graph/graph.ts';
import { inferShapes } from '../../../graph/infer.ts';
import { cropName, cropPlace, cropRect, evenly } from './crops.ts';
import { fieldMask } from './fieldMask.ts';
import { nestedBoxes } from './nestedBoxes.ts';

const input = [1, 3, 24, 24] as const;

function shapesOf(graph: Graph) {
  const shapes = inferShapes(graph, { input });
  if (!shapes.ok) throw new Error(shapes.error.message);
  return shapes.value;
}

describe('the mask over the photo', () => {
  it('is clear where three dilated layers read, 49 of 169 pixels, and has another colour where they step over the rest', () => {
    const net = new NetworkBuilder(input);
    let at = 'input';
    for (const id of ['a', 'b', 'c']) at = net.conv(id, at, 2, { kernel: 3, padding: 2, dilation: 2 });
    const { graph } = net;
    const { input: photo } = unitField(graph, shapesOf(graph), 'c', { y: 12, x: 12 }).nodes;
    const mask = fieldMask(24, 24, photo!);
    const alphas = Array.from({ length: 24 * 24 }, (_, i) => mask[4 * i + 3]!);
    const count = (alpha: number) => alphas.filter((each) => each === alpha).length;
    expect(count(0)).toBe(49);
    expect(count(alphas[0]!)).toBe(24 * 24 - 169);
    // Beside the middle, between two taps.
    expect(alphas[12 * 24 + 13]).toBeGreaterThan(alphas[0]!);
  });
});

describe('nested boxes', () => {
  const stack = architecture('stack', input);
  const fields = nestedFields(stack, shapesOf(stack), 'relu5', { y: 6, x: 6 });

  it('has each box once, under the first layer that has it, each around the one before', () => {
    const boxes = nestedBoxes(fields, 1);
    expect(boxes.map(({ id, rect }) => [id, rect.width])).toEqual([
      ['conv1', 3],
      ['conv2', 5],
      ['pool', 6],
      ['conv3', 10],
      ['conv4', 14],
      ['conv5', 22],
    ]);
    expect(boxes.map(({ depth }) => depth)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  });

  it('names those that stand far enough below the name before, the largest first', () => {
    const names = nestedBoxes(fields, 4)
      .filter(({ isLabelled }) => isLabelled)
      .map(({ id }) => id);
    // Their upper edges: rows 2, 6 and 10.
    expect(names).toEqual(['pool', 'conv4', 'conv5']);
    expect(nestedBoxes(fields, 0).every(({ isLabelled }) => isLabelled)).toBe(true);
  });
});

describe('crops', () => {
  it('stand in rows of as many columns as fit', () => {
    expect(cropRect(0, 7)).toEqual({ x: 0, y: 0, width: 40, height: 40 });
    expect(cropRect(8, 7)).toEqual({ x: 48, y: 70, width: 40, height: 40 });
  });

  it('leave the room that the padding takes: of 4 x 4 with a row and two columns outside, 3 x 2 are drawn', () => {
    const hull = { h: { lo: -1, hi: 2 }, w: { lo: -2, hi: 1 } };
    const box = { h: { lo: 0, hi: 2 }, w: { lo: 0, hi: 1 } };
    expect(cropPlace({ hull, box }, { x: 0, y: 0, width: 40, height: 40 })).toEqual({
      source: { x: 0, y: 0, width: 2, height: 3 },
      target: { x: 20, y: 10, width: 20, height: 30 },
    });
    expect(cropPlace({ hull, box: { ...box, h: { lo: 0, hi: -1 } } }, cropRect(0, 1))).toBeNull();
  });

  it('are few of many, evenly, with the first and the last', () => {
    expect(evenly([1, 2, 3], 3)).toEqual([1, 2, 3]);
    expect(
      evenly(
        Array.from({ length: 101 }, (_, i) => i),
        5,
      ),
    ).toEqual([0, 25, 50, 75, 100]);
  });
});

describe('the name under a crop', () => {
  it('is whole where it fits, and else its end from a whole part on', () => {
    const names = [
      'conv1',
      'bottleneck_entry',
      'layer1.0.conv1',
      'features.28',
      'layer2.0.downsample.0',
      'a.b',
      'layer3.1.very_long',
    ];
    expect(names.map(cropName)).toEqual(['conv1', 'bottleneck_entry', '…0.conv1', '…28', '…0', 'a.b', '…very_long']);
  });
});
