/** The weights that runs begin with where a state names a file of them, from wherever the page keeps it. */
import { type FormatResult, formatError } from '../../formats/formatError.ts';
import { type NamedTensors, readWeightsFile } from '../../formats/weightsFile.ts';
import { filesFor, type TrainState } from '../../store/train.ts';
import type { SetSources } from './trainingSets.ts';

/** Null where the seed draws them. An error names the file. */
export async function startTensors(
  state: Pick<TrainState, 'start' | 'files'>,
  { bytesOf }: Pick<SetSources, 'bytesOf'>,
): Promise<FormatResult<NamedTensors | null>> {
  if (state.start === 'drawn') return { ok: true, value: null };
  const [file] = filesFor('weights', state);
  if (!file) return formatError('weights-none');
  const bytes = await bytesOf(file.hash);
  if (!bytes) return formatError('own-file-gone', { name: file.name });
  const read = readWeightsFile(bytes);
  return read.ok ? read : formatError(read.error.code, { part: '', ...read.error.values, name: file.name });
}
