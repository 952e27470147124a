import './moreTexts.ts';
import { describe, expect, it } from 'vitest';
import { identity } from '../programs/epilogue.ts';
import type { DeviceTraits } from '../programs/program.ts';
import { convolutionUniforms } from '../programs/uniforms.ts';
import { gemmFits } from './deepCandidates.ts';
import { createConv2d } from './index.ts';
import { blocksOfChannels, dispatchConv2d, planConv2d } from './plan.ts';

const gpu: DeviceTraits = {
  maxStorageBinding: 2 ** 27,
  maxUniformBinding: 65536,
  maxWorkgroupsPerDimension: 65535,
  canBroadcast: false,
  busyInvocations: 16384,
};
const output = { images: 1, height: 512, width: 512 };
const plan = (
  attributes: Parameters<typeof createConv2d>[0],
  extent = output,
  traits: DeviceTraits = gpu,
  isDual = false,
) => planConv2d(createConv2d(attributes), extent, identity, isDual, traits);

describe('the program that computes a convolution', () => {
  it('is window for the channels of an image', () => {
    expect(plan({ inChannels: 3, outChannels: 16, kernelSize: [3, 3] }).program.label).toBe('window k3 s1 P4C16');
    expect(plan({ inChannels: 1, outChannels: 8, kernelSize: [9, 5] }).program.label).toBe('window k9 s1x1 P4Q2C8');
  });

  it('is dense for many channels, alone or in groups of fours', () => {
    expect(plan({ inChannels: 64, outChannels: 64, kernelSize: [3, 3] }).program.label).toBe('dense P4C16');
    expect(plan({ inChannels: 64, outChannels: 64, kernelSize: [3, 3], groups: 8 }).algorithm).toBe('dense');
  });

  it('is depthwise where every channel has up to four filters of its own, and window where it has more', () => {
    const label = (filters: number, channels = 32) =>
      plan({ inChannels: channels, outChannels: filters * channels, kernelSize: [3, 3], groups: channels }).program
        .label;
    expect([1, 2, 3, 4, 5].map((filters) => label(filters))).toEqual([
      'depthwise k3 s1 P8C4',
      'depthwise k3 s1 P8C8',
      'depthwise k3 s1 P4C12',
      'depthwise k3 s1 P4C16',
      'window k3 s1x1 P4Q2C8',
    ]);
    // A photo's channels lie one after another.
    expect(label(1, 3)).toBe('window k3 s1x1 P4Q4C4');
  });

  it('reads groups that do not come in fours from the blocks that they share on a GPU, and from planes where there would be many zeros', () => {
    const label = (groups: number, inputs: number, filters: number, traits = gpu) =>
      plan({ inChannels: groups * inputs, outChannels: groups * filters, kernelSize: [3, 3], groups }, output, traits)
        .program.label;
    expect(label(2, 5, 7)).toBe('dense P8C8');
    // Two groups of two are one of four.
    expect(label(16, 2, 2)).toBe('deepWindow k3 s1x1 P4Q2C4');
    expect(label(3, 3, 64)).toBe('window k3 s1 P2C32');
    expect(label(2, 5, 7, { ...gpu, canBroadcast: true })).toMatch(/^window/);
    const { order } = plan({ inChannels: 32, outChannels: 32, kernelSize: [3, 3], groups: 16 });
    expect(order).toMatchObject({ groups: 8, members: 2, filters: 4 });
  });

  it('is taps for a kernel taller than a text is worth', () => {
    expect(plan({ inChannels: 1, outChannels: 8, kernelSize: [61, 1] }).algorithm).toBe('taps');
  });

  it('takes a smaller tile where a small map would leave the device idle', () => {
    const small = { images: 1, height: 28, width: 28 };
    expect(plan({ inChannels: 64, outChannels: 64, kernelSize: [3, 3] }, small).program.label).toBe('dense P1C16');
  });

  it('fits WebGPU’s default limits where it shares memory: 16 KiB for a workgroup', () => {
    const conv = createConv2d({ inChannels: 64, outChannels: 64, kernelSize: [3, 3] });
    const tiles = [64, 32].flatMap((filters) => gemmFits(filters).map((pixels) => ({ pixels, filters })));
    expect(tiles).toHaveLength(3);
    for (const tile of tiles) {
      const { wgsl } = planConv2d(conv, output, identity, false, gpu, { algorithm: 'gemm', ...tile }).program;
      const shared = [...wgsl.matchAll(/var<workgroup> \w+: array<vec4f, (\d+)>/g)].map(
        ([, size]) => 16 * Number(size),
      );
      expect(shared).toHaveLength(2);
      expect(shared.reduce((a, b) => a + b)).toBeLessThanOrEqual(16384);
    }
  });

  it('loads the rows of a window on deep layers once for all kernel rows', () => {
    const conv = createConv2d({ inChannels: 64, outChannels: 64, kernelSize: [3, 3], stride: [2, 1] });
    const choice = { algorithm: 'deepWindow', pixels: 4, filters: 16 } as const;
    const { program, order, split } = planConv2d(conv, output, identity, false, gpu, choice);
    expect(program.label).toBe('deepWindow k3 s2 P4C16');
    expect(program.wgsl.match(/= X\[/g)).toHaveLength(3 * 2 + 3);
    expect(program.wgsl.match(/= fma\(vec4f\(f_/g)).toHaveLength(4 * 3 * 4 * 4);
    expect(order.taps).toBe('columns');
    expect(split.rows).toBe(4);
  });

  it('goes down depthwise maps row by row with the kernel in the text and no shape', () => {
    const software: DeviceTraits = { ...gpu, canBroadcast: true, busyInvocations: 256 };
    const depthwise = (rest: Partial<Parameters<typeof createConv2d>[0]>, extent = output) =>
      plan({ inChannels: 12, outChannels: 12, groups: 12, kernelSize: [3, 3], ...rest }, extent, software);
    const { program, order, columns } = depthwise({});
    expect(program.label).toBe('rolling k3x3 s1x1 Q2C4');
    expect(order).toMatchObject({ taps: 'rows', filters: 4, groups: 1, inChannels: 1 });
    // A row of two columns and a kernel of three is four loads for 2 · 9 multiply-adds; its weights are gathered once.
    expect(columns).toBe(2);
    expect(program.wgsl.match(/= X\[/g)).toHaveLength(4);
    expect(program.wgsl.match(/= fma\(f_/g)).toHaveLength(18);
    expect(program.wgsl.match(/= W\[/g)).toHaveLength(3);
    expect(depthwise({ padding: 'full', dilation: [2, 3] }, { images: 2, height: 9, width: 31 }).program.key).toBe(
      program.key,
    );
    expect(depthwise({ kernelSize: [5, 5], stride: [2, 3] }).program.label).toBe('rolling lanes k5x5 s2x3 Q3C4');
  });

  it('does not depend on widths, sizes, padding or horizontal attributes: a moving slider compiles nothing', () => {
    const key = (attributes: Partial<Parameters<typeof createConv2d>[0]>, extent = output) =>
      plan({ inChannels: 3, outChannels: 16, kernelSize: [3, 3], ...attributes }, extent).program.key;
    const first = key({});
    expect(key({ kernelSize: [3, 15], stride: [1, 7], dilation: [1, 8], padding: 'full' })).toBe(first);
    expect(key({}, { images: 3, height: 600, width: 501 })).toBe(first);
    expect(key({ inChannels: 1, outChannels: 14 })).toBe(first);
  });

  it('tests no load for the border on a GPU where the kernel is no larger than the stride and there is no border', () => {
    const areTested = (kernel: number, border: number, traits = gpu) => {
      const padding = { top: border, bottom: border, left: border, right: border };
      const attributes = { inChannels: 3, outChannels: 32, kernelSize: [kernel, kernel], stride: [4, 4] } as const;
      return plan({ ...attributes, padding }, output, traits).program.wgsl.includes('inside & ok');
    };
    expect([areTested(4, 0), areTested(4, 1), areTested(5, 0)]).toEqual([false, true, true]);
    expect(areTested(4, 0, { ...gpu, canBroadcast: true })).toBe(true);
  });

  it('shares a text between strides and dilations with the same ratio', () => {
    const key = (stride: number, dilation: number) =>
      plan({ inChannels: 3, outChannels: 16, kernelSize: [3, 3], stride: [stride, 1], dilation: [dilation, 1] }).program
        .key;
    expect(key(2, 2)).toBe(key(1, 1));
    expect(key(4, 6)).toBe(key(2, 3));
    expect(key(4, 6)).toContain('window k3 s2');
  });

  it('reads up to 64 KiB of weights from a uniform buffer', () => {
    expect(plan({ inChannels: 3, outChannels: 64, kernelSize: [9, 9] }).weightsIn).toBe('uniform');
    expect(plan({ inChannels: 3, outChannels: 64, kernelSize: [11, 11] }).weightsIn).toBe('storage');
    const small = { ...gpu, maxUniformBinding: 16384 };
    expect(plan({ inChannels: 3, outChannels: 8, kernelSize: [3, 3] }, output, small).weightsIn).toBe('storage');
  });

  it('keeps every accumulator in a name of its own and no shape in the text', () => {
    const { wgsl } = plan({ inChannels: 3, outChannels: 16, kernelSize: [3, 3] }).program;
    expect(wgsl).not.toMatch(/array<vec4f, 16>|512/);
    expect(wgsl.match(/= fma\(f_\d+, w_\d_\d, a_\d_\d\)/g)).toHaveLength(4 * 4 * 3);
    expect(wgsl).not.toContain('//#');
    expect(wgsl).not.toContain('$');
  });
});

describe('weights by subgroup broadcast', () => {
  const conv = createConv2d({ inChannels: 64, outChannels: 64, kernelSize: [3, 3] });
  const textOf = (lanes: 4 | 8) => {
    const device = { ...gpu, canBroadcast: true, broadcastLanes: lanes };
    const choice = { algorithm: 'dense', pixels: 4, filters: 16 } as const;
    return planConv2d(conv, output, identity, false, device, choice).program.wgsl;
  };

  it.each([4, 8] as const)('are gathered by all %i lanes, one vec4 each, and handed out from each of them', (lanes) => {
    const text = textOf(lanes);
    expect(text).toContain(`lane & ${lanes - 1}u`);
    expect(text.match(/let s_\d+ = W\[wi \+ \d+ \+ quad\]/g)).toHaveLength(16 / lanes);
    const from = [...text.matchAll(/subgroupBroadcast\(s_(\d+), (\d+)\)/g)].map(
      ([, s, lane]) => Number(s) * lanes + Number(lane),
    );
    expect(from.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 16 }, (_, i) => i));
  });

  it('have a program of their own for each width', () => {
    expect(textOf(8)).not.toBe(textOf(4));
  });
});

describe('a dispatch', () => {
  const conv = createConv2d({ inChannels: 3, outChannels: 16, kernelSize: [3, 3], stride: [2, 2], padding: 'full' });
  const chosen = planConv2d(conv, { images: 2, height: 12, width: 10 }, identity, false, gpu);
  const placed = (rows: readonly [number, number]) =>
    dispatchConv2d(chosen, {
      input: { array: { layout: 'planar', images: 2, channels: 3, height: 21, width: 17 }, y: 0, x: 0 },
      output: { array: { layout: 'blocked', images: 2, channels: 16, height: 12, width: 10 }, channel: 0, y: 0, x: 0 },
      rows,
      blocks: [0, 1],
    });
  const words = (uniforms: ArrayBuffer) => {
    const view = new Int32Array(uniforms);
    return Object.fromEntries(Object.keys(convolutionUniforms.fields).map((name, i) => [name, view[i]!]));
  };

  it('covers the rows in strips of P and every image', () => {
    const P = chosen.pixels;
    expect(placed([0, 12]).workgroups).toEqual([Math.ceil((Math.ceil(12 / P) * 10) / 64), 1, 2]);
    expect(words(placed([4, 12]).uniforms)).toMatchObject({ firstRow: 4, rowEnd: 12 });
  });

  it('starts the window at minus the padding and skips the head of zeros', () => {
    expect(words(placed([0, 12]).uniforms)).toMatchObject({
      inputBase: 4,
      inputPlane: 21 * 17,
      inputImage: 3 * 21 * 17,
      outputBase: 1,
      outputPlane: 120,
      outputImage: 4 * 120,
      offsetY: -2,
      offsetX: -2,
    });
  });

  it('of a depthwise layer row by row is a grid of strips of rows and columns', () => {
    const software = { ...gpu, canBroadcast: true, broadcastLanes: 8 } as const;
    const extent = { images: 2, height: 12, width: 39 };
    const wide = createConv2d({ inChannels: 16, outChannels: 16, groups: 16, kernelSize: [3, 3], dilation: [2, 2] });
    const choice = { algorithm: 'rolling', pixels: 3, columns: 2, filters: 4 } as const;
    const rolling = planConv2d(wide, extent, identity, false, software, choice);
    const dispatch = dispatchConv2d(rolling, {
      input: { array: { layout: 'blocked', channels: 16, images: 2, height: 16, width: 43 }, y: 0, x: 0 },
      output: { array: { layout: 'blocked', channels: 16, ...extent }, channel: 0, y: 0, x: 0 },
      rows: [0, 12],
      blocks: [0, rolling.blocks],
    });
    // Two times two strips of three rows, and ten times two pairs of columns.
    expect(words(dispatch.uniforms)).toMatchObject({ invocations: 80, rowStep: 2, stripRows: 3, columnStep: 2 });
    expect(dispatch.workgroups).toEqual([2, 4, 2]);
    expect(rolling.split.rows).toBe(6);
    // With a lane for each channel four invocations go down a strip: loads of single floats, weights for each by itself.
    const lanes = planConv2d(wide, extent, identity, false, software, { ...choice, algorithm: 'rolling lanes' });
    expect(lanes).toMatchObject({ weightsIn: 'storage', inputLayout: 'blocked', split: { rows: 6 } });
    expect(lanes.program.wgsl.match(/= X\[/g)).toHaveLength(4);
    expect(lanes.program.wgsl).not.toContain('subgroup');
    const four = dispatchConv2d(lanes, {
      input: { array: { layout: 'blocked', channels: 16, images: 2, height: 16, width: 43 }, y: 0, x: 0 },
      output: { array: { layout: 'blocked', channels: 16, ...extent }, channel: 0, y: 0, x: 0 },
      rows: [0, 12],
      blocks: [0, lanes.blocks],
    });
    expect(words(four.uniforms)).toMatchObject({ invocations: 320 });
    expect(four.workgroups).toEqual([5, 4, 2]);
  });

  it('of a GEMM is a grid of tiles: pixels of all rows one after another, blocks of filters', () => {
    const extent = { images: 2, height: 12, width: 10 };
    const wide = createConv2d({ inChannels: 6, outChannels: 100, kernelSize: [1, 1] });
    const gemm = planConv2d(wide, extent, identity, false, gpu, { algorithm: 'gemm', pixels: 64, filters: 64 });
    const { workgroups } = dispatchConv2d(gemm, {
      input: { array: { layout: 'blocked', channels: 6, ...extent }, y: 0, x: 0 },
      output: { array: { layout: 'blocked', channels: 100, ...extent }, channel: 0, y: 0, x: 0 },
      rows: [0, 12],
      blocks: [0, gemm.blocks],
    });
    expect(workgroups).toEqual([2, 2, 2]);
    expect(gemm).toMatchObject({ inputLayout: 'blocked', weightsIn: 'storage', split: { rows: 1 } });
  });

  it('finds the blocks of filters that a slice of channels needs, group by group', () => {
    const grouped = plan({ inChannels: 24, outChannels: 36, kernelSize: [3, 3], groups: 3 });
    expect(grouped.order.filters).toBe(16);
    expect(grouped.blocks).toBe(3);
    expect(blocksOfChannels(grouped, 0, 12)).toEqual([0, 1]);
    expect(blocksOfChannels(grouped, 8, 16)).toEqual([0, 2]);
    expect(blocksOfChannels(grouped, 24, 40)).toEqual([2, 3]);
  });

  it('counts the filters of four depthwise channels as one block', () => {
    const depthwise = plan({ inChannels: 10, outChannels: 20, kernelSize: [3, 3], groups: 10 });
    expect(depthwise.blocks).toBe(3);
    expect(blocksOfChannels(depthwise, 0, 8)).toEqual([0, 1]);
    expect(blocksOfChannels(depthwise, 4, 12)).toEqual([0, 2]);
    expect(blocksOfChannels(depthwise, 16, 20)).toEqual([2, 3]);
    // 9 taps of 8 filters for each pixel.
    expect(depthwise.macsPerPixel).toBe(72);
  });
});
