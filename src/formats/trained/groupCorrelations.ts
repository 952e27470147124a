/**
 * The measured correlations of conv2c (rows) and conv3a (columns) of the five Network-in-Network models, after ReLU, signed, 96 x 96, on
 * 2,000 CIFAR-10 training images: what Train opens on before anybody has trained.
 */
import { type FormatResult, formatError } from '../formatError.ts';
import { readSafetensors } from '../safetensors.ts';
import { type FetchFile, type FilterGroups, filterGroups } from './samples.ts';

/** Row-major [channels, channels]. */
export interface CorrelationPair {
  readonly pearson: Float32Array;
  readonly whitened: Float32Array;
}

export interface GroupCorrelations {
  readonly groups: FilterGroups;
  readonly channels: number;
  readonly untrained: CorrelationPair;
  readonly trained: CorrelationPair;
}

export async function readGroupCorrelations(fetchFile: FetchFile): Promise<FormatResult<readonly GroupCorrelations[]>> {
  const file = await fetchFile('correlations.safetensors');
  if (!file.ok) return file;
  const tensors = readSafetensors(file.value);
  if (!tensors.ok) return tensors;
  const all: GroupCorrelations[] = [];
  for (const groups of filterGroups) {
    const key = `g${String(groups).padStart(2, '0')}`;
    const parts = ['init', 'trained'].flatMap((state) =>
      ['pearson', 'whitened'].map((kind) => tensors.value.get(`${state}.${key}.${kind}`)),
    );
    const [initPearson, initWhitened, pearson, whitened] = parts;
    if (!initPearson || !initWhitened || !pearson || !whitened) return formatError('file-incomplete', { name: key });
    const channels = pearson.shape[0] ?? 0;
    if (parts.some((part) => part?.values.length !== channels * channels))
      return formatError('file-incomplete', { name: key });
    all.push({
      ...{ groups, channels },
      untrained: { pearson: initPearson.values, whitened: initWhitened.values },
      trained: { pearson: pearson.values, whitened: whitened.values },
    });
  }
  return { ok: true, value: all };
}
