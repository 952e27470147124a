/**
 * Which tensors of a run share a buffer. Each lives from the step that makes it to the last that reads it; two that never live at the
 * same time may have one place, as large as the larger. Greedy by size, as in Pisarchyk & Lee 2020 (shared objects): the largest
 * tensor first, each into the smallest place that is free for its life.
 */

/** Bytes that are needed from step `from` to step `to`, both included. What a caller keeps lives for ever: `to` is Infinity. */
export interface Lifetime {
  readonly bytes: number;
  readonly from: number;
  readonly to: number;
}

/** How much larger than itself the place of a tensor may be that outlives the run. */
const roomyForEver = 1.25;

/** The size of the place that each tensor is given, in their order. */
export function placesOf(tensors: readonly Lifetime[]): readonly number[] {
  const sizes = new Array<number>(tensors.length).fill(0);
  const places: { readonly bytes: number; readonly lives: Lifetime[] }[] = [];
  const largestFirst = tensors.map((_, i) => i).sort((a, b) => tensors[b]!.bytes - tensors[a]!.bytes || a - b);
  for (const i of largestFirst) {
    const tensor = tensors[i]!;
    // Later places are smaller.
    let place = places.findLast(
      ({ bytes, lives }) =>
        (tensor.to !== Infinity || bytes <= roomyForEver * tensor.bytes) &&
        !lives.some((life) => overlap(life, tensor)),
    );
    if (!place) {
      place = { bytes: tensor.bytes, lives: [] };
      places.push(place);
    }
    place.lives.push(tensor);
    sizes[i] = place.bytes;
  }
  return sizes;
}

/** The bytes that live at the fullest step: no order of buffers needs less. */
export function mostAlive(tensors: readonly Lifetime[]): number {
  const starts = new Set(tensors.map(({ from }) => from));
  let most = 0;
  for (const step of starts) {
    const alive = tensors.filter(({ from, to }) => from <= step && step <= to);
    most = Math.max(
      most,
      alive.reduce((sum, { bytes }) => sum + bytes, 0),
    );
  }
  return most;
}

function overlap(a: Lifetime, b: Lifetime): boolean {
  return a.from <= b.to && b.from <= a.to;
}
