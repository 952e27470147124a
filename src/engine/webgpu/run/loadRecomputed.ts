/** What maps take that are too large to keep is loaded when there are first any. */
import { NotLoaded } from '../evaluation.ts';
import type * as Recomputed from '../view/recomputed.ts';

let loaded: typeof Recomputed | null = null;

/** Throws NotLoaded. */
export function recomputedMaps(): typeof Recomputed {
  if (loaded) return loaded;
  throw new NotLoaded(async () => {
    loaded = await import('../view/recomputed.ts');
  });
}
