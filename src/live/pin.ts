/**
 * The pinned unit stays on the same place of the photo when the output changes its size, and within the maps that there are. A
 * window that was running over maps of another size has nothing to run over any more and stops.
 */
import type { Shape } from '../operators/operator.ts';
import { exploredState } from '../store/explored.ts';
import type { Hover, PointerStore, Unit } from '../store/pointer.ts';
import type { WorkspaceStore } from '../store/workspaceStore.ts';
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

function isIn({ channel, y, x }: Unit, [, channels, height, width]: Shape): boolean {
  return channel < channels && y < height && x < width;
}

function isSameUnit(a: Unit, b: Unit | null): boolean {
  return a.channel === b?.channel && a.y === b.y && a.x === b.x;
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

interface Anchor {
  readonly pin: Unit;
  readonly shape: Shape;
}

interface PinnedWork {
  readonly pointer: PointerStore;
  readonly results: ResultsStore;
  readonly workspace: Pick<WorkspaceStore, 'getState' | 'subscribe'>;
}

/**
 * Watches the output and the workspace; gives the function that stops. Maps of other sizes move the pin from where the person put it,
 * not from where it was moved to: stride 7 and back to 1 ends at the same unit. Work that is opened brings its own pin, which waits for
 * its first output.
 */
export function keepPinInside({ pointer, results, workspace }: PinnedWork): () => void {
  let last: Output | null = null;
  let anchor: Anchor | null = null;
  /** Where the pin was put from here: anywhere else a person has put it. */
  let placed: Unit | null = null;
  let awaited: { readonly work: unknown; readonly pin: Unit } | null = null;

  function place(pin: Unit, output: Output, from: Output | null): void {
    const { playback, hover } = pointer.getState();
    placed = pin;
    pointer.setState({
      pin,
      playback: { ...playback, playing: false, position: null },
      hover: hoverIn(output, from, hover),
    });
  }

  const stops = [
    results.subscribe(({ output, picture, pictureBusy }) => {
      if (!output || output === last) return;
      const from = last;
      last = output;
      const { pin } = pointer.getState();
      // Opened work may bring a photo, too: its layer runs over the former one until that is there.
      // A layer of one size reads a small version of the photo.
      const isWhole = !pictureBusy && (output.picture === picture || output.kind !== null);
      if (awaited !== null && awaited.work === (output.kind?.state ?? output.graph) && isWhole) {
        const kept = awaited.pin;
        awaited = null;
        anchor = null;
        place(isIn(kept, output.shape) ? kept : firstPin(output.shape), output, from);
        return;
      }
      if (from && isSameSize(from.shape, output.shape)) return;
      if (!pin || !from) {
        place(pin && isIn(pin, output.shape) ? pin : firstPin(output.shape), output, from);
        return;
      }
      if (pin !== placed || !anchor) anchor = { pin, shape: from.shape };
      place(movedPin(anchor.pin, anchor.shape, output.shape), output, from);
    }),
    workspace.subscribe(({ workspace: next }) => {
      const { graph, view } = next;
      const { pin, playback } = pointer.getState();
      if (view.pin && playback.position === null && !isSameUnit(view.pin, pin))
        awaited = { work: exploredState(next) ?? graph, pin: view.pin };
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
