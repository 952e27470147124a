import { describe, expect, it } from 'vitest';
import type { DeviceTraits } from '../programs/program.ts';
import type { Conv2d } from './attributes.ts';
import { candidatesOf } from './candidates.ts';
import { chooseConv2d, fastChoice, labelOf, problemKey, splitsOf } from './choice.ts';
import { createConv2d } from './index.ts';

const gpu: DeviceTraits = {
  maxStorageBinding: 2 ** 27,
  maxUniformBinding: 65536,
  maxWorkgroupsPerDimension: 65535,
  canBroadcast: false,
  busyInvocations: 16384,
};
const software = { ...gpu, canBroadcast: true, busyInvocations: 256 };
const large = { images: 1, height: 512, width: 512 };
const small = { images: 1, height: 28, width: 28 };
const layer = (inChannels: number, outChannels: number, rest: Partial<Conv2d> = {}) =>
  createConv2d({ inChannels, outChannels, kernelSize: [3, 3], ...rest });
const layers: readonly Conv2d[] = [
  layer(3, 16),
  layer(1, 6, { kernelSize: [9, 9] }),
  layer(3, 32, { kernelSize: [7, 7], stride: [2, 2] }),
  layer(64, 64),
  layer(64, 64, { kernelSize: [1, 1] }),
  layer(20, 40, { dilation: [4, 4] }),
  layer(64, 64, { groups: 16 }),
  layer(10, 14, { groups: 2 }),
  layer(32, 32, { groups: 32 }),
  layer(1, 8, { kernelSize: [61, 1] }),
];

describe('how a convolution is computed', () => {
  it('follows from its channels, groups and size', () => {
    const label = (conv: Conv2d, extent = large) => labelOf(chooseConv2d(conv, extent, gpu));
    expect(label(layer(3, 16))).toBe('window P4C16');
    expect(label(layer(64, 64))).toBe('dense P4C16');
    expect(label(layer(64, 64), small)).toBe('dense P1C16');
    expect(label(layer(32, 32, { groups: 32 }))).toBe('depthwise P8C4');
    expect(label(layer(1, 8, { kernelSize: [61, 1] }))).toBe('taps P4C8');
  });
});

describe('a depthwise layer', () => {
  const label = (rest: Partial<Conv2d>, traits: DeviceTraits = software, filters = 1) =>
    labelOf(chooseConv2d(layer(32, 32 * filters, { groups: 32, ...rest }), small, traits));

  it('is computed row by row on software adapters, which pay for loads', () => {
    // 14 pairs of columns leave two of sixteen lanes idle, two strips of them none.
    expect(label({})).toBe('rolling P14Q2C4');
    expect(label({ kernelSize: [5, 5] })).toBe('rolling lanes P28Q4C4');
    expect(label({ kernelSize: [5, 5], stride: [2, 2] })).toMatch(/^rolling lanes P\d+Q3C4$/);
    expect(label({ kernelSize: [5, 5] }, { ...software, broadcastLanes: 8 })).toBe('rolling P28Q2C4');
    expect(label({}, { ...software, pixels: 8 })).toBe('rolling P8Q2C4');
  });

  it('is a window of rows on a GPU, which waits for memory; so is one with several filters or a single row of kernel', () => {
    expect(label({}, gpu)).toBe('depthwise P4C4');
    expect(label({}, software, 2)).toMatch(/^depthwise .*C8$/);
    expect(label({ kernelSize: [1, 3] })).toMatch(/^depthwise/);
  });

  it('has strips of other shapes and windows beside it, for a comparison', () => {
    const conv = layer(32, 32, { groups: 32 });
    expect(candidatesOf(conv, small, software).map(labelOf)).toEqual([
      'rolling P14Q2C4',
      'rolling P14Q1C4',
      'rolling P7Q2C4',
      'depthwise P8C4',
      'depthwise P4C4',
    ]);
    const wide = layer(32, 32, { groups: 32, kernelSize: [5, 5] });
    expect(candidatesOf(wide, small, software).map(labelOf).slice(0, 3)).toEqual([
      'rolling lanes P28Q4C4',
      'rolling P28Q1C4',
      'rolling lanes P14Q4C4',
    ]);
  });
});

