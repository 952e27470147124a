/** The device's own peak, by the engine's measurement. */
import type { Engine, Peak } from '../../src/engine/engine.ts';

export async function peakOf(engine: Engine): Promise<Peak & { readonly device: string }> {
  const peak = await engine.peak();
  if (!peak) throw new Error('This engine measures no peak.');
  return { device: engine.description.device, ...peak };
}
