/** The trained networks that ship with the page (`public/models/networks`, credited in `public/CREDITS.md`), loaded when asked for. */
import type { TrainedNetwork } from '../../graph/trained/trainedNetwork.ts';
import { type FormatResult, formatError } from '../formatError.ts';
import { readTfjs, shardNames } from '../tfjs/readTfjs.ts';
import { factsOfFile } from './knownModels.ts';
import { readLayerList } from './layerList.ts';

/** Filter groups of the five Network-in-Network models. */
export const filterGroups = [1, 2, 4, 8, 16] as const;
export type FilterGroups = (typeof filterGroups)[number];

export type NinName = `nin-g${'01' | '02' | '04' | '08' | '16'}${'' | '-init'}`;
export type TrainedSampleName = 'posenet' | 'blazeface-front' | 'esrgan-slim-x2' | NinName;

/** `isTrained` false: the same network before training. */
export function ninName(groups: FilterGroups, isTrained: boolean): NinName {
  const number = { 1: '01', 2: '02', 4: '04', 8: '08', 16: '16' } as const;
  return `nin-g${number[groups]}${isTrained ? '' : '-init'}`;
}

export const trainedSampleNames: readonly TrainedSampleName[] = [
  'posenet',
  'blazeface-front',
  'esrgan-slim-x2',
  ...filterGroups.flatMap((groups) => [ninName(groups, true), ninName(groups, false)]),
];

/** How a file of the folder is fetched: its bytes, or why not. */
export type FetchFile = (file: string) => Promise<FormatResult<Uint8Array>>;

const loading = new Map<TrainedSampleName, Promise<FormatResult<TrainedNetwork>>>();

/** Loads once per page; a failed one again at the next call. Never rejects. */
export function loadTrainedSample(name: TrainedSampleName): Promise<FormatResult<TrainedNetwork>> {
  const known = loading.get(name);
  if (known) return known;
  const result = readTrainedSample(name, fetchFromPage).then((network) => {
    if (!network.ok) loading.delete(name);
    return network;
  });
  loading.set(name, result);
  return result;
}

export async function readTrainedSample(
  name: TrainedSampleName,
  fetchFile: FetchFile,
): Promise<FormatResult<TrainedNetwork>> {
  const isTfjs = !name.startsWith('nin-');
  const file = await fetchFile(isTfjs ? `${name}.json` : `${name}.safetensors`);
  if (!file.ok) return file;
  if (!isTfjs) return readLayerList(file.value, factsOfNin(name));
  const json = new TextDecoder().decode(file.value);
  const names = shardNames(json);
  if (!names.ok) return names;
  const shards = new Map<string, Uint8Array>();
  for (const shard of names.value) {
    const bytes = await fetchFile(shard);
    if (!bytes.ok) return bytes;
    shards.set(shard, bytes.value);
  }
  return readTfjs(json, shards, factsOfFile(`${name}.json`));
}

function factsOfNin(name: string): Parameters<typeof readLayerList>[1] {
  const [, groups = ''] = /^nin-g(\d+)/.exec(name) ?? [];
  const state = name.endsWith('-init') ? ', untrained' : '';
  return {
    name: `NiN g=${Number(groups)}${state}`,
    source: { title: 'Network-in-Network on CIFAR-10 (Lin et al. 2013; Ioannou et al. 2016)', licence: 'ConvScope' },
  };
}

async function fetchFromPage(file: string): Promise<FormatResult<Uint8Array>> {
  try {
    const response = await fetch(`${import.meta.env.BASE_URL}models/networks/${file}`);
    if (!response.ok) return formatError('file-not-loaded', { name: file });
    return { ok: true, value: new Uint8Array(await response.arrayBuffer()) };
  } catch {
    return formatError('file-not-loaded', { name: file });
  }
}
