import { expect, it } from 'vitest';
import type { Output } from '../results.ts';
import { reportOf } from './report.ts';

it('holds what a bug report needs, and no pixel or weight', () => {
  const conv = { id: 'conv', operator: { kind: 'activation', function: 'relu' }, inputs: ['input'] } as const;
  const output = {
    graph: { nodes: [{ id: 'input', operator: { kind: 'input', channels: 3 }, inputs: [] }, conv] },
    precision: 'fast',
    parameters: { conv: { weight: new Float32Array([0.123]), bias: null } },
    picture: { channels: 3, height: 20, width: 30, values: new Float32Array([0.456]), name: 'secret' },
  } as unknown as Output;
  const timing = { ms: 2, method: 'wall', runs: 5 } as const;
  const text = reportOf({
    version: '1.2.3',
    userAgent: 'Browser 9',
    date: new Date('2026-01-02T03:04:05Z'),
    engine: { kind: 'webgpu', device: 'Test GPU', isFallback: false, features: ['timestamp-query'] },
    output,
    profile: {
      operators: [
        {
          node: 'conv',
          fused: [],
          programs: ['elementwise relu'],
          operator: conv.operator,
          shape: [1, 3, 20, 30],
          macs: 0,
          bytes: 14_400,
          outputBytes: 7200,
          timing,
          compileMs: 3,
        },
      ],
      whole: timing,
      peak: { gflops: 100, gigabytesPerSecond: 0.072, method: 'wall' },
      limits: { maxBufferSize: 256 },
      memory: { inUse: 1, idle: 2, budget: 3 },
    },
    algorithms: {},
  });
  const report = JSON.parse(text);
  expect(report).toMatchObject({
    product: 'ConvScope',
    version: '1.2.3',
    date: '2026-01-02T03:04:05.000Z',
    userAgent: 'Browser 9',
    engine: { device: 'Test GPU', limits: { maxBufferSize: 256 }, memory: { budget: 3 } },
    input: [1, 3, 20, 30],
    precision: 'fast',
    // 14 400 bytes in 2 ms are 0.0072 GB/s: a tenth of the peak.
    operators: [
      { programs: ['elementwise relu'], rates: { gigabytesPerSecond: 0.0072, share: 0.1, boundBy: 'memory' } },
    ],
  });
  expect(text).not.toMatch(/0\.123|0\.456|secret/);
});
