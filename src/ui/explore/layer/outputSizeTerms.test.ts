import { describe, expect, it } from 'vitest';
import { workOutSize } from './outputSizeTerms.ts';

const written = (sizes: Parameters<typeof workOutSize>[0]) =>
  workOutSize(sizes)
    .terms.map((term) => term.text)
    .join('');

describe('the output size, worked out', () => {
  it('writes a 3-wide kernel with padding 1 on 300 rows with all its numbers', () => {
    const sizes = { input: 300, before: 1, after: 1, dilation: 1, kernel: 3, stride: 1 };
    expect(written(sizes)).toBe('⌊(300 + 1 + 1 − 1·(3 − 1) − 1) / 1⌋ + 1 = 300');
  });

  it('names the one column that stride 2 leaves unread: 8 columns, kernel 3, outputs at 0, 2 and 4', () => {
    const worked = workOutSize({ input: 8, before: 0, after: 0, dilation: 1, kernel: 3, stride: 2 });
    expect(worked).toMatchObject({ dropped: 1, droppedPhoto: 1 });
  });

  it('counts a dropped row as padding where the padding lies at the far end', () => {
    const worked = workOutSize({ input: 8, before: 1, after: 1, dilation: 1, kernel: 3, stride: 2 });
    expect(worked).toMatchObject({ dropped: 1, droppedPhoto: 0 });
  });

  it('drops padding first and then the photo: 10 rows, 1 below, kernel 1, stride 8 reads rows 0 and 8', () => {
    const worked = workOutSize({ input: 10, before: 0, after: 1, dilation: 1, kernel: 1, stride: 8 });
    expect(worked).toMatchObject({ dropped: 2, droppedPhoto: 1 });
  });
});
