/** A column of a comparison as a function of its sizes: every point of a curve is the column that a person would get with that number. */
import type { Shape } from '../../operators/operator.ts';
import type { Graph } from '../graph.ts';
import { inferShapes } from '../infer.ts';
import { type Column, columnRanges } from '../layers/column.ts';
import { columnNumbers } from '../layers/columnNumbers.ts';
import { columnSequence } from '../layers/columnSequence.ts';
import { sequenceNodes } from '../layers/sequence.ts';
import type { GrowthVariable, Resizable, SizedNetwork } from './sizes.ts';

interface ColumnPlace {
  readonly column: Column;
  /** What the column reads, [N, C, H, W]. */
  readonly input: Shape;
  readonly outChannels: number;
}

const input = 'input';

function networkOf({ column, input: shape, outChannels }: ColumnPlace): SizedNetwork {
  const source = { id: input, operator: { kind: 'input', channels: shape[1] }, inputs: [] } as const;
  const sequence = columnSequence(column, shape[1], outChannels);
  return { graph: { nodes: [source, ...sequenceNodes(sequence, 'layer', { id: input, shape })] }, input: shape };
}

/** Channels of the last output; null where the network is not valid. */
function channelsOf(graph: Graph, shape: Shape): number | null {
  const shapes = inferShapes(graph, { [input]: shape });
  return shapes.ok ? (shapes.value[graph.nodes.at(-1)!.id]?.[1] ?? null) : null;
}

function changed(place: ColumnPlace, variable: GrowthVariable, value: number): ColumnPlace {
  const [images, channels, height, width] = place.input;
  switch (variable) {
    case 'kernel':
      return { ...place, column: { ...place.column, kernelSize: value } };
    case 'inChannels':
      return { ...place, input: [images, value, height, width] };
    case 'outChannels':
      return { ...place, outChannels: value };
    case 'side':
      return { ...place, input: [images, channels, Math.max(1, Math.round((height * value) / width)), value] };
    default:
      variable satisfies never;
      throw new Error('unknown variable');
  }
}

/** A pointwise column has no kernel; of a depthwise one N is what it gives, a multiple of C. */
export function columnSizes(place: ColumnPlace): Resizable {
  const { column, input: shape } = place;
  const hasKernel = columnNumbers(column.kind).includes('kernelSize');
  return {
    present: (variable) => {
      switch (variable) {
        case 'kernel':
          return hasKernel ? column.kernelSize : null;
        case 'inChannels':
          return shape[1];
        case 'outChannels':
          return channelsOf(networkOf(place).graph, shape);
        case 'side':
          return shape[3];
        default:
          variable satisfies never;
          throw new Error('unknown variable');
      }
    },
    resized: (variable, value) => {
      if (variable === 'kernel' && (!hasKernel || value > columnRanges.kernelSize.max)) return null;
      const network = networkOf(changed(place, variable, value));
      const channels = channelsOf(network.graph, network.input);
      if (channels === null || (variable === 'outChannels' && channels !== value)) return null;
      return network;
    },
  };
}
