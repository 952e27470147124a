/** A layer between channels, taken apart: its wiring, with and without a shuffle, and the matrices of kernels that its figure shows. */

import { type ChannelKernels, channelKernels, composedKernels } from '../../../../graph/channelKernels.ts';
import { type LayerParameters, type NodeId, valuesIn } from '../../../../graph/graph.ts';
import type { KindOutput } from '../../../../live/results.ts';
import type { Conv2d } from '../../../../operators/conv2d/attributes.ts';
import type { Operator } from '../../../../operators/index.ts';
import { reachOf } from '../../../../views/connectivity/reach.ts';
import { type Stage, stagesOf } from '../../../../views/connectivity/stages.ts';
import type { MatrixBlock } from '../matrix/matrixDrawing.ts';

export interface ChannelWiring {
  readonly stages: readonly Stage[];
  /** Of the input. */
  readonly channels: number;
  readonly outputs: number;
}

/** The layer's operators in order; `shuffles` false: without the shuffle between them. */
export function wiringOf({ nodes, shapes, source }: KindOutput, shuffles = true): ChannelWiring {
  const channels = shapes[source]?.[1] ?? 1;
  const operators = nodes.map(({ operator }) => operator).filter(({ kind }) => shuffles || kind !== 'channel_shuffle');
  const stages = stagesOf(operators, channels);
  if (!stages) throw new Error('the layer is no layer between channels');
  return { stages, channels, outputs: stages.at(-1)?.outputs ?? channels };
}

export interface MatrixPart {
  /** One of the layer's convolutions, or both as one. */
  readonly of: 'whole' | 'first' | 'second';
  readonly kernels: ChannelKernels;
  /** The convolution; null of both as one. */
  readonly conv: Conv2d | null;
  readonly blocks: readonly MatrixBlock[];
}

/** What is connected by `operators` over `channels` inputs, as rectangles. */
function blocksOf(operators: readonly Operator[], channels: number): readonly MatrixBlock[] {
  const reaches = reachOf(stagesOf(operators, channels) ?? [], channels);
  return reaches.flatMap(({ outputs, inputs }) => inputs.map((columns) => ({ rows: outputs, columns })));
}

/** One convolution: itself. Two: both as one, where no activation stands between them, and each by itself. */
export function matrixParts(
  kind: Pick<KindOutput, 'nodes'>,
  parameters: LayerParameters,
  shuffles: boolean,
): readonly MatrixPart[] {
  const convs = kind.nodes.flatMap(({ id, operator }) => (operator.kind === 'conv2d' ? [{ id, conv: operator }] : []));
  const partOf = (of: MatrixPart['of'], { id, conv }: { readonly id: NodeId; readonly conv: Conv2d }): MatrixPart => {
    const weight = valuesIn(parameters, id)?.weight ?? new Float32Array(0);
    return { of, conv, kernels: channelKernels(conv, weight), blocks: blocksOf([conv], conv.inChannels) };
  };
  const [first, second] = convs;
  if (!first) throw new Error('the layer has no convolution');
  if (!second) return [partOf('whole', first)];
  const parts = [partOf('first', first), partOf('second', second)] as const;
  if (kind.nodes.some(({ operator }) => operator.kind === 'activation')) return parts;
  const operators = kind.nodes
    .map(({ operator }) => operator)
    .filter((each) => shuffles || each.kind !== 'channel_shuffle');
  const shuffle = stagesOf(operators, first.conv.inChannels)?.find((stage) => stage.kind === 'permutation');
  const kernels = composedKernels(parts[0].kernels, parts[1].kernels, shuffle?.sources ?? null);
  return [{ of: 'whole', conv: null, kernels, blocks: blocksOf(operators, first.conv.inChannels) }, ...parts];
}
