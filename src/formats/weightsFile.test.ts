import { describe, expect, it } from 'vitest';
import { writeNpy } from './npy.ts';
import { writeSafetensors } from './safetensorsWriter.ts';
import { readWeightsFile } from './weightsFile.ts';
import { packZip } from './zip.ts';

const tensors = [
  { name: 'conv.weight', shape: [2, 1, 1, 1], values: Float32Array.of(0.5, -0.25) },
  { name: 'norm.running_mean', shape: [2], values: Float32Array.of(1, 2) },
];
const expected = new Map(tensors.map(({ name, shape, values }) => [name, { shape, values }]));
const arrays = tensors.map(({ name, shape, values }) => [`${name}.npy`, writeNpy(shape, values)] as const);

/** A safetensors file of one tensor whose bytes are given. */
function safetensors(name: string, dtype: string, shape: readonly number[], data: Uint8Array) {
  const header = new TextEncoder().encode(JSON.stringify({ [name]: { dtype, shape, data_offsets: [0, data.length] } }));
  const bytes = new Uint8Array(8 + header.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(header.length), true);
  bytes.set(header, 8);
  bytes.set(data, 8 + header.length);
  return bytes;
}

describe('a file of weights', () => {
  it('is read as safetensors or npz alike', () => {
    expect(readWeightsFile(writeSafetensors(tensors))).toEqual({ ok: true, value: expected });
    expect(readWeightsFile(packZip(new Map(arrays)))).toEqual({ ok: true, value: expected });
  });

  it("goes without PyTorch's counters of batches, which are whole numbers", () => {
    const whole = new TextDecoder().decode(writeSafetensors(tensors).subarray(8));
    const header = JSON.parse(whole.slice(0, whole.indexOf('}}') + 2));
    const withCounter = { ...header, 'norm.num_batches_tracked': { dtype: 'I64', shape: [], data_offsets: [16, 24] } };
    const text = new TextEncoder().encode(JSON.stringify(withCounter));
    const bytes = new Uint8Array(8 + text.length + 24);
    new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
    bytes.set(text, 8);
    bytes.set(writeSafetensors(tensors).subarray(-16), 8 + text.length);
    expect(readWeightsFile(bytes)).toEqual({ ok: true, value: expected });

    const counter = writeNpy([], Float32Array.of(0));
    counter.set(new TextEncoder().encode("'<i8'"), counter.indexOf(60) - 1);
    const packed = packZip(new Map([...arrays, ['norm.num_batches_tracked.npy', counter]]));
    expect(readWeightsFile(packed)).toEqual({ ok: true, value: expected });
  });

  it('may hold bfloat16 and float64', () => {
    // 1.5 and -2 in the upper halves of their float32.
    expect(readWeightsFile(safetensors('w', 'BF16', [2], Uint8Array.of(0xc0, 0x3f, 0, 0xc0)))).toEqual({
      ok: true,
      value: new Map([['w', { shape: [2], values: Float32Array.of(1.5, -2) }]]),
    });
    const doubles = new Uint8Array(Float64Array.of(0.25).buffer);
    expect(readWeightsFile(safetensors('w', 'F64', [], doubles))).toEqual({
      ok: true,
      value: new Map([['w', { shape: [], values: Float32Array.of(0.25) }]]),
    });
  });

  it.each([
    ['nothing', new Uint8Array(), 'file-truncated'],
    ['a text', new TextEncoder().encode('a text that is no file of weights'), 'weights-unknown'],
    ['a ZIP without arrays', packZip(new Map([['data.pkl', Uint8Array.of(1)]])), 'weights-unknown'],
    ['one that ends early', writeSafetensors(tensors).subarray(0, -4), 'file-truncated'],
    ['whole numbers', safetensors('w', 'I64', [], new Uint8Array(8)), 'file-unsupported'],
    [
      'no number',
      writeSafetensors([{ name: 'w', shape: [1], values: Float32Array.of(Number.NaN) }]),
      'weights-not-finite',
    ],
  ])('is refused: %s', (_what, bytes, code) => {
    expect(readWeightsFile(bytes)).toMatchObject({ ok: false, error: { code } });
  });
});
