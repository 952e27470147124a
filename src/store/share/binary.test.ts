import fc from 'fast-check';
import * as fflate from 'fflate';
import { describe, expect, it } from 'vitest';
import { fromBase64Url, fromPlanes, fromRuns, inflateWithin, toBase64Url, toPlanes, toRuns } from './binary.ts';

const bytes = (of: number) =>
  fc.uint8Array({ maxLength: 50 }).map((given) => given.slice(0, given.length - (given.length % of)));

function runsOf(rgba: Uint8Array): Uint8Array {
  const runs = toRuns(rgba, 1000);
  if (!runs) throw new RangeError('too long');
  return runs;
}

describe('bytes for a link', () => {
  it('are written in letters that a URL keeps as they are', () => {
    expect(toBase64Url(Uint8Array.of(0xfb, 0xff, 0xfe))).toBe('-__-');
    expect(toBase64Url(Uint8Array.of(1))).toBe('AQ');
  });

  it('come back from base64url, from planes and from runs', () => {
    fc.assert(
      fc.property(bytes(1), bytes(4), (any, fours) => {
        expect(fromBase64Url(toBase64Url(any))).toEqual(any);
        expect(fromPlanes(toPlanes(fours))).toEqual(fours);
        expect(fromRuns(runsOf(fours), fours.length / 4)).toEqual(fours);
      }),
    );
  });

  it('stand in planes by their place in each number', () => {
    expect([...toPlanes(Uint8Array.of(1, 2, 3, 4, 11, 12, 13, 14))]).toEqual([1, 11, 2, 12, 3, 13, 4, 14]);
  });

  it('of 300 equal pixels are one run: 300 = 44 + 2 x 128', () => {
    expect([...runsOf(new Uint8Array(1200).fill(7))]).toEqual([44 + 128, 2, 7, 7, 7, 7]);
  });

  it('are given up when the runs get too long: three unlike pixels take 15 bytes', () => {
    const rgba = Uint8Array.from({ length: 12 }, (_, i) => i);
    expect(toRuns(rgba, 15)).toHaveLength(15);
    expect(toRuns(rgba, 14)).toBeNull();
  });

  it('are not unpacked into more pixels than there should be', () => {
    expect(() => fromRuns(Uint8Array.of(172, 2, 7, 7, 7, 7), 299)).toThrow(RangeError);
    expect(() => fromRuns(Uint8Array.of(255, 255, 255, 255, 255, 255, 255), 1)).toThrow(RangeError);
  });

  it('are not inflated beyond a limit', () => {
    const packed = fflate.deflateSync(new Uint8Array(1000));
    expect(inflateWithin(packed, 1000, fflate)).toHaveLength(1000);
    expect(() => inflateWithin(packed, 999, fflate)).toThrow(RangeError);
    expect(() => inflateWithin(packed.subarray(0, -1), 1000, fflate)).toThrow();
  });
});
