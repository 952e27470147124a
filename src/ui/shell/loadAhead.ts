/**
 * Fetches what the first load leaves out, once the person has begun to work and the page rests: the network may go, and every command
 * still works. Sample photos and learned filters stay on the server until they are asked for.
 */
import { loadWords } from '../../i18n/index.ts';
import { loadLive } from '../../live/loadAhead.ts';

const parts: readonly (() => Promise<unknown>)[] = [
  () => import('./ShareDialog.tsx'),
  () => import('./HelpDialog.tsx'),
  () => import('./EngineCard.tsx'),
  () => import('../engine/EnginePanel.tsx'),
  () => loadWords('engine'),
  () => import('../explore/maps/opened/OpenedMap.tsx'),
  () => import('../explore/input/PaintTools.tsx'),
  () => import('../explore/input/PaintLayer.tsx'),
  () => import('../../formats/layerText/readLayer.ts'),
  () => import('../../formats/layerText/writeLayer.ts'),
  () => import('../kinds/index.tsx'),
  () => loadWords('kinds'),
  () => loadWords('compare'),
  () => loadWords('code'),
  () => loadWords('problems'),
  () => loadWords('help'),
  () => import('../../i18n/en/index.ts'),
  () => import('../../i18n/ko/index.ts'),
  loadLive,
];

/** Safari has no idle callback. */
const whenIdle = (run: () => void) =>
  'requestIdleCallback' in window ? window.requestIdleCallback(run, { timeout: 5000 }) : setTimeout(run, 1000);

/** A part that does not come now is asked for again when it is needed, and missed there. */
async function loadAll(): Promise<void> {
  for (const load of parts) await load().catch(() => undefined);
}

export function loadAheadOnFirstUse(): void {
  const uses = ['pointerdown', 'keydown', 'drop', 'paste'] as const;
  const start = () => {
    for (const use of uses) window.removeEventListener(use, start);
    whenIdle(() => void loadAll());
  };
  for (const use of uses) window.addEventListener(use, start);
}