describe('a fast run', () => {
  const half: DeviceTraits = { ...gpu, half: 'native' };
  const fast = (conv: Conv2d, extent = large, traits = half) =>
    labelOf(fastChoice(chooseConv2d(conv, extent, traits), conv, extent, traits));

  it('computes what is bound by arithmetic in f16, where the device has it', () => {
    expect(fast(layer(64, 64))).toBe('dense f16 P4C16');
    expect(fast(layer(64, 64), small)).toBe('dense f16 P1C16');
    expect(fast(layer(64, 64), large, gpu)).toBe('dense P4C16');
  });

  it('leaves all else as it is: images, depthwise, few filters, sums in several programs', () => {
    for (const conv of [layer(3, 16), layer(32, 32, { groups: 32 }), layer(64, 8)])
      expect(fast(conv)).toBe(labelOf(chooseConv2d(conv, large, half)));
    const deep = layer(512, 512);
    expect(fast(deep, { images: 1, height: 7, width: 7 })).toMatch(/^split/);
  });

  it('takes the default’s tile, whatever was measured of exact programs, and stays with other algorithms', () => {
    for (const algorithm of ['dense', 'gemm', 'deepWindow'] as const) {
      const tuned = { algorithm, pixels: 8, filters: 8 };
      expect(labelOf(fastChoice(tuned, layer(64, 64), large, half))).toBe('dense f16 P4C16');
    }
    const winograd = { algorithm: 'winograd', outputs: 2, pixels: 4, filters: 16 } as const;
    expect(fastChoice(winograd, layer(64, 64), large, half)).toBe(winograd);
  });

  it('is never what an exact run takes or tries', () => {
    for (const conv of layers) {
      expect(chooseConv2d(conv, large, half)).toEqual(chooseConv2d(conv, large, gpu));
      expect(candidatesOf(conv, large, half).map(labelOf)).toEqual(candidatesOf(conv, large, gpu).map(labelOf));
    }
  });
});

describe('groups of four filters', () => {
  const label = (rest: Partial<Conv2d>, traits: DeviceTraits = gpu, extent = large) =>
    labelOf(chooseConv2d(layer(64, 64, { groups: 16, ...rest }), extent, traits));

  it('are a window of rows and columns on a GPU, where a vec4 has too few filters to feed in dense', () => {
    expect(label({})).toBe('deepWindow P4Q2C4');
    expect(label({}, gpu, small)).toBe('deepWindow P2Q2C4');
    expect(label({ stride: [2, 2] })).toBe('deepWindow P4Q2C4');
    expect(label({ inChannels: 128 })).toBe('deepWindow P4Q2C4');
    expect(label({ groups: 1, outChannels: 3 })).toBe('deepWindow P4Q2C4');
    expect(label({ kernelSize: [1, 3] })).toBe('deepWindow P2Q4C4');
  });

  it('are dense where taps share nothing, a tile stands half outside, or a group has more filters', () => {
    const others: readonly Partial<Conv2d>[] = [
      { kernelSize: [1, 1] },
      { kernelSize: [2, 2], stride: [2, 2] },
      { groups: 8 },
      { groups: 1 },
    ];
    for (const other of others) expect(label(other)).toMatch(/^dense/);
    expect(label({}, gpu, { images: 1, height: 1, width: 1 })).toMatch(/^dense/);
  });

  it('are split where a single one leaves the device idle', () => {
    expect(label({ groups: 1, outChannels: 4 }, gpu, small)).toMatch(/^split/);
  });

  it('are dense on software adapters, and with a tile that is asked for', () => {
    expect(label({}, software)).toMatch(/^dense/);
    expect(label({}, { ...gpu, pixels: 4 })).toBe('dense P4C4');
  });

  it('may be windows of one column, and tiles of other sizes, to a tuner', () => {
    const labels = candidatesOf(layer(64, 64, { groups: 16 }), large, gpu).map(labelOf);
    expect(labels).toEqual(expect.arrayContaining(['deepWindow P8C4', 'deepWindow P2Q2C4', 'dense P8C4']));
  });
});

