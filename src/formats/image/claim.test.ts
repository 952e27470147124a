import { describe, expect, it } from 'vitest';
import { claimOf, isClaimFor } from './claim.ts';

describe('what a file claims to be', () => {
  it('is its ending, else its type', () => {
    expect(claimOf(new File([], 'a.jpg', { type: 'image/png' }))).toBe('JPG');
    expect(claimOf(new File([], 'clipboard', { type: 'image/png' }))).toBe('PNG');
    expect(claimOf(new File([], 'letter.txt'))).toBeNull();
  });

  it('is kept by JPG and JFIF for a JPEG, and broken by PNG', () => {
    expect(isClaimFor('JPG', 'JPEG')).toBe(true);
    expect(isClaimFor('JFIF', 'JPEG')).toBe(true);
    expect(isClaimFor('WEBP', 'WebP')).toBe(true);
    expect(isClaimFor('PNG', 'JPEG')).toBe(false);
  });
});
