/** One bubble at a time: what a field says takes the place of what another has said, else they would lie over each other. */
let closePresent: (() => void) | null = null;

/** Closes the bubble that is open and makes `close` the way to close the new one; returns what forgets it. */
export function openBubble(close: () => void): () => void {
  closePresent?.();
  closePresent = close;
  return () => {
    if (closePresent === close) closePresent = null;
  };
}
