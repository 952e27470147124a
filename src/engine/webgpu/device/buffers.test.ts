/** The buffer pool on a device that only counts: what lies idle is bounded, and what was used last is kept longest. */
import { describe, expect, it } from 'vitest';
import { BufferPool } from './buffers.ts';

const mebibyte = 2 ** 20;

/** `refused`: what the device says of each allocation, or null. */
function setUp(budget: number, refused: Pick<GPUError, 'message'> | null = null) {
  const live = { bytes: 0 };
  const device = {
    limits: { maxBufferSize: 256 * mebibyte },
    pushErrorScope: () => undefined,
    popErrorScope: async () => refused,
    createBuffer: ({ size }: GPUBufferDescriptor) => {
      live.bytes += size;
      return {
        destroy: () => {
          live.bytes -= size;
        },
      };
    },
  };
  return { live, pool: new BufferPool(device as unknown as GPUDevice, budget) };
}

describe('the buffer pool', () => {
  it('keeps within its budget when a slider moves through hundreds of sizes, half of it idle at most', () => {
    const { pool, live } = setUp(64 * mebibyte);
    let shown = pool.take(mebibyte, 'maps');
    for (let step = 1; step <= 400; step++) {
      const next = pool.take(mebibyte + step * 40_000, 'maps');
      pool.give(shown);
      shown = next;
      pool.reap();
      expect(live.bytes).toBe(pool.bytesAllocated);
      expect(pool.bytesAllocated).toBeLessThanOrEqual(64 * mebibyte);
      expect(pool.bytesAllocated - pool.bytesInUse).toBeLessThanOrEqual(32 * mebibyte);
    }
  });

  it('hands a buffer out again for the same use and a like size', () => {
    const { pool } = setUp(64 * mebibyte);
    const buffer = pool.take(1000, 'maps');
    pool.give(buffer);
    expect(pool.take(1000, 'storage')).not.toBe(buffer);
    expect(pool.take(990, 'maps')).toBe(buffer);
    expect(pool.allocations).toBe(2);
  });

  it('gives up first what has been idle longest, however early its size was used for the first time', () => {
    const { pool } = setUp(8 * mebibyte);
    const [old, other] = [pool.take(mebibyte, 'maps'), pool.take(2 * mebibyte, 'maps')];
    pool.give(old);
    pool.give(other);
    pool.give(pool.take(mebibyte, 'maps'));
    // Half of the budget may lie idle: one of the three has to go.
    pool.give(pool.take(2.5 * mebibyte, 'maps'));
    expect(pool.take(mebibyte, 'maps')).toBe(old);
  });

  it('tells an allocation that the device refuses as out-of-memory, once', async () => {
    const { pool } = setUp(64 * mebibyte, { message: 'no room for 1 MiB' });
    pool.take(mebibyte, 'maps');
    await expect(pool.settled()).rejects.toMatchObject({ code: 'out-of-memory', message: 'no room for 1 MiB' });
    await pool.settled();
  });

  it('never hands out again what the device had no room for, given back before or after that is known', async () => {
    const { pool } = setUp(64 * mebibyte, { message: 'no room' });
    const [early, late] = [pool.take(1000, 'maps'), pool.take(1000, 'maps')];
    pool.give(early);
    await expect(pool.settled()).rejects.toMatchObject({ code: 'out-of-memory' });
    pool.give(late);
    expect(pool.bytesAllocated).toBe(0);
    const next = pool.take(1000, 'maps');
    expect([early, late]).not.toContain(next);
    expect(pool.mapBytes).toBe(next.size);
  });
});
