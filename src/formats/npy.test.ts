import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readNpy, writeNpy } from './npy.ts';

/** A .npy as NumPy writes it, from its dictionary and the bytes of its numbers. */
function npy(dictionary: string, data: ArrayLike<number> & Iterable<number>): Uint8Array {
  const text = `${dictionary}\n`;
  const bytes = [0x93, ...'NUMPY'].map((each) => (typeof each === 'string' ? each.charCodeAt(0) : each));
  return new Uint8Array([...bytes, 1, 0, text.length, 0, ...new TextEncoder().encode(text), ...data]);
}

const codeOf = (bytes: Uint8Array) => {
  const result = readNpy(bytes);
  return result.ok ? 'read' : result.error.code;
};

describe('writeNpy', () => {
  it('writes the header that NumPy expects, and begins the numbers at a multiple of 64', () => {
    const bytes = writeNpy([1, 2], new Float32Array([1, -2]));
    expect([...bytes.subarray(0, 10)]).toEqual([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, 118, 0]);
    const header = new TextDecoder().decode(bytes.subarray(10, 128));
    expect(header.trimEnd()).toBe("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }");
    expect(header.endsWith('\n')).toBe(true);
    expect([...bytes.subarray(128)]).toEqual([0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0]);
  });

  it('writes a tuple of one with its comma', () => {
    expect(new TextDecoder().decode(writeNpy([3], new Float32Array(3)))).toContain("'shape': (3,)");
  });

  it('is undone by readNpy, for any shape and any float', () => {
    const arrays = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 }).chain((shape) => {
      const size = shape.reduce((product, side) => product * side, 1);
      return fc.tuple(fc.constant(shape), fc.float32Array({ minLength: size, maxLength: size }));
    });
    fc.assert(
      fc.property(arrays, ([shape, values]) => {
        expect(readNpy(writeNpy(shape, values))).toEqual({ ok: true, value: { shape, values } });
      }),
    );
  });
});

describe('readNpy', () => {
  it('reads the float64 and the byte arrays that NumPy makes by default', () => {
    const doubles = npy(
      "{'descr': '<f8', 'fortran_order': False, 'shape': (2,)}",
      new Uint8Array(Float64Array.of(1, 2).buffer),
    );
    expect(readNpy(doubles)).toEqual({ ok: true, value: { shape: [2], values: new Float32Array([1, 2]) } });
    const bytes = npy("{'descr': '|u1', 'fortran_order': False, 'shape': (1, 2)}", [7, 255]);
    expect(readNpy(bytes)).toEqual({ ok: true, value: { shape: [1, 2], values: new Float32Array([7, 255]) } });
  });

  it('refuses what is cut, foreign, or in another order', () => {
    const whole = writeNpy([2, 3], new Float32Array(6));
    for (let length = 6; length < whole.length; length++)
      expect(codeOf(whole.subarray(0, length))).toBe('file-truncated');
    expect(codeOf(new Uint8Array([1, 2, 3]))).toBe('file-malformed');
    expect(codeOf(npy("{'descr': '<c8', 'fortran_order': False, 'shape': (1,)}", [0]))).toBe('file-unsupported');
    expect(codeOf(npy("{'descr': '<f4', 'fortran_order': True, 'shape': (1, 1)}", [0, 0, 0, 0]))).toBe(
      'file-unsupported',
    );
    expect(codeOf(npy("{'descr': '<f4', 'fortran_order': False, 'shape': (999999999, 999)}", []))).toBe(
      'file-truncated',
    );
  });
});
