import { describe, expect, it } from 'vitest';
import { photoPlace } from './photoPlace.ts';

describe('pixels of the picture that a network reads, on the photo', () => {
  it('are blocks of the photo where the picture is smaller, and lie as far out in the padding', () => {
    const { onPhoto } = photoPlace({ height: 8, width: 12 }, { height: 4, width: 4 }, 'whole');
    expect(onPhoto({ rows: [-1, 0, 3], columns: [1] })).toEqual({ rows: [-2, -1, 0, 1, 6, 7], columns: [3, 4, 5] });
  });

  it('are moved to where the square was cut', () => {
    const { onPhoto, onPicture } = photoPlace({ height: 4, width: 10 }, { height: 4, width: 4 }, 'square');
    expect(onPhoto({ rows: [0], columns: [0, 3] })).toEqual({ rows: [0], columns: [3, 6] });
    expect(onPicture(2, 4)).toEqual({ y: 2, x: 1 });
    expect(onPicture(2, 2)).toBeNull();
    expect(onPicture(2, 7)).toBeNull();
  });

  it('come back from every pixel of the photo that they stand for', () => {
    const { onPhoto, onPicture } = photoPlace({ height: 9, width: 6 }, { height: 3, width: 2 }, 'whole');
    for (const row of [0, 1, 2])
      for (const y of onPhoto({ rows: [row], columns: [0] }).rows) expect(onPicture(y, 0)).toEqual({ y: row, x: 0 });
  });
});
