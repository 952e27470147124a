/** Where the page has its data sets from: files served with it, sample photos, and a person's own files in the browser's database. */
import { createBlobStore } from '../../store/blobs.ts';
import { browserKeyValue } from '../../store/keyValue.ts';
import { fetchFile } from '../fetchFile.ts';
import { fetchSample } from '../fetchSample.ts';
import type { SetSources } from './trainingSets.ts';

export function pageSources(): SetSources {
  // Reads only: what is missing is said by whoever asked.
  const blobs = createBlobStore({ keyValue: browserKeyValue(), onProblem: () => undefined });
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
