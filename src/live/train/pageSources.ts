/** Where the page has its data sets from: files served with it, sample photos, and a person's own files in the browser's database. */
import type { BlobStore } from '../../store/blobs.ts';
import { fetchFile } from '../fetchFile.ts';
import { fetchSample } from '../fetchSample.ts';
import type { SetSources } from './trainingSets.ts';

/** `blobs`: the session's, which has a file at hand before the database does, or without one. */
export function pageSources(blobs: Pick<BlobStore, 'get'>): SetSources {
  return {
    fetchFile,
    async openSample(name) {
      const bitmap = await createImageBitmap(await fetchSample(name));
      const { width, height } = bitmap;
      const context = new OffscreenCanvas(width, height).getContext('2d');
      if (!context) throw new Error('no canvas');
      context.drawImage(bitmap, 0, 0);
      bitmap.close();
      return { width, height, rgba: context.getImageData(0, 0, width, height).data };
    },
    bytesOf: (hash) => blobs.get(hash),
  };
}
