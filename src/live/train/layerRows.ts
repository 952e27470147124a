/** The layers of the network of a run as lines of a table: convolutions and pools, with the size of what they give. */
import { inferShapes } from '../../graph/infer.ts';
import type { TrainingConfiguration } from '../../training/run/trainingRun.ts';

export interface LayerRow {
  readonly name: string;
  /** "5×5 stride 2". */
  readonly kernel: string;
  /** Whether its number of groups is the run's. */
  readonly isGrouped: boolean;
  /** "32×14×14": channels, height, width. */
  readonly size: string;
}

/** The spatial layers behind the first. */
const grouped: ReadonlySet<string> = new Set(['conv2a', 'conv3a']);

export function layerRows({ trainee: { graph, input }, data }: TrainingConfiguration): readonly LayerRow[] {
  const shapes = inferShapes(graph, { [input]: [1, data.channels, data.height, data.width] });
  if (!shapes.ok) return [];
  return graph.nodes.flatMap(({ id, operator }): LayerRow[] => {
    const [, channels, height, width] = shapes.value[id] ?? [];
    const row = { name: id, isGrouped: grouped.has(id), size: [channels, height, width].join('×') };
    switch (operator.kind) {
      case 'conv2d': {
        const [stride] = operator.stride;
        return [{ ...row, kernel: operator.kernelSize.join('×') + (stride > 1 ? ` stride ${stride}` : '') }];
      }
      case 'pool2d':
        return [{ ...row, kernel: `${operator.function} ${operator.kernelSize.join('×')}` }];
      case 'adaptive_pool2d':
        return [{ ...row, name: 'mean', kernel: '' }];
      default:
        return [];
    }
  });
}
