/** Files of a data set: kept by their content, named in the state, which then learns from them. One of the same name takes the other's place. */
import { mostDataFiles, parseTrain } from '../../../store/train.ts';
import { useSession } from '../../session.tsx';

export function useAddData(): (files: readonly File[]) => Promise<void> {
  const { blobs, workspace } = useSession();
  return async (files) => {
    if (files.length === 0) return;
    const added = await Promise.all(
      files.map(async (file) => ({ hash: await blobs.put(new Uint8Array(await file.arrayBuffer())), name: file.name })),
    );
    workspace.getState().setPart('train', null, (written) => {
      const state = parseTrain(written);
      const names = new Set(added.map(({ name }) => name));
      const all = [...state.files.filter(({ name }) => !names.has(name)), ...added];
      return { ...state, data: 'files', files: all.slice(-mostDataFiles) };
    });
  };
}
