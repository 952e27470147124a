/** Statistics of channels over batches, and products between them, on both engines, against float64. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createConv2d } from '../operators/conv2d/index.ts';
import type { Pair, Shape } from '../operators/operator.ts';
import { commonSize } from './channelProducts.ts';
import { createCpuEngine } from './cpu/index.ts';
import type { Engine } from './engine.ts';
import { createWebGPUEngine } from './webgpu/index.ts';

const noise = (seed: number, length: number) =>
  Float32Array.from({ length }, (_, i) => Math.sin(1e4 * Math.sin(seed + i)));

/** Maps [N, C, H, W]: channel c has the mean 100 c and the deviation of noise; channel 1 is dead, the last is a copy of channel 0. */
function mapsOf(seed: number, [images, channels, height, width]: Shape): Float32Array {
  const plane = height * width;
  const values = noise(seed, images * channels * plane);
  for (let n = 0; n < images; n++) {
    for (let c = 0; c < channels; c++) {
      const map = values.subarray((n * channels + c) * plane, (n * channels + c + 1) * plane);
      if (c === 1) map.fill(0);
      else if (c > 0 && c === channels - 1) map.set(values.subarray(n * channels * plane, (n * channels + 1) * plane));
      else for (let i = 0; i < plane; i++) map[i] = Math.max(0, map[i]!) + 100 * c;
    }
  }
  return values;
}

/** The samples of channel c, enlarged to `size`. */
function samplesOf(values: Float32Array, [images, channels, height, width]: Shape, c: number, [rows, columns]: Pair) {
  const samples = new Float64Array(images * rows * columns);
  for (let n = 0; n < images; n++)
    for (let y = 0; y < rows; y++)
      for (let x = 0; x < columns; x++) {
        const row = (n * channels + c) * height + Math.floor((y * height) / rows);
        samples[(n * rows + y) * columns + x] = values[row * width + Math.floor((x * width) / columns)]!;
      }
  return samples;
}

const meanOf = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
const centred = (values: Float64Array, centre: number) => values.map((value) => value - centre);
const product = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);

const shapes = fc.record({
  images: fc.integer({ min: 1, max: 3 }),
  channels: fc.constantFrom(1, 3, 4, 33, 70),
  height: fc.integer({ min: 1, max: 23 }),
  width: fc.integer({ min: 1, max: 23 }),
  other: fc.constantFrom(1, 5, 32, 65),
  smaller: fc.integer({ min: 1, max: 23 }),
  seed: fc.nat(1000),
});

const engines: readonly (readonly [string, () => Promise<Engine>])[] = [
  ['on WebGPU', () => createWebGPUEngine({ gpu: navigator.gpu })],
  ['on the CPU', async () => createCpuEngine()],
];

