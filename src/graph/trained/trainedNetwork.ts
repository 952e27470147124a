/**
 * A trained network: weights, and a graph that is a function of the picture's size, since "same" padding as TensorFlow has it depends on
 * the size. The number of images, the height and the width are free; the weights are the same objects at every size.
 */
import type { HostTensor, Result } from '../../operators/operator.ts';
import type { Graph, GraphParameters, NodeId } from '../graph.ts';
import type { GraphError } from '../infer.ts';

/**
 * From a picture's channels (red, green, blue, each in 0..1) to the values that the network was trained on: input channel c is
 * picture[order[c]] * scale[c] + shift[c].
 */
export interface Preprocessing {
  readonly order: readonly number[];
  readonly scale: readonly number[];
  readonly shift: readonly number[];
}

/** A convolution as the file names it, and where its responses are read. */
export interface ConvolutionLayer {
  readonly name: string;
  readonly node: NodeId;
  /** The activation behind it (and behind its batch norm); the convolution, or the norm, where nothing else is between. */
  readonly response: NodeId;
}

export interface TrainedGraph {
  readonly graph: Graph;
  /** As the file names them, in its order. */
  readonly outputs: readonly { readonly name: string; readonly node: NodeId }[];
}

export interface TrainedSource {
  /** Whom it is from: "Google PoseNet (MobileNet V1 0.75)"; the file's name for a person's own. */
  readonly title: string;
  /** Null where it is not known: a person's own file. */
  readonly licence: string | null;
}

export interface TrainedNetwork {
  readonly name: string;
  /** The node that stands for the picture, of `channels` maps; the only input node. */
  readonly input: NodeId;
  readonly channels: number;
  /** The graph for `images` pictures of this size; the error of the first node that cannot be applied. The same object for the same size. */
  graphAt(height: number, width: number, images?: number): Result<TrainedGraph, GraphError>;
  readonly parameters: GraphParameters;
  readonly preprocessing: Preprocessing;
  /** The size it was trained at; null where there is none. */
  readonly nativeSize: { readonly height: number; readonly width: number } | null;
  /** Names of the outputs of a classifier, in order. */
  readonly classes: readonly string[] | null;
  /** All convolutions, in graph order. */
  readonly layers: readonly ConvolutionLayer[];
  readonly source: TrainedSource;
}

/** `picture`'s channels in 0..1, [N, C, H, W], as the network reads them. `picture` has every channel that `order` names. */
export function preprocess(
  { order, scale, shift }: Preprocessing,
  picture: HostTensor<Float32Array>,
): HostTensor<Float32Array> {
  const [images, channels, height, width] = picture.shape;
  const plane = height * width;
  const values = new Float32Array(images * order.length * plane);
  for (let n = 0; n < images; n++)
    order.forEach((from, c) => {
      const source = (n * channels + from) * plane;
      const target = (n * order.length + c) * plane;
      for (let i = 0; i < plane; i++) values[target + i] = picture.values[source + i]! * scale[c]! + shift[c]!;
    });
  return { shape: [images, order.length, height, width], values };
}

/** Values as they are, for a network that says nothing else. */
export function unchanged(channels: number): Preprocessing {
  const all = Array.from({ length: channels }, (_, c) => c);
  return { order: all, scale: all.map(() => 1), shift: all.map(() => 0) };
}
