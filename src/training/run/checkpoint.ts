/**
 * A run as bytes: a safetensors file whose tensors are the states of all that is learned, [rows, n] each, and whose metadata say the step
 * and what the run is of. Batches, rates and masks are functions of the seed and the step, so there is no state of a generator to keep.
 */
import { readSafetensors } from '../../formats/safetensors.ts';
import { TrainingError } from './trainingError.ts';

/** The means of one step's batch. */
export interface StepResult {
  readonly loss: number;
  /** Share of right answers. */
  readonly right: number;
}

export interface Checkpoint {
  /** Steps done. */
  readonly step: number;
  /** By the tensor's id. */
  readonly states: ReadonlyMap<string, Float32Array>;
  /** Of the steps done. */
  readonly results: readonly StepResult[];
  /** The programs of a step; those of another device, or chosen anew, may round otherwise. */
  readonly programs: readonly string[];
}

const version = 'convscope-training-1';
/** The tensor of losses and shares of right answers, two for each step; no node's tensor has a name without a dot. */
const curve = 'curve';

export function writeCheckpoint({ step, states, results, programs }: Checkpoint): Uint8Array<ArrayBuffer> {
  const header: Record<string, unknown> = {
    __metadata__: { format: version, step: `${step}`, programs: JSON.stringify(programs) },
  };
  const tensors: readonly (readonly [string, Float32Array])[] = [
    ...states,
    [curve, Float32Array.from(results.flatMap(({ loss, right }) => [loss, right]))],
  ];
  let end = 0;
  for (const [id, { length, byteLength }] of tensors) {
    header[id] = { dtype: 'F32', shape: [length], data_offsets: [end, end + byteLength] };
    end += byteLength;
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const start = 8 + Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(start + end).fill(0x20, 8, start);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(start - 8), true);
  bytes.set(text, 8);
  let at = start;
  for (const [, { buffer, byteOffset, byteLength }] of tensors) {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at);
    at += byteLength;
  }
  return bytes;
}

/** Throws TrainingError where the bytes are no checkpoint. */
export function readCheckpoint(bytes: Uint8Array): Checkpoint {
  const tensors = readSafetensors(bytes);
  if (!tensors.ok) throw new TrainingError({ code: 'checkpoint-unreadable' });
  const metadata = metadataOf(bytes);
  const step = Number(metadata.step);
  const values = tensors.value.get(curve)?.values;
  if (metadata.format !== version || !Number.isSafeInteger(step) || step < 0 || values?.length !== 2 * step)
    throw new TrainingError({ code: 'checkpoint-unreadable' });
  const results = Array.from({ length: step }, (_, i) => ({ loss: values[2 * i]!, right: values[2 * i + 1]! }));
  const states = [...tensors.value].filter(([id]) => id !== curve).map(([id, tensor]) => [id, tensor.values] as const);
  return { step, states: new Map(states), results, programs: programsOf(metadata.programs) };
}

/** The header has been read once: it is JSON. */
function metadataOf(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true));
  const header: unknown = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
  const metadata = (header as Readonly<Record<string, unknown>>).__metadata__;
  return typeof metadata === 'object' && metadata !== null ? (metadata as Readonly<Record<string, unknown>>) : {};
}

function programsOf(text: unknown): readonly string[] {
  try {
    const programs: unknown = JSON.parse(String(text));
    return Array.isArray(programs) ? programs.filter((label) => typeof label === 'string') : [];
  } catch {
    return [];
  }
}
