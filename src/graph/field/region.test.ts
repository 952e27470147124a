import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { between, countOf, membersOf, type Positions, packed, runsOf } from './positions.ts';
import { type Block, pixelCount, pixelsOf, type Region, simplified, withBlock } from './region.ts';

const positions: fc.Arbitrary<Positions> = fc
  .tuple(fc.nat(4), fc.uint8Array({ minLength: 1, maxLength: 5, max: 1 }))
  .map(([first, marks]) => packed(marks, first) ?? between(first, first));

const blocks = fc.array(fc.record({ channels: positions, rows: positions, columns: positions }), {
  minLength: 1,
  maxLength: 14,
});

function cellsOf(region: Region): ReadonlySet<string> {
  const cells = ({ channels, rows, columns }: Block) =>
    membersOf(channels).flatMap((c) => membersOf(rows).flatMap((y) => membersOf(columns).map((x) => `${c} ${y} ${x}`)));
  return new Set(region.flatMap(cells));
}

describe('a set of positions', () => {
  it('is its runs, each of which ends before a hole', () => {
    const set = packed(Uint8Array.from([0, 1, 1, 0, 1]), 10)!;
    expect(membersOf(set)).toEqual([11, 12, 14]);
    expect(runsOf(set)).toEqual([
      { lo: 11, hi: 12 },
      { lo: 14, hi: 14 },
    ]);
    expect([countOf(set), countOf(set, { lo: 12, hi: 13 })]).toEqual([3, 1]);
  });
});

describe('a region', () => {
  it('holds exactly the blocks that were put into it, also when it is written anew row by row', () => {
    fc.assert(
      fc.property(blocks, (parts) => {
        const region = parts.reduce(withBlock, []);
        expect(cellsOf(region)).toEqual(cellsOf(parts));
        expect(cellsOf(simplified(region))).toEqual(cellsOf(parts));
      }),
    );
  });

  it('counts every pixel once, of any number of channels and blocks', () => {
    fc.assert(
      fc.property(blocks, (parts) => {
        const pixels = new Set([...cellsOf(parts)].map((cell) => cell.replace(/^\d+ /, '')));
        expect(pixelCount(pixelsOf(parts.reduce(withBlock, [])))).toBe(pixels.size);
      }),
    );
  });

  it('is one block again when a row, then a column and the corner have been added', () => {
    const block = (rows: Positions, columns: Positions): Block => ({ channels: between(0, 3), rows, columns });
    const parts = [
      block(between(0, 2), between(0, 2)),
      block(between(3, 3), between(0, 2)),
      block(between(0, 2), between(3, 3)),
      block(between(3, 3), between(3, 3)),
    ];
    expect(parts.reduce<Region>(withBlock, [])).toEqual([block(between(0, 3), between(0, 3))]);
  });
});
