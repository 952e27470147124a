/** Ids of gestures: all edits of one gesture undo as one. */

/** Steps of the wheel or of a key that follow each other within this time belong together, in milliseconds. */
const pause = 700;

export interface Gestures {
  /** A gesture of its own. */
  readonly fresh: () => string;
  /** The gesture that goes on at `place`, or a new one after a pause or at another place. */
  readonly running: (place: string) => string;
}

let count = 0;

export function createGestures(now: () => number = () => performance.now()): Gestures {
  const fresh = () => `kernel ${++count}`;
  let last = { place: '', time: Number.NEGATIVE_INFINITY, id: '' };
  return {
    fresh,
    running: (place) => {
      const goesOn = place === last.place && now() - last.time < pause;
      last = { place, time: now(), id: goesOn ? last.id : fresh() };
      return last.id;
    },
  };
}
