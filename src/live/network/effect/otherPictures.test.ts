import { describe, expect, it } from 'vitest';
import type { PhotoDesk, PictureRequest } from '../../../formats/image/photoDesk.ts';
import type { Picture } from '../../results.ts';
import { fitted, OtherPhotoError, otherPictures } from './otherPictures.ts';

/** One channel, whose value is 10 times the row and the column. */
function picture(height: number, width: number): Picture {
  const values = Float32Array.from({ length: height * width }, (_, i) => 10 * Math.floor(i / width) + (i % width));
  const rgba = new Uint8ClampedArray(4 * height * width);
  return { rgba, height, width, fullHeight: height, fullWidth: width, opaque: true, values, channels: 1, name: '' };
}

const input = { channels: 'grey', range: 'unit', ground: '#ffffff' } as const;

/** Photos of 40 x 60 pixels; what is asked of it, and which stand open. */
function deskOf(isPhoto = true) {
  const asked: PictureRequest[] = [];
  const open = new Set<number>();
  const desk: PhotoDesk = {
    async open() {
      if (!isPhoto) return { ok: false, error: { code: 'not-an-image', values: {} } } as const;
      open.add(7);
      return { ok: true, value: { id: 7, fullHeight: 40, fullWidth: 60, opaque: true, format: 'PNG' } };
    },
    async picture(_, request) {
      asked.push(request);
      const scale = request.workingSize / 60;
      return { ...picture(Math.round(40 * scale), Math.round(60 * scale)), values: new Float32Array(2400) };
    },
    frame: () => Promise.reject(new Error('no camera')),
    close: async (id) => void open.delete(id),
  };
  return { desk, asked, open };
}

const fetchSample = async () => new Blob();

describe('other photos', () => {
  it('are cut to the shape of what the network reads, around the middle', () => {
    const part = fitted(picture(4, 8), { height: 4, width: 4 });
    expect([part.height, part.width]).toEqual([4, 4]);
    expect([...part.values.subarray(0, 4)]).toEqual([2, 3, 4, 5]);
    // Columns 2 to 5 of two rows each.
    expect([...fitted(picture(4, 8), { height: 2, width: 2 }).values]).toEqual([7.5, 9.5, 27.5, 29.5]);
    expect(fitted(picture(2, 2), { height: 4, width: 8 })).toMatchObject({ height: 4, width: 8 });
  });

  it('are asked for as large as that shape needs, in the same channels and range, and closed again', async () => {
    const { desk, asked, open } = deskOf();
    const photos = [{ kind: 'sample', name: 'cat' }] as const;
    const made = await otherPictures({ desk, fetchSample, photos, like: picture(20, 20), input });
    // 20 of 40 rows: half the size, 30 columns, of which 20 are taken.
    expect(asked).toEqual([{ ...input, workingSize: 30, painting: null }]);
    expect(made.map(({ height, width, name }) => [height, width, name])).toEqual([[20, 20, 'cat']]);
    expect(open.size).toBe(0);
  });

  it('say why one cannot be had', async () => {
    const file = { kind: 'file', name: 'a.txt', file: new Blob() } as const;
    const refused = otherPictures({
      desk: deskOf(false).desk,
      fetchSample,
      photos: [file],
      like: picture(2, 2),
      input,
    });
    await expect(refused).rejects.toBeInstanceOf(OtherPhotoError);
    await expect(refused).rejects.toMatchObject({ problem: { kind: 'photo', code: 'not-an-image' } });
    const missing = otherPictures({
      ...{ desk: deskOf().desk, photos: [{ kind: 'sample', name: 'x' }], like: picture(2, 2), input },
      fetchSample: () => Promise.reject(new Error('404')),
    });
    await expect(missing).rejects.toMatchObject({ problem: { code: 'sample-not-loaded', values: { name: 'x' } } });
  });
});