describe('a 3x3 convolution with stride 1 of many channels', () => {
  const label = (conv: Conv2d, extent = small, traits = software) => labelOf(chooseConv2d(conv, extent, traits));

  it('is computed in Winograd’s domain on software adapters, by F(2,3), which is as exact as the direct sum', () => {
    expect(label(layer(64, 64))).toBe('winograd F(2,3) P4C16');
    expect(label(layer(64, 64), small, gpu)).toBe('dense P1C16');
  });

  it('is not where the transforms cost what they save, or with stride, dilation, groups or another border', () => {
    const others: readonly Partial<Conv2d>[] = [
      { stride: [2, 1] },
      { dilation: [1, 2] },
      { groups: 2 },
      { paddingMode: 'reflect' },
      { kernelSize: [3, 1] },
    ];
    expect(label(layer(32, 64))).toMatch(/^dense/);
    expect(label(layer(64, 64), { images: 1, height: 14, width: 14 })).toMatch(/^dense/);
    for (const other of others) expect(label(layer(64, 64, other))).toMatch(/^dense/);
  });
});

describe('a small map with many channels', () => {
  const deep = layer(512, 512, { padding: 'same' });
  const tiny = { images: 1, height: 7, width: 7 };
  const label = (conv: Conv2d, extent = tiny, traits = gpu) => labelOf(chooseConv2d(conv, extent, traits));

  it('is split over its input channels until the device is busy: 49 pixels x 32 blocks of filters x 8 parts', () => {
    expect(label(deep)).toBe('split 8 P1C16');
    expect(label(layer(256, 256, { kernelSize: [1, 1] }))).toBe('split 4 P1C16');
  });

  it('is not where one program keeps the device busy enough, or its sums are short', () => {
    expect(label(deep, { images: 1, height: 14, width: 14 })).toBe('dense P1C16');
    expect(label(deep, tiny, { ...gpu, busyInvocations: 256 })).toMatch(/^dense/);
    expect(label(layer(8, 512))).toBe('dense P1C16');
    const software = { ...gpu, canBroadcast: true, broadcastLanes: 4, busyInvocations: 64 } as const;
    expect(label(layer(512, 16), { images: 1, height: 7, width: 7 }, software)).toBe('dense P7C16');
  });

  it('is not in groups, or under a border that is no zeros', () => {
    expect(label(layer(512, 512, { groups: 2 }))).toBe('dense P1C16');
    expect(label(layer(512, 512, { paddingMode: 'reflect' }))).toBe('dense P1C16');
  });

  it('is split into equal parts of whole vec4 alone', () => {
    expect(splitsOf(layer(100, 16))).toEqual([5]);
    expect(splitsOf(layer(4 * 17, 16))).toEqual([]);
    expect(splitsOf(layer(64, 16, { kernelSize: [1, 1] }))).toEqual([]);
  });
});

