/** A person's own files: kept by their content, named in the state. */
import { mostDataFiles, parseTrain, type TrainFile, type TrainState } from '../../../store/train.ts';
import { useSession } from '../../session.tsx';

export interface TakeFiles {
  /** The state then learns from them, and from those before; one of the same name takes the other's place. */
  readonly addData: (files: readonly File[]) => Promise<void>;
  /** Runs then begin with these weights instead of others. */
  readonly takeWeights: (file: File) => Promise<void>;
}

export function useTakeFiles(): TakeFiles {
  const { blobs, workspace } = useSession();
  const kept = async (file: File, use: TrainFile['use']): Promise<TrainFile> => {
    return { hash: await blobs.put(new Uint8Array(await file.arrayBuffer())), name: file.name, use };
  };
  const change = (next: (state: TrainState) => TrainState) =>
    workspace.getState().setPart('train', null, (written) => next(parseTrain(written)));
  return {
    async addData(files) {
      if (files.length === 0) return;
      const added = await Promise.all(files.map((file) => kept(file, 'data')));
      const names = new Set(added.map(({ name }) => name));
      change((state) => {
        const others = state.files.filter(({ use }) => use !== 'data');
        const before = state.files.filter(({ name, use }) => use === 'data' && !names.has(name));
        return { ...state, data: 'files', files: [...others, ...[...before, ...added].slice(-mostDataFiles)] };
      });
    },
    async takeWeights(file) {
      const taken = await kept(file, 'weights');
      change((state) => {
        return { ...state, start: 'file', files: [...state.files.filter(({ use }) => use !== 'weights'), taken] };
      });
    },
  };
}
