/**
 * The sliding window: while it plays, the window runs over the output in reading order, the pinned unit runs with it, and the maps
 * fill behind it. One frame loop that runs only while something plays.
 */
import type { Shape } from '../operators/operator.ts';
import type { PointerState, PointerStore, Unit } from '../store/pointer.ts';

/** Frames are requested from here, so that tests can drive time. */
export interface FrameClock {
  request(callback: (milliseconds: number) => void): number;
  cancel(handle: number): void;
}

/** Output position `index` in reading order as a unit of `channel`. */
export function unitAt(index: number, channel: number, shape: Shape): Unit {
  const width = shape[3];
  return { channel, y: Math.floor(index / width), x: index % width };
}

/** How many positions a window visits. */
export function positionsOf(shape: Shape): number {
  return shape[2] * shape[3];
}

/** Steps per second for a person whose system asks for less motion. */
const reducedSpeed = 2;

/** While the window shows, it stands on the pinned unit: whichever of the two is moved takes the other along. */
function keepTogether(pointer: PointerStore, shape: Shape | null, state: PointerState, former: PointerState): void {
  const { playback, pin } = state;
  const { position } = playback;
  if (position === null || !shape) return;
  const pinned = pin && pin.y * shape[3] + pin.x;
  if (pinned === position) return;
  if (pin && pin !== former.pin && position === former.playback.position) {
    pointer.setState({ playback: { ...playback, position: Math.min(pinned ?? 0, positionsOf(shape) - 1) } });
  } else if (position < positionsOf(shape)) {
    pointer.setState({ pin: unitAt(position, pin?.channel ?? 0, shape) });
  }
}

/** Keeps the playback going while `pointer.playback.playing`; gives the function that stops watching. */
export function runPlayback(
  pointer: PointerStore,
  shape: () => Shape | null,
  clock: FrameClock,
  wantsLessMotion: () => boolean = () => false,
): () => void {
  let handle: number | null = null;
  let last: number | null = null;
  // Positions are whole; at low speeds most frames move by less than one.
  let fraction = 0;

  function frame(now: number): void {
    handle = null;
    const { playback, pin } = pointer.getState();
    const present = shape();
    if (!playback.playing || !present) {
      last = null;
      return;
    }
    const elapsed = last === null ? 0 : (now - last) / 1000;
    last = now;
    fraction += elapsed * (wantsLessMotion() ? Math.min(reducedSpeed, playback.speed) : playback.speed);
    const steps = Math.floor(fraction);
    fraction -= steps;
    const end = positionsOf(present) - 1;
    const position = Math.min(end, (playback.position ?? 0) + steps);
    const channel = pin?.channel ?? 0;
    const isDone = position >= end;
    pointer.setState({
      ...(steps > 0 || pin === null ? { pin: unitAt(position, channel, present) } : {}),
      playback: { ...playback, position: isDone ? null : position, playing: !isDone },
    });
    if (!isDone) handle = clock.request(frame);
  }

  // Where the pin was before the window came, or where a person has put it meanwhile: there it goes when the window is put away.
  let home: Unit | null = null;
  let isOwnMove = false;
  const together = (state: PointerState, former: PointerState): void => {
    if (isOwnMove) return;
    const { position } = state.playback;
    const before = former.playback.position;
    isOwnMove = true;
    if (position === null && before !== null && home) {
      pointer.setState({ pin: { ...home, channel: state.pin?.channel ?? home.channel } });
    }
    keepTogether(pointer, shape(), state, former);
    isOwnMove = false;
    if (position === null) home = null;
    else if (before === null) home = former.pin;
    else if (state.pin !== former.pin && position === before) home = state.pin;
  };
  const stop = pointer.subscribe((state, former) => {
    together(state, former);
    if (state.playback.playing === former.playback.playing) return;
    if (state.playback.playing && handle === null) {
      last = null;
      fraction = 0;
      handle = clock.request(frame);
    }
  });
  return () => {
    stop();
    if (handle !== null) clock.cancel(handle);
  };
}
