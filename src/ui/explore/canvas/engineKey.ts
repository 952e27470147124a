/** A React key for an engine's canvases: a canvas never changes engines, another engine gets other elements. */
import type { Engine } from '../../../engine/engine.ts';

const keys = new WeakMap<Engine, number>();
let nextKey = 0;

export function engineKey(engine: Engine): number {
  const key = keys.get(engine) ?? nextKey++;
  keys.set(engine, key);
  return key;
}
