import { describe, expect, it } from 'vitest';
import { exportCsv } from './statisticsCsv.ts';

describe('exportCsv', () => {
  it('writes one row per map, numbers in full', () => {
    const row = { min: -1, max: 2.5, mean: 0.1, energy: 1e-7, sparsity: 0, p1: -0.9, p99: 2 };
    expect(exportCsv([row, { ...row, min: 3 }])).toBe(
      'channel,min,max,mean,energy,sparsity,p1,p99\r\n0,-1,2.5,0.1,1e-7,0,-0.9,2\r\n1,3,2.5,0.1,1e-7,0,-0.9,2\r\n',
    );
  });
});
