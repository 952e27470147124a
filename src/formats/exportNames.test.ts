import { describe, expect, it } from 'vitest';
import { exportName } from './exportNames.ts';

describe('the name of an exported file', () => {
  it('is the photo’s with an ending for each kind', () => {
    const kinds = ['npz', 'png', 'csv', 'json', 'pytorch', 'convscope'] as const;
    expect(kinds.map((kind) => exportName(kind, 'cat'))).toEqual([
      'cat.npz',
      'cat-maps.png',
      'cat-statistics.csv',
      'cat.json',
      'cat-pytorch.py',
      'cat.convscope',
    ]);
  });

  it.each([
    ['holiday.jpg', 'holiday'],
    ['My photo (1).final.JPEG', 'My-photo-1-final'],
    ['../../etc/passwd', 'etc-passwd'],
    ['Mr. Smith', 'Mr-Smith'],
    // Decomposed, as some systems hand names over.
    ['고양이.png'.normalize('NFD'), '고양이'],
    ['"; import os #.png', 'import-os'],
    ['.png', 'convscope'],
    ['???', 'convscope'],
    ['con.png', 'con-photo'],
    [`${'x'.repeat(200)}.png`, 'x'.repeat(64)],
  ])('keeps letters and digits alone: %s', (photo, base) => {
    expect(exportName('npz', photo)).toBe(`${base}.npz`);
  });
});
