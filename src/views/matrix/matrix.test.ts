import '../../operators/late.ts';
import { describe, expect, it } from 'vitest';
import { weightMatrix } from '../../graph/weightMatrix.ts';
import { createConv2d } from '../../operators/conv2d/index.ts';
import { bakeColourMap } from '../colour/colourMaps.ts';
import { matrixPicture, parameterAt, readByRow, readersOfColumn } from './matrixPicture.ts';
import { outlinePath } from './outline.ts';

// 2 taps over 4 pixels: '0 1 . .', '. 0 1 .', '. . 0 1'.
const conv = createConv2d({ inChannels: 1, outChannels: 1, kernelSize: [1, 2], bias: false });
const matrix = weightMatrix(conv, [1, 1, 1, 4]);

describe('the picture of a weight matrix', () => {
  it('has one colour along each line of a convolution, and another where nothing is connected', () => {
    const colours = bakeColourMap('grey', { zero: [0, 0, 0], isDark: false });
    const rgba = matrixPicture(matrix, Float32Array.of(-1, 1), { absent: [9, 8, 7], colours, end: 1 });
    const red = Array.from({ length: 12 }, (_, cell) => rgba[4 * cell]);
    expect(red).toEqual([0, 255, 9, 9, 9, 0, 255, 9, 9, 9, 0, 255]);
    expect([...rgba.subarray(8, 12)]).toEqual([9, 8, 7, 255]);
  });

  it('says what a row reads, who reads a column, and which weight stands in a cell', () => {
    expect([...readByRow(matrix, 1)]).toEqual([1, 2]);
    expect([...readersOfColumn(matrix, 2)]).toEqual([1, 2]);
    expect([...readersOfColumn(matrix, 0)]).toEqual([0]);
    expect([parameterAt(matrix, 2, 3), parameterAt(matrix, 2, 0)]).toEqual([1, null]);
  });
});

describe('the outline of lit cells', () => {
  it('goes around them, in strokes as long as they can be', () => {
    const lit = new Set([1, 2]);
    expect(outlinePath((cell) => lit.has(cell), 4, 1)).toBe('M1 0H3M1 1H3M1 0V1M3 0V1');
  });

  it('goes along the border of the grid, and inside where a cell is missing', () => {
    expect(outlinePath(() => true, 2, 2)).toBe('M0 0H2M0 2H2M0 0V2M2 0V2');
    expect(outlinePath(() => false, 2, 2)).toBe('');
  });
});