describe.each(engines)('channels over a batch %s', (_, open) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await open();
  });
  afterAll(() => engine.destroy());

  it('have the extremes, zeros, means and variances of all images together', async () => {
    await fc.assert(
      fc.asyncProperty(shapes, async ({ images, channels, height, width, seed }) => {
        const shape = [images, channels, height, width] as const;
        const values = mapsOf(seed, shape);
        const tensor = await engine.upload(values, shape);
        const found = await engine.channelStatistics(tensor);
        tensor.free();
        expect(found).toHaveLength(channels);
        for (const [c, { min, max, mean, variance, zeros }] of found.entries()) {
          const samples = samplesOf(values, shape, c, [height, width]);
          const expected = meanOf(samples);
          const squares = product(centred(samples, expected), centred(samples, expected)) / samples.length;
          expect([min, max, zeros]).toEqual([
            Math.min(...samples),
            Math.max(...samples),
            samples.filter((v) => v === 0).length,
          ]);
          expect(Math.abs(mean - expected)).toBeLessThanOrEqual(1e-6 * (Math.abs(expected) + 1));
          expect(Math.abs(variance - squares)).toBeLessThanOrEqual(1e-5 * squares + 1e-12);
        }
      }),
      { numRuns: 12 },
    );
  });

  it('have products that are right to 1e-5 beside means of a hundred deviations, enlarged to the larger size', async () => {
    await fc.assert(
      fc.asyncProperty(shapes, async ({ images, channels, height, width, other, smaller, seed }) => {
        const [shapeA, shapeB] = [
          [images, channels, height, width] as const,
          [images, other, smaller, Math.ceil(width / 2)] as const,
        ];
        const [valuesA, valuesB] = [mapsOf(seed, shapeA), mapsOf(seed + 1, shapeB)];
        const [a, b] = [await engine.upload(valuesA, shapeA), await engine.upload(valuesB, shapeB)];
        const size = commonSize(shapeA, shapeB);
        const centreOf = async (tensor: typeof a) =>
          Float32Array.from((await engine.channelStatistics(tensor)).map(({ mean }) => mean));
        const [centreA, centreB] = [await centreOf(a), await centreOf(b)];
        const found = await engine.channelProducts(a, b, { centreA, centreB, size });
        const own = await engine.channelProducts(a, a, { centreA, centreB: centreA, size });
        a.free();
        b.free();
        const rows = Array.from({ length: channels }, (_, c) =>
          centred(samplesOf(valuesA, shapeA, c, size), centreA[c]!),
        );
        const columns = Array.from({ length: other }, (_, c) =>
          centred(samplesOf(valuesB, shapeB, c, size), centreB[c]!),
        );
        expect(found.count).toBe(images * size[0] * size[1]);
        const check = (products: Float64Array, left: Float64Array[], right: Float64Array[]) => {
          let worst = 0;
          for (const [i, x] of left.entries())
            for (const [j, y] of right.entries()) {
              const error = Math.abs(products[i * right.length + j]! - product(x, y));
              worst = Math.max(worst, error / (Math.sqrt(product(x, x) * product(y, y)) + 1e-30));
              if (product(x, x) === 0) expect(products[i * right.length + j]).toBe(0);
            }
          expect(worst).toBeLessThan(1e-5);
        };
        check(found.products, rows, columns);
        check(own.products, rows, rows);
        const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
        for (const [c, x] of rows.entries())
          expect(Math.abs(found.sumsA[c]! - sum(x))).toBeLessThanOrEqual(1e-5 * Math.sqrt(product(x, x) * found.count));
        for (const [c, x] of columns.entries())
          expect(Math.abs(found.sumsB[c]! - sum(x))).toBeLessThanOrEqual(1e-5 * Math.sqrt(product(x, x) * found.count));
      }),
      { numRuns: 12 },
    );
  });

  it('of a convolution have the same products twice, and copies the same as their originals', async () => {
    const conv = createConv2d({ inChannels: 3, outChannels: 10, kernelSize: [3, 3] });
    const weight = noise(3, 270);
    weight.copyWithin(7 * 27, 2 * 27, 3 * 27);
    const input = await engine.upload(noise(1, 2 * 3 * 1600), [2, 3, 40, 40]);
    const { tensors } = await engine.run({
      graph: {
        nodes: [
          { id: 'input', operator: { kind: 'input', channels: 3 }, inputs: [] },
          { id: 'conv', operator: conv, inputs: ['input'] },
        ],
      },
      inputs: { input },
      parameters: { conv: { weight, bias: null } },
      outputs: ['conv'],
    });
    const maps = tensors.conv!;
    const about = { centreA: new Float32Array(10), centreB: new Float32Array(10), size: [38, 38] as const };
    const first = await engine.channelProducts(maps, maps, about);
    const second = await engine.channelProducts(maps, maps, about);
    expect([...second.products]).toEqual([...first.products]);
    for (let c = 0; c < 10; c++) expect(first.products[c * 10 + 7]).toBe(first.products[c * 10 + 2]);
    maps.free();
    input.free();
  });

  it('refuse centres that are not one for each channel', async () => {
    const tensor = await engine.upload(new Float32Array(8), [1, 2, 2, 2]);
    const about = { centreA: new Float32Array(1), centreB: new Float32Array(2), size: [2, 2] as const };
    await expect(engine.channelProducts(tensor, tensor, about)).rejects.toMatchObject({ code: 'internal' });
    tensor.free();
  });
});

describe('maps that are too large to keep', () => {
  it('have statistics of their channels, and no products', async () => {
    const size = 96;
    const conv = createConv2d({ inChannels: 1, outChannels: 8, kernelSize: [3, 3], padding: 'same' });
    const engine = await createWebGPUEngine({ gpu: navigator.gpu, memoryBudget: 600_000 });
    const input = await engine.upload(noise(1, size * size), [1, 1, size, size]);
    const { tensors } = await engine.run({
      graph: {
        nodes: [
          { id: 'input', operator: { kind: 'input', channels: 1 }, inputs: [] },
          { id: 'conv', operator: conv, inputs: ['input'] },
        ],
      },
      inputs: { input },
      parameters: { conv: { weight: noise(3, 72), bias: new Float32Array(8).fill(100) } },
      outputs: ['conv'],
    });
    const maps = tensors.conv!;
    const found = await engine.channelStatistics(maps);
    const values = await engine.read(maps, { channel: 0, channels: 8, y: 0, x: 0, height: size, width: size });
    for (const [c, { mean, min, variance }] of found.entries()) {
      const samples = samplesOf(values, [1, 8, size, size], c, [size, size]);
      const expected = meanOf(samples);
      expect(min).toBe(Math.min(...samples));
      expect(mean).toBeCloseTo(expected, 4);
      const squares = product(centred(samples, expected), centred(samples, expected)) / samples.length;
      expect(Math.abs(variance / squares - 1)).toBeLessThan(1e-5);
    }
    const about = { centreA: new Float32Array(8), centreB: new Float32Array(8), size: [size, size] as const };
    await expect(engine.channelProducts(maps, maps, about)).rejects.toMatchObject({ code: 'too-large' });
    engine.destroy();
  });
});
