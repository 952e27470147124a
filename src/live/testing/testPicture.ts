/** A working picture for tests: three channels of values in 0..1 that repeat nowhere near, another one for every seed. */
import type { Pair } from '../../operators/operator.ts';
import type { Picture } from '../results.ts';

export function testPicture([height, width]: Pair, seed = 0): Picture {
  const pixels = height * width;
  return {
    rgba: new Uint8ClampedArray(4 * pixels),
    ...{ width, height, fullWidth: width, fullHeight: height },
    opaque: true,
    values: Float32Array.from({ length: 3 * pixels }, (_, i) => ((i * 37 + seed) % 101) / 101),
    channels: 3,
    name: 'test',
  };
}
