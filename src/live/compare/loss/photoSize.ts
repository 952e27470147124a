/**
 * At which size the photo is read: small enough for the Gram matrix of the patches, which costs n² / 2 multiply-adds per position with
 * n = in_channels · kh · kw, and for sides that every stride on the way to the layer divides.
 */
import type { Graph, NodeId } from '../../../graph/graph.ts';
import { inferShapes } from '../../../graph/infer.ts';
import { photoNode } from '../../../graph/learned/layers.ts';
import type { Conv2d } from '../../../operators/conv2d/attributes.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Multiply-adds that a Gram matrix may cost: some seconds on one core. */
const budget = 6e9;
/** Positions along the longer side of what a layer gives, at most: more would not change a fit. */
const longest = 112;

/** The largest size within the budget, never larger than the picture; null where the picture is smaller than one step. */
export function photoSize(
  picture: Size,
  { before, reads, conv }: { readonly before: Graph; readonly reads: NodeId; readonly conv: Conv2d },
): Size | null {
  const step = reductionOf(before, reads);
  const perPosition = (conv.inChannels * conv.kernelSize[0] * conv.kernelSize[1]) ** 2 / 2;
  const reduction = step * Math.max(...conv.stride);
  // A layer over the photo itself has few input channels and is quick: its maps may be larger.
  const side = reads === photoNode ? 256 : longest * reduction;
  const pixels = (budget / perPosition) * reduction ** 2;
  const { width, height } = picture;
  const scale = Math.min(1, side / Math.max(width, height), Math.sqrt(pixels / (width * height)));
  // With sides that are multiples of it no stride leaves a row over.
  const even = reads === photoNode && conv.stride[0] === 1 ? 1 : reduction;
  const stepped = (length: number) =>
    Math.min(Math.floor(length / even) * even, Math.max(even, Math.round((length * scale) / even) * even));
  const size = { width: stepped(width), height: stepped(height) };
  return Math.min(size.width, size.height) >= 1 ? size : null;
}

/** How many pixels of the photo one step of what the layer reads stands for, along one side. */
function reductionOf(before: Graph, reads: NodeId): number {
  const side = 64;
  const photo = before.nodes[0]?.operator;
  const channels = photo?.kind === 'input' ? photo.channels : 3;
  const shapes = inferShapes(before, { [photoNode]: [1, channels, side, side] });
  if (!shapes.ok) throw new Error(shapes.error.message);
  return side / shapes.value[reads]![2];
}
