/** The networks that ship, read from the repository. */
import { readFile } from 'node:fs/promises';
import type { TrainedNetwork } from '../../../graph/trained/trainedNetwork.ts';
import { type FormatResult, formatError } from '../../formatError.ts';
import { readTrainedSample, type TrainedSampleName } from '../samples.ts';

export async function fileOfDisk(file: string): Promise<FormatResult<Uint8Array>> {
  try {
    return { ok: true, value: new Uint8Array(await readFile(`public/models/networks/${file}`)) };
  } catch {
    return formatError('file-not-loaded', { name: file });
  }
}

export async function sampleOfDisk(name: TrainedSampleName): Promise<TrainedNetwork> {
  const network = await readTrainedSample(name, fileOfDisk);
  if (!network.ok) throw new Error(`${network.error.code} ${JSON.stringify(network.error.values)}`);
  return network.value;
}
