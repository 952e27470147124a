/**
 * The figure of filter groups as it was measured on five networks that were trained on CIFAR-10 (public/models/networks,
 * docs/channels.md): it stands complete before anybody trains anything.
 */
import { type FormatResult, formatError } from '../../formats/formatError.ts';
import { readSafetensors } from '../../formats/safetensors.ts';
import { matrix } from '../../math/matrix.ts';
import { fieldsOf, listOf } from '../../store/fields.ts';
import type { GroupColumn, GroupFigure, Moment } from './groupFigure.ts';

const folder = 'models/networks';
/** Of the measurement: training images 0..1999 at 16 x 16, and the test set (docs of the files). */
const counts = { images: 2000, samples: 512_000, testImages: 10_000, steps: 3929 } as const;

/** From the two files' contents. */
export function readMeasuredFigure(tensors: Uint8Array, numbers: unknown): FormatResult<GroupFigure> {
  const read = readSafetensors(tensors);
  if (!read.ok) return read;
  const momentOf = (stage: string, groups: number): Moment | null => {
    const name = `${stage}.g${String(groups).padStart(2, '0')}`;
    const of = (kind: string) => {
      const tensor = read.value.get(`${name}.${kind}`);
      const [rows, columns, ...more] = tensor?.shape ?? [];
      return tensor && rows && columns && more.length === 0
        ? matrix(rows, columns, Float64Array.from(tensor.values))
        : null;
    };
    const [whitened, pearson] = [of('whitened'), of('pearson')];
    return whitened && pearson && { whitened, pearson };
  };
  const published = fieldsOf(fieldsOf(numbers)?.published);
  const publishedOf = (groups: number): GroupColumn['published'] => {
    const [whitened, pearson] = ['whitened', 'pearson'].map((kind) => fieldsOf(published?.[kind])?.[groups]);
    return typeof whitened === 'number' && typeof pearson === 'number' ? { whitened, pearson } : null;
  };
  const columns = listOf(fieldsOf(numbers)?.nets).flatMap((each): GroupColumn[] => {
    const { g, params, macs, testAccuracy } = fieldsOf(each) ?? {};
    if (typeof g !== 'number' || typeof params !== 'number' || typeof macs !== 'number') return [];
    const [untrained, moment] = [momentOf('init', g), momentOf('trained', g)];
    if (!untrained || !moment) return [];
    const accuracy = typeof testAccuracy === 'number' ? testAccuracy : null;
    const trained = [{ step: counts.steps, moment }];
    return [{ groups: g, untrained, trained, parameters: params, macs, accuracy, published: publishedOf(g) }];
  });
  if (columns.length === 0) return formatError('file-incomplete', { name: 'correlations' });
  const { images, samples, testImages } = counts;
  return {
    ok: true,
    value: { source: 'measured', columns, rowLayer: 'conv2c', columnLayer: 'conv3a', images, samples, testImages },
  };
}

/** Loads both files from where the page was loaded. Never rejects. */
export async function loadMeasuredFigure(): Promise<FormatResult<GroupFigure>> {
  const [tensors, numbers] = [`${folder}/correlations.safetensors`, `${folder}/correlations.json`];
  try {
    const responses = await Promise.all([tensors, numbers].map((name) => fetch(`${import.meta.env.BASE_URL}${name}`)));
    if (responses.some((response) => !response.ok)) return formatError('file-not-loaded', { name: tensors });
    const [bytes, json] = await Promise.all([responses[0]!.arrayBuffer(), responses[1]!.json()]);
    return readMeasuredFigure(new Uint8Array(bytes), json);
  } catch {
    return formatError('file-not-loaded', { name: tensors });
  }
}
