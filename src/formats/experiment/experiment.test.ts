import fc from 'fast-check';
import { unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { channelChoices, valueRanges } from '../../graph/input.ts';
import type { Conv2d } from '../../operators/conv2d/attributes.ts';
import { channelCount, toTensor } from '../image/tensor.ts';
import { type Experiment, exportNpz, pictureOf, readExperiment } from './experiment.ts';
import { layerJsonOf, parseLayerJson } from './layerJson.ts';
import { exportPyTorch } from './pytorchScript.ts';

const conv: Conv2d = {
  kind: 'conv2d',
  inChannels: 2,
  outChannels: 4,
  kernelSize: [3, 3],
  stride: [2, 1],
  padding: { top: 1, bottom: 2, left: 0, right: 3 },
  dilation: [1, 1],
  groups: 2,
  bias: true,
  paddingMode: 'reflect',
};

const experiment: Experiment = {
  conv,
  activation: 'leaky_relu',
  engine: 'webgpu',
  programs: ['window k3 s1 P4C4'],
  x: { shape: [1, 2, 1, 2], values: new Float32Array([0, 1, 0.2, 0.4]) },
  weight: Float32Array.from({ length: 36 }, (_, i) => i),
  bias: new Float32Array([1, 2, 3, 4]),
  y: { shape: [1, 4, 1, 1], values: new Float32Array([5, 6, 7, 8]) },
};

describe('layer.json', () => {
  it('holds numbers, lists and plain names only', () => {
    expect(layerJsonOf(conv, 'leaky_relu', 'cpu', ['conv2d k3 s2'])).toEqual({
      in_channels: 2,
      out_channels: 4,
      kernel_size: 3,
      stride: [2, 1],
      padding: [1, 0, 2, 3],
      dilation: 1,
      groups: 2,
      padding_mode: 'reflect',
      activation: 'leaky_relu',
      engine: 'cpu',
      programs: ['conv2d k3 s2'],
    });
  });

  it("writes 'same' as its number, and per axis as [h, w]", () => {
    const paddingOf = (change: Partial<Conv2d>) => layerJsonOf({ ...conv, ...change }, 'none', 'cpu', []).padding;
    expect(paddingOf({ padding: 'same', kernelSize: [5, 5] })).toBe(2);
    expect(paddingOf({ padding: 'same', kernelSize: [1, 7] })).toEqual([0, 3]);
    expect(paddingOf({ padding: 'same', kernelSize: [4, 4] })).toEqual([1, 1, 2, 2]);
    expect(paddingOf({ padding: 'valid' })).toBe(0);
  });

  it('refuses a field that is missing, of another type or out of range, by name', () => {
    const layer = layerJsonOf(conv, 'relu', 'cpu', []);
    const refused = (change: object) => {
      const result = parseLayerJson({ ...layer, ...change });
      return result.ok ? 'read' : result.error.values.name;
    };
    expect(refused({})).toBe('read');
    expect(refused({ padding: 'same' })).toBe('layer.json: padding');
    expect(refused({ kernel_size: [3, 3, 3] })).toBe('layer.json: kernel_size');
    expect(refused({ out_channels: 1e12 })).toBe('layer.json: out_channels');
    expect(refused({ activation: 'swishy' })).toBe('layer.json: activation');
    expect(refused({ groups: 3 })).toBe('layer.json: groups');
    expect(parseLayerJson(null).ok).toBe(false);
  });
});

describe('an exported experiment', () => {
  it('holds four arrays and layer.json', () => {
    const files = unzipSync(exportNpz(experiment));
    expect(Object.keys(files)).toEqual(['x.npy', 'weight.npy', 'bias.npy', 'y.npy', 'layer.json']);
    expect(new TextDecoder().decode(files['weight.npy'])).toContain("'shape': (4, 1, 3, 3)");
  });

  it('reads back to the same layer, weights and picture', () => {
    expect(readExperiment(exportNpz(experiment))).toEqual({
      ok: true,
      value: { conv, activation: 'leaky_relu', weight: experiment.weight, bias: experiment.bias, x: experiment.x },
    });
  });

  it('writes zeros for the bias of a layer without one', () => {
    const read = readExperiment(exportNpz({ ...experiment, conv: { ...conv, bias: false }, bias: null }));
    expect(read.ok && [...read.value.bias]).toEqual([0, 0, 0, 0]);
  });

  it('is refused when it is cut, or when an array is missing or does not fit the layer', () => {
    const whole = exportNpz(experiment);
    const codes = (bytes: Uint8Array) => {
      const result = readExperiment(bytes);
      return result.ok ? 'read' : [result.error.code, result.error.values.name];
    };
    expect(codes(whole.subarray(0, whole.length - 30))).toEqual(['file-truncated', undefined]);
    const { 'weight.npy': weight, ...others } = unzipSync(whole);
    expect(codes(zipSync(others))).toEqual(['file-incomplete', 'weight.npy']);
    expect(codes(zipSync({ ...others, 'weight.npy': others['y.npy']! }))).toEqual([
      'file-incomplete',
      'weight.npy [4, 1, 3, 3]',
    ]);
    expect(codes(zipSync({ 'weight.npy': weight! }))).toEqual(['file-incomplete', 'layer.json']);
  });
});

describe('pictureOf', () => {
  it('finds the bytes, whatever channels and range made the values', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 24, maxLength: 24 }),
        fc.constantFrom(...channelChoices),
        fc.constantFrom(...valueRanges),
        (bytes, channels, range) => {
          const values = toTensor(new Uint8ClampedArray(bytes), 3, 2, channels, range);
          const picture = pictureOf({ shape: [1, channelCount(channels), 2, 3], values });
          // A single colour channel comes back as grey; ImageNet's statistics differ between the two.
          if (channelCount(channels) === 1 && range === 'imagenet' && channels !== 'grey') return;
          if (!picture) throw new Error('no picture');
          const again = toTensor(picture.rgba, 3, 2, picture.channels, picture.range);
          again.forEach((value, i) => {
            expect(value).toBeCloseTo(values[i]!, 3);
          });
        },
      ),
    );
  });

  it('gives none for values that no byte makes, or for 5 channels', () => {
    expect(pictureOf({ shape: [1, 1, 1, 1], values: new Float32Array([1234.5]) })).toBeNull();
    expect(pictureOf({ shape: [1, 5, 1, 1], values: new Float32Array(5) })).toBeNull();
  });
});

describe('the PyTorch script', () => {
  it('pads each side by itself, in the mode of the layer', () => {
    const script = exportPyTorch(conv, 'gelu', { script: 'cat-pytorch.py', npz: 'cat.npz' });
    expect(script).toContain('F.pad(x, (0, 3, 1, 2), mode="reflect")');
    expect(script).toContain('stride=(2, 1), padding=0, dilation=(1, 1), groups=2');
    expect(script).toContain('y = F.gelu(y)');
    expect(script).toContain('tolerance = 2e-5 * (1 + magnitude)');
  });
});
