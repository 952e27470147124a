/**
 * Fetches what the first load leaves out, once the person has begun to work and the page rests: the network may go, and every command
 * still works. Sample photos and learned filters stay on the server until they are asked for.
 */
/** Safari has no idle callback. */
const whenIdle = (run: () => void) =>
  'requestIdleCallback' in window ? window.requestIdleCallback(run, { timeout: 5000 }) : setTimeout(run, 1000);

export function loadAheadOnFirstUse(): void {
  const uses = ['pointerdown', 'keydown', 'drop', 'paste'] as const;
  const start = () => {
    for (const use of uses) window.removeEventListener(use, start);
    whenIdle(() => void import('./partsAhead.ts').then(({ loadParts }) => loadParts()).catch(() => undefined));
  };
  for (const use of uses) window.addEventListener(use, start);
}
