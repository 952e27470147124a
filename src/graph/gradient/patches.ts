/** What a locally connected layer multiplies, position by position, as channels: its products are then those of a layer with groups. */
import type { LocallyConnected2d } from '../../operators/locallyConnected2d/attributes.ts';
import { outputShapeOf, weightsPerKernel, windowOf } from '../../operators/locallyConnected2d/positions.ts';
import type { Axis, Shape } from '../../operators/operator.ts';
import type { Permute } from '../../operators/permute/attributes.ts';
import { rangeTo } from '../../operators/tensors.ts';
import { firstTap } from '../../operators/window.ts';
import type { NodeId } from '../graph.ts';
import { copies } from './axes.ts';
import type { GradientBuilder } from './builder.ts';

export interface Patches {
  /** [N, OH OW Cin kh kw, 1, 1], channel, row and column of a patch side by side. */
  readonly patches: NodeId;
  /** [N, OH OW Cout, 1, 1]. */
  readonly gradients: NodeId;
  readonly perKernel: number;
  readonly positions: number;
}

export function patchesOf(builder: GradientBuilder, layer: LocallyConnected2d, x: NodeId, gy: NodeId): Patches {
  const [images, filters, rows, columns] = outputShapeOf(layer, builder.shape(gy)[0]);
  const [kh, kw] = layer.kernelSize;
  const channels = layer.inChannels;
  const [positions, perKernel] = [rows * columns, weightsPerKernel(layer)];
  const reshaped = (id: NodeId, shape: Shape) => builder.add({ kind: 'reshape', shape }, [id]);
  const permuted = (id: NodeId, dims: Permute['dims']) => builder.add({ kind: 'permute', dims }, [id]);
  /** For every output the entries that its taps read, one after another. */
  const taps = (axis: Axis, outputs: number) => {
    const window = windowOf(layer, axis);
    const entries = rangeTo(outputs).flatMap((output) =>
      rangeTo(window.kernel).map((tap) => firstTap(window, output) + tap * window.dilation),
    );
    return copies(
      window.input,
      entries.map((at) => (at >= 0 && at < window.input ? at : null)),
    );
  };
  const spread = builder.add({ kind: 'separable_sum', axes: [null, null, taps('h', rows), taps('w', columns)] }, [x]);
  // [.., OH, kh, OW, kw] to [.., OH, OW, kh, kw], then the channels behind the positions.
  const turned = permuted(reshaped(spread, [images * channels * rows, kh, columns, kw]), [0, 2, 1, 3]);
  const perPosition = permuted(reshaped(turned, [images, channels, positions, kh * kw]), [0, 2, 1, 3]);
  const gradients = permuted(reshaped(gy, [images, filters, positions, 1]), [0, 2, 1, 3]);
  return {
    patches: reshaped(perPosition, [images, positions * perKernel, 1, 1]),
    gradients: reshaped(gradients, [images, positions * filters, 1, 1]),
    perKernel,
    positions,
  };
}
