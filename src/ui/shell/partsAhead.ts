/** What the first load leaves out, in the order in which a person may come to need it. */
import { loadWords } from '../../i18n/index.ts';
import { loadLive } from '../../live/loadAhead.ts';

const parts: readonly (() => Promise<unknown>)[] = [
  () => import('./ShareDialog.tsx'),
  () => loadWords('embed'),
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

/** A part that does not come now is asked for again when it is needed, and missed there. */
export async function loadParts(): Promise<void> {
  for (const load of parts) await load().catch(() => undefined);
}
