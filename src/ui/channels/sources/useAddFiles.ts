/** A person's own pictures: kept by their content, named in the state. What is no picture is left out. */
import type { OwnFile } from '../../../store/ownFiles.ts';
import { useSession } from '../../session.tsx';
import { useChangeChannels, useLookAtChannels } from '../channels.tsx';

export function useAddFiles(): (files: Iterable<File>) => Promise<void> {
  const { blobs } = useSession();
  const change = useChangeChannels();
  const look = useLookAtChannels();
  return async (files) => {
    const added: OwnFile[] = [];
    // An input that is emptied for the next choice empties its list.
    for (const file of [...files]) {
      if (!file.type.startsWith('image/')) continue;
      added.push({ hash: await blobs.put(new Uint8Array(await file.arrayBuffer())), name: file.name });
    }
    if (added.length === 0) return;
    change(null, (state) => {
      const known = new Set(state.files.map(({ hash }) => hash));
      const all = [...state.files, ...added.filter(({ hash }) => !known.has(hash))];
      return { ...state, files: all, images: { ...state.images, source: 'files' } };
    });
    look({ picture: 0 });
  };
}
