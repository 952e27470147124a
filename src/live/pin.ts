/**
 * The pinned unit stays on the same place of the photo when the output changes its size, and within the maps that there are. A
 * window that was running over maps of another size has nothing to run over any more and stops.
 */
import type { Shape } from '../operators/operator.ts';
import type { Hover, PointerStore, Unit } from '../store/pointer.ts';
import type { Output, ResultsStore } from './results.ts';

/** Where the first pin stands, as a share of height and width: off the centre, where pictures tend to have something to see. */
const firstPlace = { y: 0.395, x: 0.36 } as const;

/** The index in 0..to-1 whose centre lies where the centre of `index` lay in 0..from-1. */
function moved(index: number, from: number, to: number): number {
  return Math.min(to - 1, Math.max(0, Math.floor(((index + 0.5) * to) / from)));
}

/** The first pin of an output. */
export function firstPin(shape: Shape): Unit {
  return { channel: 0, y: Math.floor(firstPlace.y * shape[2]), x: Math.floor(firstPlace.x * shape[3]) };
}

/** `pin` of an output of shape `from`, in one of shape `to`. */
export function movedPin(pin: Unit, from: Shape, to: Shape): Unit {
  const channel = Math.min(pin.channel, to[1] - 1);
  return { channel, y: moved(pin.y, from[2], to[2]), x: moved(pin.x, from[3], to[3]) };
}

/** The pin of a new output: moved from the last one; of a first output the one that was kept, if it is there. */
function pinIn(to: Shape, pin: Unit | null, last: Shape | null): Unit {
  if (!pin) return firstPin(to);
  if (last) return movedPin(pin, last, to);
  return pin.channel < to[1] && pin.y < to[2] && pin.x < to[3] ? pin : firstPin(to);
}

function isSameSize(a: Shape, b: Shape): boolean {
  return a[1] === b[1] && a[2] === b[2] && a[3] === b[3];
}

/**
 * What is still pointed at when maps of another size have come: a pixel of the photo unless the picture has another size too, and a term
 * of the cost. Under a pointer that rests on a map there is another unit now, and a weight may be gone with its kernel's size.
 */
function hoverIn({ picture }: Output, last: Output | null, hover: Hover): Hover {
  if (hover?.on === 'term') return hover;
  const isSamePicture = last !== null && last.picture.width === picture.width && last.picture.height === picture.height;
  return hover?.on === 'photo' && isSamePicture ? hover : null;
}

/** Watches the output; gives the function that stops. */
export function keepPinInside(pointer: PointerStore, results: ResultsStore): () => void {
  let last: Output | null = null;
  return results.subscribe(({ output }) => {
    if (!output) return;
    const from = last;
    last = output;
    if (from && isSameSize(from.shape, output.shape)) return;
    const { pin, playback, hover } = pointer.getState();
    pointer.setState({
      pin: pinIn(output.shape, pin, from?.shape ?? null),
      playback: { ...playback, playing: false, position: null },
      hover: hoverIn(output, from, hover),
    });
  });
}
