/** The engine that holds the compared maps. */
import type { Engine } from '../../../engine/engine.ts';
import { usePruning } from './pruning.tsx';

export function useComparedEngine(): Engine {
  const engine = usePruning((results) => results.engine);
  if (!engine) throw new Error('maps are drawn where there is an engine');
  return engine;
}
