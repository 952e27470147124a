import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { positions } from '../../bench/page/interaction.ts';
import { difference, median } from '../../bench/page/measure.ts';
import { modelOf } from '../../bench/page/onnxModel.ts';
import { macsOf, readWorkloads, sampleOf } from '../../bench/page/workload.ts';

const small = { name: 'a', in_channels: 4, height: 9, width: 11, out_channels: 6, kernel_size: [3, 1], groups: 2 };

describe('a workload file', () => {
  it('gives convolutions with bias, PyTorch names and defaults', () => {
    const [a] = readWorkloads([{ ...small, stride: 2, padding: [1, 0], dilation: 1 }]);
    expect(a).toMatchObject({
      shape: [1, 4, 9, 11],
      // (9 + 2 - 3) / 2 + 1 = 5 rows, (11 - 1) / 2 + 1 = 6 columns.
      outputShape: [1, 6, 5, 6],
      steps: [
        {
          layer: {
            kind: 'conv2d',
            kernelSize: [3, 1],
            stride: [2, 2],
            groups: 2,
            bias: true,
            padding: { top: 1, bottom: 1, left: 0, right: 0 },
          },
        },
      ],
    });
  });

  it('gives chains, in which each layer reads the one before, and what a deformable convolution reads beside its maps', () => {
    const layers = [
      { kind: 'transposed', out_channels: 6, kernel_size: 2, stride: 2 },
      { kind: 'shuffle', groups: 3 },
      { kind: 'deformable', out_channels: 2, kernel_size: 3 },
    ];
    const [a] = readWorkloads([{ name: 'a', in_channels: 4, height: 5, width: 7, layers }]);
    expect(a!.steps.map(({ output }) => output)).toEqual([
      [1, 6, 10, 14],
      [1, 6, 10, 14],
      [1, 2, 8, 12],
    ]);
    expect(a!.steps[2]!.extra).toEqual([
      [1, 18, 8, 12],
      [1, 9, 8, 12],
    ]);
    // 4 x 5 x 7 inputs, 6 x 2 x 2 products each; 96 outputs, 9 x 6 samples for 2 filters and four products each.
    expect(macsOf(a!)).toBe(140 * 24 + 96 * 54 * 6);
  });

  it('is refused in a sentence when it asks for something else', () => {
    const refusals = [
      [{}, /list/],
      [[], /list/],
      [[{ ...small, kind: 'conv_transpose' }], /no kind "conv_transpose"/],
      [[{ ...small, padding_mode: 'reflect' }], /"padding_mode"/],
      [[{ ...small, stride: 1.5 }], /"stride"/],
      [[{ ...small, kind: 'shuffle' }], /"out_channels"/],
      [[{ ...small, layers: [{ kind: 'shuffle', groups: 2 }] }], /"layers" or beside/],
      [[{ ...small, groups: 3 }], /groups/],
      [[{ ...small, height: 2 }], /a: /],
      [[small, small], /name/],
    ] as const;
    for (const [file, sentence] of refusals) expect(() => readWorkloads(file)).toThrow(sentence);
  });

  it('stands in bench/workloads for images: 1 to 4 channels, kernels 3 to 11, 128 to 256 pixels', () => {
    const url = new URL('../../bench/workloads/image.json', import.meta.url);
    const workloads = readWorkloads(JSON.parse(readFileSync(url, 'utf8')));
    expect(workloads.length).toBeGreaterThanOrEqual(10);
    for (const { steps, shape } of workloads) {
      expect(shape[1]).toBeLessThanOrEqual(4);
      for (const size of [shape[2], shape[3]]) expect(size >= 128 && size <= 256).toBe(true);
      for (const { layer } of steps) {
        if (layer.kind !== 'conv2d') throw new Error(`${layer.kind} among the images`);
        for (const kernel of layer.kernelSize) expect(kernel >= 3 && kernel <= 11).toBe(true);
      }
    }
  });

  it('stands in bench/workloads for the other kinds too, each small enough for a software adapter', () => {
    const url = new URL('../../bench/workloads/kinds.json', import.meta.url);
    const workloads = readWorkloads(JSON.parse(readFileSync(url, 'utf8')));
    const kinds = new Set(workloads.flatMap(({ steps }) => steps.map(({ layer }) => layer.kind)));
    for (const kind of ['conv_transpose2d', 'deform_conv2d', 'channel_shuffle', 'linear', 'locally_connected2d'])
      expect(kinds).toContain(kind);
    for (const workload of workloads) expect(macsOf(workload)).toBeLessThan(100e6);
  });
});

describe('the benchmark', () => {
  it('finds outputs different when one value is off by more than 1e-4 of the largest', () => {
    const y = new Float32Array([0, 1, -100]);
    expect(difference(y, y.with(0, 0.005))).toBeNull();
    expect(difference(y, y.with(0, 0.02))).toMatch(/0\.02/);
    expect(difference(y, y.with(1, Number.NaN))).not.toBeNull();
    expect(difference(y, y.slice(1))).toMatch(/2 values instead of 3/);
  });

  it('takes the middle of its rounds', () => {
    expect(median([5, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 9])).toBe(3);
  });

  it('moves the sliders over fifty positions, so that four passes are 200 steps', () => {
    expect(positions()).toHaveLength(50);
  });

  it('writes layers as an ONNX model: names, attributes and weights stand in its bytes', () => {
    const [workload] = readWorkloads([small]);
    const sample = sampleOf(workload!);
    const model = modelOf(sample);
    const text = new TextDecoder('latin1').decode(model);
    for (const word of ['Conv', 'kernel_shape', 'strides', 'pads', 'dilations', 'group']) expect(text).toContain(word);
    // IR version 9: field 1, varint 9.
    expect([...model.slice(0, 2)]).toEqual([8, 9]);
    const { weight } = sample.steps[0]!.parameters!;
    expect(text).toContain(new TextDecoder('latin1').decode(new Uint8Array(weight.buffer)));
  });
});
