/** Pooling by its definition, window by window. */
import type { FloatArray, HostTensor, Shape } from '../operator.ts';
import { firstTap } from '../window.ts';
import type { Pool2d } from './attributes.ts';
import { windowOf } from './positions.ts';

/** float32's lowest number: the maximum of a window of padding alone (PyTorch has -infinity, which a GPU need not keep). */
const lowest = -3.4028234663852886e38;

/** Fills `values` with the pooled maps of `shape`; adds in float64. */
export function poolWith<A extends FloatArray>(pool: Pool2d, input: HostTensor, shape: Shape, values: A): A {
  const [images, channels, rows, columns] = shape;
  const [, , height, width] = input.shape;
  const vertical = windowOf(pool, 'h', height);
  const horizontal = windowOf(pool, 'w', width);
  let at = 0;
  for (let map = 0; map < images * channels; map++) {
    const plane = map * height * width;
    for (let u = 0; u < rows; u++) {
      const top = firstTap(vertical, u);
      for (let v = 0; v < columns; v++) {
        const left = firstTap(horizontal, v);
        let sum = 0;
        let largest = lowest;
        let inside = 0;
        let padded = 0;
        for (let a = 0; a < vertical.kernel; a++) {
          const y = top + a * vertical.dilation;
          if (y >= height + vertical.after) break;
          for (let b = 0; b < horizontal.kernel; b++) {
            const x = left + b * horizontal.dilation;
            if (x >= width + horizontal.after) break;
            padded++;
            if (y < 0 || y >= height || x < 0 || x >= width) continue;
            const value = input.values[plane + y * width + x]!;
            inside++;
            sum += value;
            // Not a number wins, as in PyTorch.
            if (value > largest || Number.isNaN(value)) largest = value;
          }
        }
        const divisor = pool.countIncludePad ? padded : inside;
        values[at++] = pool.function === 'max' ? largest : sum / divisor;
      }
    }
  }
  return values;
}
