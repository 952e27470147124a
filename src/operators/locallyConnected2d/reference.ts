/** A locally connected layer by its definition: every output value has its own patch times its own kernel. */
import type { FloatArray, HostTensor } from '../operator.ts';
import type { LocallyConnected2d } from './attributes.ts';
import { outputShapeOf, patchOf, weightsPerKernel } from './positions.ts';

/** Sums in float64 onto what `output` holds; both parameter arrays in the layer's order. */
export function addPatches(
  layer: LocallyConnected2d,
  { values, shape }: HostTensor,
  weight: FloatArray,
  output: FloatArray,
): void {
  const [images, filters, rows, columns] = outputShapeOf(layer, shape[0]);
  const perKernel = weightsPerKernel(layer);
  const perImage = values.length / images;
  const patch = new Float64Array(perKernel);
  for (let position = 0; position < rows * columns; position++) {
    const sources = patchOf(layer, Math.floor(position / columns), position % columns);
    for (let image = 0; image < images; image++) {
      sources.forEach((source, i) => {
        patch[i] = source < 0 ? 0 : values[image * perImage + source]!;
      });
      for (let o = 0; o < filters; o++) {
        const at = (image * filters + o) * rows * columns + position;
        const kernel = (position * filters + o) * perKernel;
        let sum = output[at]!;
        for (let i = 0; i < perKernel; i++) sum += weight[kernel + i]! * patch[i]!;
        output[at] = sum;
      }
    }
  }
}
