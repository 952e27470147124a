/** All values of maps, as they lie in a file: [C, H, W]. Map by map, so that nothing large is held twice. */
import type { Engine, Tensor } from '../engine/engine.ts';

/** Rejects when the maps have been freed meanwhile. */
export async function readAll(engine: Engine, maps: Tensor): Promise<Float32Array> {
  const [, channels, height, width] = maps.shape;
  const values = new Float32Array(channels * height * width);
  for (let channel = 0; channel < channels; channel++) {
    values.set(await engine.read(maps, { channel, channels: 1, y: 0, x: 0, height, width }), channel * height * width);
  }
  return values;
}
