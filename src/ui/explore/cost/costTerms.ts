/** What the cost bar says about a layer: the textbook formulas with their numbers, and what is exact for stride, padding and groups. */
import { convOf } from '../../../graph/explore.ts';
import type { Graph, NodeId } from '../../../graph/graph.ts';
import { textbookCost } from '../../../operators/conv2d/index.ts';
import { rulesOf } from '../../../operators/index.ts';
import type { Shape } from '../../../operators/operator.ts';

/** A letter of the formulas and what it stands for here. */
export interface FormulaNumbers {
  readonly C: number;
  readonly H: number;
  readonly W: number;
  /** K² is kh·kw; a square kernel prints as "3²", another as "(3·5)". */
  readonly kernelSize: readonly [h: number, w: number];
  readonly N: number;
}

export interface LayerCost {
  readonly numbers: FormulaNumbers;
  readonly output: readonly [c: number, h: number, w: number];
  readonly textbook: { readonly parameters: number; readonly operations: number };
  readonly exact: { readonly parameters: number; readonly operations: number };
  readonly usefulShare: number;
  readonly usefulMacs: number;
  readonly activationBytes: number;
}

/** The price of the focused convolution on an input of `shape`; null while it has no output. */
export function layerCost(graph: Graph, focus: NodeId, shape: Shape): LayerCost | null {
  const conv = convOf(graph, focus);
  const rules = rulesOf(conv);
  const output = rules.outputShape(conv, [shape]);
  if (!output.ok) return null;
  const exact = rules.cost(conv, [shape]);
  const [, c, h, w] = output.value;
  return {
    numbers: { C: conv.inChannels, H: shape[2], W: shape[3], kernelSize: conv.kernelSize, N: conv.outChannels },
    output: [c, h, w],
    textbook: textbookCost(conv, shape),
    exact: { parameters: exact.parameters, operations: exact.macs },
    usefulShare: exact.macs === 0 ? 1 : exact.usefulMacs / exact.macs,
    usefulMacs: exact.usefulMacs,
    activationBytes: exact.activationBytes,
  };
}
