import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DiagramItem, layoutDiagram } from './diagram.ts';

const item = (id: string, [channels, height, width]: readonly [number, number, number]): DiagramItem => ({
  id,
  kind: 'layer',
  label: id,
  lines: ['16×96×144'],
  channels,
  height,
  width,
  kernels: null,
  field: null,
  fieldText: null,
});

const sizes = fc.tuple(
  fc.integer({ min: 1, max: 2048 }),
  fc.integer({ min: 1, max: 512 }),
  fc.integer({ min: 1, max: 512 }),
);
const items = fc.array(sizes, { minLength: 1, maxLength: 12 }).map((all) => all.map((each, i) => item(`l${i}`, each)));
const scales = fc.constantFrom('linear', 'log' as const);
const sizeOn = (scale: 'linear' | 'log', value: number) => (scale === 'linear' ? value : Math.log2(1 + value));

describe('the blocks of a diagram', () => {
  it('have sides and depths in the proportion of the scale, one constant for pixels and one for channels', () => {
    fc.assert(
      fc.property(items, scales, (all, scale) => {
        const { blocks } = layoutDiagram(all, { scale, rowWidth: null });
        const constants = blocks.map(({ item: { channels, height, width }, maps }) => ({
          rows: maps.height / sizeOn(scale, height),
          columns: maps.width / sizeOn(scale, width),
          channels: Math.hypot(...maps.depth) / sizeOn(scale, channels),
        }));
        for (const { rows, columns, channels } of constants) {
          expect(rows).toBeCloseTo(constants[0]!.rows, 9);
          expect(columns).toBeCloseTo(constants[0]!.rows, 9);
          expect(channels).toBeCloseTo(constants[0]!.channels, 9);
        }
        expect(Math.max(...blocks.flatMap(({ maps }) => [maps.width, maps.height]))).toBeCloseTo(96, 9);
      }),
      { numRuns: 60 },
    );
  });

  it('enlarge kernels by one whole number: a 3 x 3 kernel beside maps of 96 x 144 is drawn 13 times larger', () => {
    const layer = { ...item('conv', [16, 96, 144]), kernels: { count: 16, channels: 3, height: 3, width: 3 } };
    const { blocks, kernelMagnification } = layoutDiagram([item('input', [3, 96, 144]), layer], {
      scale: 'linear',
      rowWidth: null,
    });
    const { kernels, maps } = blocks[1]!;
    expect(kernelMagnification).toBe(13);
    expect(kernels!.width / maps.width).toBeCloseTo((3 * kernelMagnification) / 144, 9);
    expect(Math.hypot(...kernels!.depth) / Math.hypot(...maps.depth)).toBeCloseTo(3 / 16, 9);
  });

  it('stand beside one another without overlap, in rows no wider than is wanted, in their order', () => {
    fc.assert(
      fc.property(items, scales, fc.integer({ min: 300, max: 900 }), (all, scale, rowWidth) => {
        const { blocks, width, height } = layoutDiagram(all, { scale, rowWidth });
        expect(blocks.map((block) => block.item.id)).toEqual(all.map(({ id }) => id));
        expect(width).toBeLessThanOrEqual(rowWidth);
        for (const [i, { maps, row, text }] of blocks.entries()) {
          const next = blocks[i + 1];
          const right = maps.x + maps.width + maps.depth[0];
          if (next?.row === row) expect(next.maps.x).toBeGreaterThan(right);
          if (next && next.row !== row) expect(next.maps.y + next.maps.depth[1]).toBeGreaterThan(text.y);
          expect(maps.y + maps.depth[1]).toBeGreaterThanOrEqual(-1e-9);
          expect(text.y).toBeGreaterThan(maps.y + maps.height);
          expect(text.y).toBeLessThan(height);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('carry the field as its share of the map, cut at the border, and none where it lies in the padding', () => {
    const withField = (lo: number, hi: number): DiagramItem => ({
      ...item('conv', [4, 40, 40]),
      field: { h: { lo, hi }, w: { lo: 10, hi: 29 } },
    });
    const patchOf = (each: DiagramItem) => layoutDiagram([each], { scale: 'log', rowWidth: null }).blocks[0]!;
    const inside = patchOf(withField(0, 9));
    expect(inside.patch!.height).toBeCloseTo(inside.maps.height / 4, 9);
    expect(inside.patch!.x - inside.maps.x).toBeCloseTo(inside.maps.width / 4, 9);
    const cut = patchOf(withField(-10, 9));
    expect(cut.patch).toEqual(inside.patch);
    expect(patchOf(withField(-10, -1)).patch).toBeNull();
  });

  it('are none for no layers', () => {
    expect(layoutDiagram([], { scale: 'log', rowWidth: null })).toMatchObject({ width: 0, height: 0, blocks: [] });
  });
});
