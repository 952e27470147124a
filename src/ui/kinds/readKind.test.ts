import '../../operators/late.ts';
import { describe, expect, it } from 'vitest';
import { writeLayerOfKind } from '../../formats/layerText/kinds/writeLayerOfKind.ts';
import { fitAttributes, kindLayer } from '../../graph/layers/kindLayer.ts';
import { kindNames } from '../../graph/layers/kinds.ts';
import { libraries } from '../../operators/conv2d/code/code.ts';
import { newKind } from '../../store/kind.ts';
import { readKind } from './readKind.ts';

const size = [32, 48] as const;

describe('copied code is read back', () => {
  it.each(kindNames.filter((kind) => kind !== 'linear' && kind !== 'locally_connected'))(
    '%s over a bank of 16, wherever the library can say it',
    (kind) => {
      const bank = { name: 'gabor', channels: 16 } as const;
      const present = { ...newKind(kind), bank };
      const place = { inChannels: 16, inputSize: size };
      const attributes = fitAttributes(kind, present.attributes, place);
      for (const library of libraries) {
        const { text, lossless } = writeLayerOfKind(kindLayer(kind, attributes, place), 'relu', library, size);
        if (!lossless) continue;
        const read = readKind(text, 3, size, present);
        if (!read.ok) throw new Error(`${library}: ${read.error.message}\n${text}`);
        const { state } = read.value;
        expect(kindLayer(state.kind, state.attributes, place), library).toEqual(kindLayer(kind, attributes, place));
        expect([state.bank, state.activation]).toEqual([bank, 'relu']);
      }
    },
  );
});

it('a layer of 64 channels reads a bank of 64, one of 3 the photo', () => {
  const of = (text: string) => {
    const read = readKind(text, 3, size);
    if (!read.ok) throw new Error(read.error.message);
    return read.value.state;
  };
  expect(of('nn.Conv2d(64, 64, 3, padding=1, groups=8)').bank?.channels).toBe(64);
  expect(of('nn.Conv2d(64, 64, 3, padding=1, groups=8)').kind).toBe('grouped');
  expect(of('nn.ConvTranspose2d(3, 8, 4, stride=2, padding=1)').bank).toBeNull();
  expect(of('nn.ConvTranspose2d(3, 8, 4, stride=2, padding=1)').kind).toBe('transposed');
});

it('a fully connected layer that says its in_features reads the small version of the photo that has them', () => {
  const photo = [170, 256] as const;
  for (const text of [
    'nn.Sequential(\n    nn.Flatten(),\n    nn.Linear(98304, 16),\n)',
    'nn.Flatten(), nn.Linear(18432, 8)',
  ]) {
    const read = readKind(text, 3, photo);
    if (!read.ok) throw new Error(read.error.message);
    expect(read.value.state.kind).toBe('linear');
  }
  // 16 maps of 64 x 96.
  const over = readKind('nn.Flatten(), nn.Linear(98304, 16)', 3, photo);
  expect(over.ok && over.value.state.bank?.channels).toBe(16);
  expect(readKind('nn.Flatten(), nn.Linear(98305, 16)', 3, photo).ok).toBe(false);
});

it('what does not fit moves, and is told', () => {
  const read = readKind('nn.ConvTranspose2d(3, 8, 4, stride=7, padding=1)', 3, size);
  expect(read.ok && read.value.moved).toEqual([{ attribute: 'stride', from: '7', to: '4' }]);
});

it("other channels are refused in the library's words, what the card has not in ours", () => {
  const channels = readKind('nn.ConvTranspose2d(5, 8, 4)', 3, size);
  expect(channels.ok ? '' : channels.error.message).toMatch(/5 channels/);
  const strided = `nn.Sequential(
    nn.Conv2d(3, 3, 3, padding=1, groups=3),
    nn.Conv2d(3, 8, 1, stride=2),
)`;
  const refused = readKind(strided, 3, size);
  expect(refused.ok ? '' : refused.error.code).toBe('not-on-card');
});