describe('the candidates of a tuner', () => {
  it.each(layers.map((conv) => ({ conv, name: problemKey(conv, large) })))('of $name', ({ conv }) => {
    for (const extent of [large, small]) {
      const candidates = candidatesOf(conv, extent, gpu);
      expect(candidates[0]).toEqual(chooseConv2d(conv, extent, gpu));
      expect(candidates.length).toBeGreaterThanOrEqual(3);
      expect(candidates.length).toBeLessThanOrEqual(10);
      expect(candidatesOf(conv, extent, software).length).toBeLessThanOrEqual(8);
      expect(new Set(candidates.map(labelOf)).size).toBe(candidates.length);
    }
  });

  it('are the other tiles, with fewer pixels and other filters, and Winograd’s convolutions', () => {
    const strided = candidatesOf(layer(64, 64, { stride: [2, 2] }), large, gpu).map(labelOf);
    const winograd = ['winograd F(2,3) P4C16', 'winograd F(4,3) P4C16'];
    expect(candidatesOf(layer(64, 64), large, gpu).map(labelOf)).toEqual([
      strided[0],
      ...winograd,
      ...strided.slice(1, -1),
    ]);
    expect(strided).toEqual([
      'dense P4C16',
      'gemm P64C64',
      'deepWindow P4C16',
      'gemm P64C32',
      'deepWindow P2C16',
      'dense P2C16',
      'dense P1C16',
      'dense P8C8',
      'dense P8C4',
    ]);
  });

  it('hold no tile that would spill: at most 64 accumulators', () => {
    for (const conv of layers) {
      for (const { algorithm, pixels, filters } of candidatesOf(conv, large, gpu)) {
        const invocations = algorithm === 'gemm' ? 64 : 1;
        expect((pixels * filters) / invocations).toBeLessThanOrEqual(64);
      }
    }
  });

  it('read groups of four channels as a photo’s or in fours', () => {
    const algorithms = candidatesOf(layer(64, 64, { groups: 16 }), large, gpu).map(({ algorithm }) => algorithm);
    expect(new Set(algorithms)).toEqual(new Set(['window', 'dense', 'deepWindow']));
  });

  it('hold no more than one tile of each structure that only a GPU can judge, where there is none', () => {
    const labels = candidatesOf(layer(64, 64), large, software).map(labelOf);
    expect(labels.filter((label) => /gemm|deepWindow/.test(label))).toEqual(['gemm P64C64', 'deepWindow P4C16']);
    expect(labels.filter((label) => label.startsWith('dense')).length).toBeGreaterThanOrEqual(3);
  });

  it('are a GEMM by the filters of a group and by what keeps the device busy, and none where half of a tile is empty', () => {
    const gemms = (conv: Conv2d, extent = large) =>
      candidatesOf(conv, extent, gpu)
        .map(labelOf)
        .filter((label) => label.startsWith('gemm'));
    expect(gemms(layer(64, 64, { kernelSize: [1, 1] }))).toEqual(['gemm P64C64', 'gemm P64C32']);
    // Three blocks of 32 hold 72 filters, two of 64 are more.
    expect(gemms(layer(64, 72))).toEqual(['gemm P128C32', 'gemm P64C32']);
    expect(gemms(layer(64, 80, { groups: 4 }), small)).toEqual(['gemm P64C32', 'gemm P128C32']);
    expect(gemms(layer(64, 16))).toEqual([]);
    expect(gemms(layer(3, 64))).toEqual([]);
  });

  it('are a window on deep layers where kernel rows share input rows', () => {
    const windows = (rest: Partial<Conv2d>, extent = large) =>
      candidatesOf(layer(64, 64, rest), extent, gpu)
        .map(labelOf)
        .filter((label) => label.startsWith('deepWindow'));
    expect(windows({ kernelSize: [5, 5] })).toEqual(['deepWindow P4C16', 'deepWindow P2C16']);
    expect(windows({}, small)).toEqual(['deepWindow P2C16', 'deepWindow P4C16']);
    // A taller kernel is a longer text: fewer rows.
    expect(windows({ kernelSize: [7, 7] })).toEqual(['deepWindow P2C16']);
    expect(windows({ kernelSize: [1, 3] })).toEqual([]);
    expect(windows({ stride: [3, 3] })).toEqual([]);
    expect(windows({ stride: [3, 3], dilation: [3, 3] })).toEqual(['deepWindow P4C16', 'deepWindow P2C16']);
  });
});

describe('the key of a problem', () => {
  it('tells apart what may be chosen apart, and nothing else', () => {
    const key = problemKey(layer(64, 64), small);
    expect(problemKey(layer(64, 64, { bias: false, padding: 'same' }), { ...small })).toBe(key);
    const others = [
      problemKey(layer(64, 32), small),
      problemKey(layer(64, 64, { stride: [2, 1] }), small),
      problemKey(layer(64, 64, { dilation: [1, 2] }), small),
      problemKey(layer(64, 64, { groups: 2 }), small),
      problemKey(layer(64, 64, { paddingMode: 'reflect' }), small),
      problemKey(layer(64, 64), { ...small, images: 2 }),
      problemKey(layer(64, 64), large),
    ];
    expect(new Set([key, ...others]).size).toBe(others.length + 1);
  });
});
