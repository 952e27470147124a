/** Networks in safetensors: read whole, or refused with what is wrong. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLayerList } from './layerList.ts';

const facts = { name: 'a network', source: { title: 'a network', licence: null } };
const layer = { name: 'c', type: 'conv', cin: 1, cout: 2, kernel: 1, stride: 1, padding: 0, groups: 1, relu: true };

function fileOf(header: object, data: readonly number[]): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(header));
  const bytes = new Uint8Array(8 + text.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  bytes.set(data, 8 + text.length);
  return bytes;
}

const weight = { dtype: 'F16', shape: [2, 1, 1, 1], data_offsets: [0, 4] };
/** 1 and -2 as half floats. */
const halves = [0, 0x3c, 0, 0xc0];
const described = (layers: unknown, more: object = {}) => ({
  __metadata__: { layers: JSON.stringify(layers), ...more },
  'c.weight': weight,
});
const codeOf = (bytes: Uint8Array) => {
  const network = readLayerList(bytes, facts);
  return network.ok ? null : network.error.code;
};

it('reads half floats, and a layer without a bias', () => {
  const network = readLayerList(fileOf(described([layer]), halves), facts);
  if (!network.ok) throw new Error(network.error.code);
  expect([...network.value.parameters.c!.weight]).toEqual([1, -2]);
  expect(network.value.parameters.c!.bias).toBe(null);
  expect(network.value.layers).toEqual([{ name: 'c', node: 'c', response: 'c.relu' }]);
  expect(network.value.preprocessing).toEqual({ order: [0], scale: [1], shift: [0] });
});

describe('says what is wrong with', () => {
  it.each([
    ['a file without its network', fileOf({ 'c.weight': weight }, halves), 'file-incomplete'],
    ['a network that is no JSON', fileOf({ __metadata__: { layers: '[{' } }, []), 'model-malformed'],
    ['a layer that is not known', fileOf(described([layer, { name: 'l', type: 'lstm' }]), halves), 'model-operator'],
    ['a weight that is missing', fileOf(described([{ ...layer, name: 'd' }]), halves), 'model-weight'],
    ['a weight of other sizes', fileOf(described([{ ...layer, kernel: 3 }]), halves), 'model-weight'],
    ['sizes that are no counts', fileOf(described([{ ...layer, stride: 0 }]), halves), 'model-malformed'],
    [
      'a mean for other channels',
      fileOf(described([layer], { mean: '[1, 2]', std: '[1, 2]' }), halves),
      'model-malformed',
    ],
    ['a deviation of 0', fileOf(described([layer], { mean: '[1]', std: '[0]' }), halves), 'model-malformed'],
    ['a file that ends early', fileOf(described([layer]), halves.slice(0, 3)), 'file-truncated'],
    [
      'offsets that do not fit',
      fileOf({ ...described([layer]), 'c.weight': { ...weight, data_offsets: [4, 0] } }, halves),
      'file-malformed',
    ],
  ])('%s', (_, bytes, code) => {
    expect(codeOf(bytes)).toBe(code);
  });
});

it('reads or refuses with a code a file that was changed anywhere', () => {
  const whole = new Uint8Array(readFileSync('public/models/networks/nin-g16-init.safetensors'));
  const headerLength = Number(new DataView(whole.buffer, whole.byteOffset).getBigUint64(0, true));
  const change = fc.record({ at: fc.nat(headerLength + 8), byte: fc.nat(255) });
  const length = fc.oneof(fc.constant(whole.length), fc.nat(whole.length));
  fc.assert(
    fc.property(fc.array(change, { maxLength: 3 }), length, (changes, kept) => {
      const bytes = whole.slice(0, kept);
      for (const { at, byte } of changes) if (at < kept) bytes[at] = byte;
      const network = readLayerList(bytes, facts);
      if (network.ok) network.value.graphAt(16, 20, 2);
      else expect(network.error.code).toMatch(/^(model|file)-/);
    }),
    { numRuns: 200 },
  );
});
