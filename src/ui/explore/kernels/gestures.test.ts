import { describe, expect, it } from 'vitest';
import { createGestures } from './gestures.ts';

describe('gestures', () => {
  it('joins steps at one cell that follow within 0.7 s, and parts others', () => {
    let time = 0;
    const gestures = createGestures(() => time);
    const first = gestures.running('a');
    time = 600;
    expect(gestures.running('a')).toBe(first);
    expect(gestures.running('b')).not.toBe(first);
    time = 1400;
    expect(gestures.running('b')).not.toBe(first);
  });

  it('never gives two fresh gestures the same id', () => {
    const gestures = createGestures();
    expect(gestures.fresh()).not.toBe(gestures.fresh());
  });
});
