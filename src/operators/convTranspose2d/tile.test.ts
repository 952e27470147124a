import { describe, expect, it } from 'vitest';
import { createConvTranspose2d } from './index.ts';
import { tileOf } from './tile.ts';

const gpu = {
  maxStorageBinding: 2 ** 27,
  maxUniformBinding: 65536,
  maxWorkgroupsPerDimension: 65535,
  canBroadcast: false,
  busyInvocations: 16384,
};
type Attributes = Parameters<typeof createConvTranspose2d>[0];
const tile = (attributes: Partial<Attributes>, size: number, traits = gpu) => {
  const conv = createConvTranspose2d({
    ...{ inChannels: 64, outChannels: 3, kernelSize: [4, 4], stride: [2, 2] },
    ...attributes,
  });
  return tileOf(conv, [1, conv.outChannels, size, size], traits);
};

describe('how a transposed convolution is computed on a GPU', () => {
  it('all phases at once for up to four filters, since a vec4 would feed sixteen multiply-adds of one', () => {
    expect(tile({}, 66)).toEqual({
      ...{ channels: 'blocks', filters: 4, pixels: 4, taps: 0, together: [2, 2] },
      // 33 x 33 places.
      workgroups: 18,
    });
    expect(tile({ outChannels: 8 }, 66).together).toBeUndefined();
    expect(tile({ inChannels: 2, outChannels: 16 }, 66)).toMatchObject({ channels: 'planes', together: [2, 2] });
  });

  it('counts the places that reach into a cropped output', () => {
    // Rows 1..64 of the uncropped output: places 0..32.
    const padding = { top: 1, bottom: 1, left: 1, right: 1 };
    expect(tile({ padding }, 64).workgroups).toBe(Math.ceil((33 * 33) / 64));
  });

  it('several places in one invocation where many are left', () => {
    expect(tile({}, 1024)).toMatchObject({ pixels: 16, workgroups: (512 * 512) / 4 / 64 });
  });

  it.each([
    ['a dilation keeps their inputs apart', { dilation: [2, 1] }],
    ['they have more sums than registers', { stride: [5, 5] }],
    ['there is one phase', { stride: [1, 1] }],
  ] satisfies [string, Partial<Attributes>][])('each phase by itself where %s', (_, attributes) => {
    expect(tile(attributes, 80).together).toBeUndefined();
  });

  it('and on software adapters, which were not measured', () => {
    expect(tile({}, 66, { ...gpu, canBroadcast: true }).together).toBeUndefined();
  });
});
