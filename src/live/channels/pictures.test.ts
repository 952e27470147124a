import { describe, expect, it } from 'vitest';
import type { PhotoDesk } from '../../formats/image/photoDesk.ts';
import { testPicture } from '../testing/testPicture.ts';
import { type PictureSources, picturesFor } from './pictures.ts';
import { ChannelsRefusal, type ChannelsSubject } from './subject.ts';

const photo = testPicture([12, 16]);
const subject = { photo: { channels: 'rgb', range: 'unit' } } as ChannelsSubject;

/** Opens every file but those that hold the word "broken". */
const startDesk = () =>
  ({
    async open(file: Blob) {
      if ((await file.text()).includes('broken')) return { ok: false, error: { code: 'photo-damaged', values: {} } };
      return { ok: true, value: { id: 1, fullWidth: 16, fullHeight: 12, opaque: true } };
    },
    picture: async () => photo,
    close: async () => undefined,
    dispose: () => undefined,
  }) as unknown as PhotoDesk & { dispose(): void };

const sources = (kept: Readonly<Record<string, string>>): PictureSources => ({
  blobs: {
    get: async (hash) => {
      const text = kept[hash];
      return text === undefined ? undefined : new TextEncoder().encode(text);
    },
  },
  startDesk,
  fetchSample: async () => new Blob(),
  fetchFile: async () => new Uint8Array(),
  trainedRuns: async () => [],
  samples: [],
});

const choose = (hashes: readonly string[], kept: Readonly<Record<string, string>>) =>
  picturesFor(
    subject,
    {
      images: { source: 'files', count: 1, size: null },
      files: hashes.map((hash) => ({ hash, name: `${hash}.png` })),
      ground: '#ffffff',
      size: [12, 16],
    },
    photo,
    sources(kept),
    new AbortController().signal,
  );

describe('a person’s own pictures', () => {
  it('go on without one that is broken and one that is gone, and say which', async () => {
    const { pictures, refused } = await choose(['a', 'b', 'c', 'd'], { a: 'whole', b: 'broken', d: 'whole' });
    expect(pictures).toHaveLength(2);
    expect(refused.map(({ code, values }) => [code, values.name])).toEqual([
      ['missing', 'c.png'],
      ['photo-damaged', 'b.png'],
    ]);
  });

  it('are refused where none can be read', async () => {
    await expect(choose(['b'], { b: 'broken' })).rejects.toBeInstanceOf(ChannelsRefusal);
  });
});
