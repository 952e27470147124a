/** Weights of learned layers, which ship with the page (`public/models`, credited in `public/CREDITS.md`). */
import type { GraphParameters, NodeId } from '../graph/graph.ts';
import { type FormatResult, formatError } from './formatError.ts';
import { readSafetensors } from './safetensors.ts';

/** The file's tensors `<node>.weight` and `<node>.bias` by node; a bank's single `weight` is that of `conv0`. */
export function readWeights(bytes: Uint8Array): FormatResult<GraphParameters> {
  const tensors = readSafetensors(bytes);
  if (!tensors.ok) return tensors;
  const parameters: Record<NodeId, GraphParameters[NodeId]> = {};
  for (const [name, { values }] of tensors.value) {
    if (name === 'weight') parameters.conv0 = { weight: values, bias: null };
    const [, node] = /^(.+)\.weight$/.exec(name) ?? [];
    if (node) parameters[node] = { weight: values, bias: tensors.value.get(`${node}.bias`)?.values ?? null };
  }
  return { ok: true, value: parameters };
}

const loading = new Map<string, Promise<FormatResult<GraphParameters>>>();

/** Loads the files together; each once per page, a failed one again at the next call. Never rejects. */
export async function loadWeights(files: readonly string[]): Promise<FormatResult<GraphParameters>> {
  let all: GraphParameters = {};
  for (const part of await Promise.all(files.map(loadFile))) {
    if (!part.ok) return part;
    all = { ...all, ...part.value };
  }
  return { ok: true, value: all };
}

function loadFile(name: string): Promise<FormatResult<GraphParameters>> {
  const known = loading.get(name);
  if (known) return known;
  const result = fetchFile(`${name}.safetensors`).then((weights) => {
    if (!weights.ok) loading.delete(name);
    return weights;
  });
  loading.set(name, result);
  return result;
}

async function fetchFile(file: string): Promise<FormatResult<GraphParameters>> {
  try {
    const response = await fetch(`${import.meta.env.BASE_URL}models/${file}`);
    if (!response.ok) return formatError('file-not-loaded', { name: file });
    return readWeights(new Uint8Array(await response.arrayBuffer()));
  } catch {
    return formatError('file-not-loaded', { name: file });
  }
}
