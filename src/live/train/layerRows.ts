/** The layers of the network of a run as lines of a table: those with weights, and pools, with the size of what they give. */
import { inferShapes } from '../../graph/infer.ts';
import type { TrainingConfiguration } from '../../training/run/trainingRun.ts';

export interface LayerRow {
  readonly name: string;
  /** "5×5 stride 2". */
  readonly kernel: string;
  /** More than one group of filters. */
  readonly groups: number | null;
  /** "32×14×14": channels, height, width. */
  readonly size: string;
}

export function layerRows({ trainee: { graph, input }, data }: TrainingConfiguration): readonly LayerRow[] {
  const shapes = inferShapes(graph, { [input]: [1, data.channels, data.height, data.width] });
  if (!shapes.ok) return [];
  return graph.nodes.flatMap(({ id, operator }): LayerRow[] => {
    const [, channels, height, width] = shapes.value[id] ?? [];
    const row = { name: id, groups: null, size: [channels, height, width].join('×') };
    switch (operator.kind) {
      case 'conv2d':
      case 'conv_transpose2d':
      case 'deform_conv2d': {
        const [stride] = operator.stride;
        const kernel = operator.kernelSize.join('×') + (stride > 1 ? ` stride ${stride}` : '');
        return [{ ...row, kernel, groups: operator.groups > 1 ? operator.groups : null }];
      }
      case 'linear':
      case 'locally_connected2d':
        return [{ ...row, kernel: operator.kind }];
      case 'pool2d':
        return [{ ...row, kernel: `${operator.function} ${operator.kernelSize.join('×')}` }];
      case 'adaptive_pool2d':
        return [{ ...row, name: 'mean', kernel: '' }];
      default:
        return [];
    }
  });
}
