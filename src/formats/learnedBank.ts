/** The first layers of four trained networks, which ship with the page (`public/models`, credited in `public/CREDITS.md`). */
import type { LearnedBank } from '../graph/weights/filterState.ts';
import { type FormatResult, formatError } from './formatError.ts';
import { readSafetensors } from './safetensors.ts';

/** Learned filters [O, 3, kh, kw], as trained, for RGB input. */
export interface FilterBank {
  readonly name: LearnedBank;
  readonly shape: readonly [outChannels: number, inChannels: number, h: number, w: number];
  readonly weight: Float32Array<ArrayBuffer>;
}

/** The file's tensor `weight` as a bank. */
export function readBank(name: LearnedBank, bytes: Uint8Array): FormatResult<FilterBank> {
  const tensors = readSafetensors(bytes);
  if (!tensors.ok) return tensors;
  const weight = tensors.value.get('weight');
  const [outChannels, inChannels, h, w, ...more] = weight?.shape ?? [];
  if (!weight || !outChannels || inChannels !== 3 || !h || !w || more.length > 0) {
    return formatError('file-incomplete', { name: 'weight [O, 3, kh, kw]' });
  }
  return { ok: true, value: { name, shape: [outChannels, inChannels, h, w], weight: weight.values } };
}

const loading = new Map<LearnedBank, Promise<FormatResult<FilterBank>>>();

/** Loads a bank from where the page was loaded; once per page. A failed load is tried again at the next call. Never rejects. */
export function loadBank(name: LearnedBank): Promise<FormatResult<FilterBank>> {
  const known = loading.get(name);
  if (known) return known;
  const result = fetchBank(name).then((bank) => {
    if (!bank.ok) loading.delete(name);
    return bank;
  });
  loading.set(name, result);
  return result;
}

async function fetchBank(name: LearnedBank): Promise<FormatResult<FilterBank>> {
  const file = `${name}-conv1.safetensors`;
  try {
    const response = await fetch(`${import.meta.env.BASE_URL}models/${file}`);
    if (!response.ok) return formatError('file-not-loaded', { name: file });
    return readBank(name, new Uint8Array(await response.arrayBuffer()));
  } catch {
    return formatError('file-not-loaded', { name: file });
  }
}
