import { describe, expect, it } from 'vitest';
import { type ArchitectureName, architecture } from '../../../graph/architectures/index.ts';
import { fieldsOf } from '../../../graph/field/receptiveField.ts';
import { inferShapes } from '../../../graph/infer.ts';
import { blocksOf, collapse, defaultCollapsed } from '../../../graph/network/blocks.ts';
import { stagesOf } from '../../../graph/network/stages.ts';
import type { Shape } from '../../../operators/operator.ts';
import { beamOf } from './beam.ts';
import { bracketsOf } from './brackets.ts';
import { fittingScale, type ScaleKind, stripScale } from './scale.ts';
import { layoutStrip, shownMember, stageAt } from './strip.ts';

const room = { width: 120, height: 80 };

function stripFor(name: ArchitectureName, input: Shape, kind: ScaleKind = 'linear', isOpen = false) {
  const graph = architecture(name, input);
  const inferred = inferShapes(graph, { input });
  if (!inferred.ok) throw new Error(inferred.error.message);
  const shapes = inferred.value;
  const closed = isOpen ? new Set<string>() : defaultCollapsed(graph);
  const stages = stagesOf(graph, collapse(graph, closed));
  const ends = stages.map(({ end }) => shapes[end]!);
  return {
    graph,
    shapes,
    ends,
    closed,
    strip: layoutStrip(stages, { scale: stripScale(kind, input, ends, room), shapes }),
  };
}

const itemsOf = ({ strip }: ReturnType<typeof stripFor>) => new Map(strip.items.map((item) => [item.stage.id, item]));

describe('the strip of a network', () => {
  it('draws every map to one scale, a channel as deep in each', () => {
    const items = itemsOf(stripFor('stack', [1, 3, 96, 144]));
    // 144 × 96 in 120 × 80: five sixths of a pixel for each; half a pixel for each channel.
    expect(items.get('input')?.map).toMatchObject({ width: 120, height: 80 });
    expect(items.get('pool')?.map).toMatchObject({ width: 60, height: 40 });
    expect(items.get('conv1')?.mapDepth).toBe(8);
    expect(items.get('conv5')?.mapDepth).toBe(16);
  });

  it('draws kernels to one scale too, as deep as they have channels', () => {
    const items = itemsOf(stripFor('stack', [1, 3, 96, 144]));
    const [three, five] = [items.get('conv4')!, items.get('conv5')!];
    expect(five.sign!.width / three.sign!.width).toBeCloseTo(5 / 3);
    expect([three.signDepth, items.get('conv1')?.signDepth]).toEqual([16, 1.5]);
    expect(five.glyph).toEqual({ kind: 'kernels', size: [5, 5], slices: 32, count: 32 });
  });

  it('has by logarithms maps of 7 × 7 that are seen beside a photo of 224', () => {
    const { ends } = stripFor('resnet18', [1, 3, 224, 224]);
    const { map, depth } = stripScale('log', [1, 3, 224, 224], ends, room);
    expect(map([1, 3, 224, 224]).width).toBeCloseTo(80);
    // log2(8) / log2(225)
    expect(map([1, 512, 7, 7]).width).toBeCloseTo((80 * 3) / Math.log2(225));
    expect(depth(1000)).toBe(34);
    expect(fittingScale([1, 3, 224, 224], ends, room)).toBe('log');
    expect(fittingScale([1, 3, 96, 144], stripFor('stack', [1, 3, 96, 144]).ends, room)).toBe('linear');
  });

  it('keeps everything apart and inside, with edges that go forward, closed and open', () => {
    for (const name of ['googlenet', 'unet', 'densenet121', 'resnet50', 'efficientnet_b0'] as const)
      for (const isOpen of [false, true]) {
        const { strip } = stripFor(name, [1, 3, 64, 64], 'log', isOpen);
        for (const [i, { area, axis, stage }] of strip.items.entries()) {
          expect(area.x + area.width, name).toBeLessThanOrEqual(strip.width);
          expect(area.y + area.height, name).toBeLessThanOrEqual(strip.height + 1e-6);
          expect(stageAt(strip, area.x + 1, axis)?.stage.id, name).toBe(stage.id);
          for (const other of strip.items.slice(i + 1)) {
            const beside = area.x + area.width <= other.area.x || other.area.x + other.area.width <= area.x;
            const over =
              area.y + area.height <= other.area.y + 1e-6 || other.area.y + other.area.height <= area.y + 1e-6;
            expect(beside || over, `${name}: ${stage.id} and ${other.stage.id}`).toBe(true);
          }
        }
        for (const { points } of strip.edges)
          for (const [i, [x]] of points.slice(1).entries()) expect(x).toBeGreaterThanOrEqual(points[i]![0]);
      }
  });

  it('brackets the stages of every open block, inner ones below outer ones', () => {
    const { graph, closed, strip } = stripFor('resnet18', [1, 3, 64, 64], 'log', true);
    const open = new Map([...blocksOf(graph)].filter(([block]) => !closed.has(block)));
    const brackets = new Map(bracketsOf(strip, open).map((bracket) => [bracket.block, bracket]));
    const [outer, inner] = [brackets.get('layer2')!, brackets.get('layer2.0')!];
    expect(inner.level).toBe(outer.level + 1);
    expect(inner.x).toBe(outer.x);
    expect(inner.x + inner.width).toBeLessThan(outer.x + outer.width);
  });

  it('shows of a stage the maps that are looked at', () => {
    const { strip } = stripFor('resnet18', [1, 3, 64, 64]);
    const stage = strip.items.find(({ stage: { id } }) => id === 'conv1')!.stage;
    expect([null, 'bn1', 'fc'].map((looked) => shownMember(stage, looked))).toEqual(['relu', 'bn1', 'relu']);
  });
});

