/** Values of two channels at the same pixels of one picture, the smaller map taken at its nearest pixel: points of a scatter plot. */
import type { Engine, Tensor } from '../../engine/engine.ts';

export interface SampledPairs {
  /** Same length. */
  readonly x: Float32Array;
  readonly y: Float32Array;
}

/** An even grid of at most about `most` pixels. Rejects with EngineError. */
export async function samplePairs(
  engine: Engine,
  [first, row]: readonly [Tensor, number],
  [second, column]: readonly [Tensor, number],
  most: number,
): Promise<SampledPairs> {
  const [, , h1, w1] = first.shape;
  const [, , h2, w2] = second.shape;
  const whole = (channel: number, height: number, width: number) => ({
    channel,
    channels: 1,
    y: 0,
    x: 0,
    height,
    width,
  });
  const [a, b] = await Promise.all([
    engine.read(first, whole(row, h1, w1)),
    engine.read(second, whole(column, h2, w2)),
  ]);
  const [height, width] = [Math.max(h1, h2), Math.max(w1, w2)];
  const step = Math.max(1, Math.ceil(Math.sqrt((height * width) / most)));
  const [x, y]: [number[], number[]] = [[], []];
  for (let i = 0; i < height; i += step)
    for (let j = 0; j < width; j += step) {
      x.push(a[Math.floor((i * h1) / height) * w1 + Math.floor((j * w1) / width)]!);
      y.push(b[Math.floor((i * h2) / height) * w2 + Math.floor((j * w2) / width)]!);
    }
  return { x: Float32Array.from(x), y: Float32Array.from(y) };
}
