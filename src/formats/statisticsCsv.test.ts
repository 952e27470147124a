import { describe, expect, it } from 'vitest';
import { exportCsv } from './statisticsCsv.ts';

const row = { min: -1, max: 2.5, mean: 0.1, energy: 1e-7, sparsity: 0, p1: -0.9, p99: 2 };

describe('exportCsv', () => {
  it('writes one row per map with its filter’s name, numbers in full', () => {
    expect(exportCsv([row, { ...row, min: 3 }], ['Sobel x', 'Gabor 3/8'])).toBe(
      [
        'channel,name,min,max,mean,energy,sparsity,p1,p99\r\n',
        '0,Sobel x,-1,2.5,0.1,1e-7,0,-0.9,2\r\n',
        '1,Gabor 3/8,3,2.5,0.1,1e-7,0,-0.9,2\r\n',
      ].join(''),
    );
  });

  it('quotes a name with commas, quotes or line breaks', () => {
    const [, first, ...others] = exportCsv([row, row], ['red, "green"', 'two\nlines']).split('\r\n');
    expect(first).toMatch(/^0,"red, ""green""",-1,/);
    expect(others.join('')).toMatch(/^1,"two\nlines",-1,/);
  });
});
