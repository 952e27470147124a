import { describe, expect, it } from 'vitest';
import { infoOf, isSoftwareAdapter } from './softwareAdapter.ts';

const named = (description: string, vendor = '', architecture = '') => ({
  vendor,
  architecture,
  device: '',
  description,
});

describe('an adapter', () => {
  it('counts as software when the browser says so', () => {
    expect(isSoftwareAdapter({ ...named('Unknown'), isFallbackAdapter: true })).toBe(true);
  });

  it('counts as software by the names of known CPU drivers', () => {
    expect(isSoftwareAdapter(named('', 'google', 'swiftshader'))).toBe(true);
    expect(isSoftwareAdapter(named('llvmpipe (LLVM 19.1.7, 256 bits)', 'mesa'))).toBe(true);
    expect(isSoftwareAdapter(named('Microsoft Basic Render Driver', 'microsoft'))).toBe(true);
  });

  it('counts as a GPU otherwise', () => {
    expect(isSoftwareAdapter(named('Apple M3', 'apple', 'metal-3'))).toBe(false);
    expect(isSoftwareAdapter({ ...named('', 'nvidia', 'ampere'), isFallbackAdapter: false })).toBe(false);
    expect(isSoftwareAdapter(named('', '', ''))).toBe(false);
  });

  it('is told in the words of older browsers too: no info at all, the mark on the adapter', () => {
    expect(infoOf({})).toEqual({ ...named(''), subgroupMinSize: 0, subgroupMaxSize: 0, isFallbackAdapter: false });
    expect(isSoftwareAdapter(infoOf({ isFallbackAdapter: true }))).toBe(true);
    expect(isSoftwareAdapter(infoOf({ info: named('', 'nvidia'), isFallbackAdapter: true }))).toBe(true);
    expect(isSoftwareAdapter(infoOf({ info: { ...named('', 'apple'), isFallbackAdapter: false } }))).toBe(false);
  });
});
