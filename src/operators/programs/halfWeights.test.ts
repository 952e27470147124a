import { describe, expect, it } from 'vitest';
import { halfWeights } from './halfWeights.ts';
import { floatsPerBlock, orderKey, packedFloats, packWeights, type WeightOrder } from './weights.ts';

const order: WeightOrder = {
  taps: 'blocks',
  filters: 4,
  groups: 1,
  outChannels: 6,
  inChannels: 3,
  kernel: [1, 1],
  narrowing: halfWeights,
};

describe('weights as half floats', () => {
  // Filter o: three weights of the size 2^o, and a bias.
  const weight = Float32Array.from({ length: 18 }, (_, i) => (i % 3 === 1 ? -1.5 : 1) * 2 ** Math.floor(i / 3));
  const packed = packWeights(order, { weight, bias: Float32Array.of(1, 2, 3, 4, 5, 6) });
  const words = new Uint32Array(packed.buffer);

  it('take four biases, four powers of two and half a word for each weight', () => {
    // Three channels are filled up to four.
    expect(floatsPerBlock(order)).toBe(4 + 4 + (4 * 4) / 2);
    expect(packed).toHaveLength(packedFloats(order));
    expect(orderKey(order)).not.toBe(orderKey({ ...order, taps: 'rows' }));
    const { narrowing: _, ...plain } = order;
    expect(orderKey(order)).not.toBe(orderKey(plain));
  });

  it('are divided by the power of two of their filter, as its bias is', () => {
    expect([...packed.subarray(4, 8)]).toEqual([1, 2, 4, 8]);
    expect([...packed.subarray(0, 4)]).toEqual([1, 2 / 2, 3 / 4, 4 / 8]);
    // Two filters in a word: 1, then -1.5, then 1, then the channel that fills up.
    expect([...words.subarray(8, 16)]).toEqual(
      [0x3c00, 0xbe00, 0x3c00, 0].flatMap((bits) => Array(2).fill((bits | (bits << 16)) >>> 0)),
    );
  });

  it('are the same block by block, where they are bound in parts', () => {
    const parts = [0, 1].map((block) => packWeights(order, { weight, bias: null }, [block, block + 1]));
    const whole = packWeights(order, { weight, bias: null });
    expect(parts.flatMap((part) => [...new Uint32Array(part.buffer)])).toEqual([...new Uint32Array(whole.buffer)]);
  });

  it('of filters that fill up the block are 0, by a power of 1', () => {
    expect([...packed.subarray(16, 24)]).toEqual([5 / 16, 6 / 32, 0, 0, 16, 32, 1, 1]);
  });
});
