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

/** The check's own numbers: s = 1; s = (1664525 s + 1013904223) mod 2^32; x = 2 (s / 2^31 - 1). */
export function lcg(length: number, scale = 2): Float32Array<ArrayBuffer> {
  let state = 1;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return scale * (state / 2 ** 31 - 1);
  });
}
