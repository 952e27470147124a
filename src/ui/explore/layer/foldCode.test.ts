import { describe, expect, it } from 'vitest';
import { readLayer } from '../../../formats/layerText/readLayer.ts';
import { writePyTorchLayer } from '../../../formats/layerText/writePyTorchLayer.ts';
import type { Conv2d } from '../../../operators/conv2d/attributes.ts';
import { foldCode } from './foldCode.ts';

const conv: Conv2d = {
  kind: 'conv2d',
  inChannels: 3,
  outChannels: 64,
  kernelSize: [15, 13],
  stride: [2, 1],
  padding: { top: 15, bottom: 2, left: 15, right: 3 },
  paddingMode: 'zeros',
  dilation: [8, 8],
  groups: 1,
  bias: false,
};

describe('folding', () => {
  it('breaks a long call inside a container between its arguments and keeps tuples whole', () => {
    expect(foldCode(writePyTorchLayer(conv, 'leaky_relu')).split('\n')).toEqual([
      'nn.Sequential(',
      '    nn.ZeroPad2d((15, 3, 15, 2)),',
      '    nn.Conv2d(3, 64,',
      '      kernel_size=(15, 13),',
      '      stride=(2, 1), padding=0,',
      '      dilation=8, groups=1,',
      '      bias=False),',
      '    nn.LeakyReLU(0.01),',
      ')',
    ]);
  });

  it('leaves a single line, and lines that fit, as they are', () => {
    const one = "nn.Conv2d(3, 64, kernel_size=15, stride=1, padding=15, dilation=8, groups=1, padding_mode='zeros')";
    expect(foldCode(one)).toBe(one);
    expect(foldCode('nn.Sequential(\n    nn.ReLU(),\n)')).toBe('nn.Sequential(\n    nn.ReLU(),\n)');
  });

  it('folds to a text that reads back to the same layer', () => {
    for (const activation of ['relu', 'leaky_relu', 'abs'] as const) {
      const text = writePyTorchLayer(conv, activation);
      const folded = foldCode(text);
      expect(folded).not.toBe(text);
      const context = { inputSize: [256, 256], inChannels: 3, outChannels: 64 } as const;
      const reading = readLayer(folded, context);
      expect(reading).toEqual(readLayer(text, context));
      expect(reading).toMatchObject({ ok: true, value: { activation, conv: { padding: conv.padding } } });
    }
  });
});
