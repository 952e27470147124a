/** The nodes of a substitute: convolutions one after another, with what must stand before them. */
import type { GraphNode } from '../graph/graph.ts';
import type { PaddingMode } from '../operators/conv2d/attributes.ts';
import type { ParameterValues, Shape } from '../operators/operator.ts';
import type { PadMode } from '../operators/pad/attributes.ts';
import type { PlacedConv } from './taps.ts';

/** The node that a substitute's first layer reads, and the last one of every substitute. */
export const fitInput = 'input';

const padModeOf: Readonly<Record<PaddingMode, PadMode>> = {
  zeros: 'constant',
  reflect: 'reflect',
  replicate: 'edge',
  circular: 'wrap',
};

const none = { top: 0, bottom: 0, left: 0, right: 0 };

/** The convolution as a node; where it crops (negative padding), behind a node `<id>-crop` that pads and crops for it. */
export function convNodes(id: string, reads: string, { conv, padding }: PlacedConv): readonly GraphNode[] {
  const { top, bottom, left, right } = padding;
  if (Math.min(top, bottom, left, right) >= 0) return [{ id, operator: { ...conv, padding }, inputs: [reads] }];
  const crop = `${id}-crop`;
  const mode = padModeOf[conv.paddingMode];
  return [
    {
      id: crop,
      operator: { kind: 'pad', before: [0, 0, top, left], after: [0, 0, bottom, right], mode, value: 0 },
      inputs: [reads],
    },
    { id, operator: { ...conv, padding: none, paddingMode: 'zeros' }, inputs: [crop] },
  ];
}

/** Channels in another order: output channel i is channel order[i]. Slices of neighbours, laid side by side; none where nothing moves. */
export function reorderNodes(id: string, reads: string, order: Int32Array, shape: Shape): readonly GraphNode[] {
  const starts = [...order.keys()].filter((i) => i === 0 || order[i] !== order[i - 1]! + 1);
  if (starts.length === 1) return [];
  const parts = starts.map((start, part): GraphNode => {
    const count = (starts[part + 1] ?? order.length) - start;
    return {
      id: `${id}-${part}`,
      operator: {
        kind: 'slice',
        start: [0, order[start]!, 0, 0],
        count: [shape[0], count, shape[2], shape[3]],
        step: [1, 1, 1, 1],
      },
      inputs: [reads],
    };
  });
  return [...parts, { id, operator: { kind: 'concat', axis: 1 }, inputs: parts.map((part) => part.id) }];
}

/** A 1x1 convolution that reads what `conv` gives on its way: no padding, stride 1. */
export function pointwiseAfter(conv: PlacedConv['conv'], inChannels: number): PlacedConv {
  const operator = { ...conv, inChannels, kernelSize: [1, 1], stride: [1, 1], dilation: [1, 1], groups: 1 } as const;
  return { conv: operator, padding: none };
}

/** Weights in float64 as a layer's values. */
export function valuesOf(weights: Float64Array, bias: Float32Array | null): ParameterValues {
  return { weight: Float32Array.from(weights), bias };
}