describe('brackets', () => {
  it('are left out of blocks of one stage, and of branches beside another', () => {
    const { graph, strip } = stripFor('googlenet', [1, 3, 64, 64], 'log', true);
    const names = bracketsOf(strip, blocksOf(graph)).map(({ block }) => block);
    expect(names.filter((name) => name.startsWith('inception3a'))).toEqual(['inception3a', 'inception3a.branch2']);
  });
});

describe('the beam of a unit', () => {
  const made = stripFor('stack', [1, 3, 96, 144]);
  const { graph, shapes, strip } = made;
  // Row 19, column 24 of the last maps reads 22 × 22 pixels of the photo from row 28, column 38 on.
  const unit = { h: { lo: 19, hi: 19 }, w: { lo: 24, hi: 24 } };
  const beam = beamOf(strip, fieldsOf(graph, shapes, 'conv5', unit));
  const boxes = new Map(beam.boxes.map((box) => [box.stage, box]));

  it('has the sides of the fields, from layer to layer', () => {
    expect(beam.boxes.map(({ size }) => size[0])).toEqual([22, 20, 18, 9, 7, 5, 1]);
  });

  it('lies on the photo where the pixels are that are read', () => {
    const photo = itemsOf(made).get('input')!.map!;
    const k = 120 / 144;
    const { x, y, width, height } = boxes.get('input')!.rect;
    expect([x - photo.x, y - photo.y]).toEqual([expect.closeTo(38 * k), expect.closeTo(28 * k)]);
    expect([width, height]).toEqual([expect.closeTo(22 * k), expect.closeTo(22 * k)]);
  });

  it('joins the boxes of neighbours', () => {
    expect(beam.quads).toHaveLength(6);
    const [from, to] = [boxes.get('conv2')!.rect, boxes.get('pool')!.rect];
    expect(beam.quads[2]).toEqual([
      [from.x + from.width, from.y],
      [to.x, to.y],
      [to.x, to.y + to.height],
      [from.x + from.width, from.y + from.height],
    ]);
  });

  it('ends at the border of a map where the field goes on in the padding, and still says the whole size', () => {
    const corner = { h: { lo: 0, hi: 0 }, w: { lo: 0, hi: 0 } };
    const { rect, size } = beamOf(strip, fieldsOf(graph, shapes, 'conv5', corner)).boxes[0]!;
    const photo = itemsOf(made).get('input')!.map!;
    expect(size).toEqual([22, 22]);
    // Rows -10..11 are read, 12 of them on the photo.
    expect(rect).toMatchObject({ x: photo.x, y: photo.y, height: expect.closeTo((12 * 120) / 144) });
  });

  it('stops at what the unit does not read', () => {
    const early = beamOf(strip, fieldsOf(graph, shapes, 'conv2', unit));
    expect(early.boxes.map(({ stage }) => stage)).toEqual(['input', 'conv1', 'conv2']);
  });
});
