import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { classesInTurn, fashionImages, pictureOfSet } from './dataSetPictures.ts';

const served = async (path: string) => new Uint8Array(await readFile(`public/${path}`));

describe('Fashion-MNIST as pictures', () => {
  it('has a thousand test images, of which few too show every class', async () => {
    const set = await fashionImages(served);
    if (!set.ok) throw new Error(set.error.code);
    expect(set.value.labels).toHaveLength(1000);
    const labels = classesInTurn(set.value, 30).map((at) => set.value.labels[at]);
    for (let label = 0; label < 10; label++) expect(labels.filter((each) => each === label)).toHaveLength(3);
    expect(new Set(classesInTurn(set.value, 1000)).size).toBe(1000);
  });

  it('reads each byte as the same value in every channel', async () => {
    const set = await fashionImages(served);
    if (!set.ok) throw new Error(set.error.code);
    const picture = pictureOfSet(set.value, 5, { height: 28, width: 28 }, { channels: 'rgb', range: 'unit' });
    const bytes = set.value.pixels.subarray(5 * 784, 6 * 784);
    const wanted = Float32Array.from(bytes, (byte) => byte / 255);
    for (const channel of [0, 1, 2])
      expect(picture.values.subarray(channel * 784, (channel + 1) * 784)).toEqual(wanted);
    expect(Math.max(...bytes)).toBeGreaterThan(200);
  });

  it('is brought to the size that the network reads', async () => {
    const set = await fashionImages(served);
    if (!set.ok) throw new Error(set.error.code);
    const picture = pictureOfSet(set.value, 0, { height: 97, width: 97 }, { channels: 'rgb', range: 'unit' });
    expect([picture.height, picture.width, picture.values.length]).toEqual([97, 97, 3 * 97 * 97]);
  });

  it('says what the server did not give', async () => {
    const set = await fashionImages(async () => {
      throw new Error('404');
    });
    expect(set).toMatchObject({ ok: false, error: { code: 'file-not-loaded' } });
  });
});
