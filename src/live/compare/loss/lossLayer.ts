/**
 * The layer whose substitutes are fitted, with what it reads: the photo made small enough for a fit to be quick, and behind it the part
 * of the network that leads to the layer, run by the engine. So a learned layer reads what it was trained on.
 */
import type { Engine, Tensor } from '../../../engine/engine.ts';
import type { FittedLayer } from '../../../fits/kinds.ts';
import { resample } from '../../../formats/image/resample.ts';
import { toTensor } from '../../../formats/image/tensor.ts';
import { loadWeights } from '../../../formats/learnedWeights.ts';
import { convOf } from '../../../graph/explore.ts';
import type { Graph, GraphParameters, NodeId } from '../../../graph/graph.ts';
import { type InputScale, learnedLayer, photoNode } from '../../../graph/learned/layers.ts';
import type { Conv2d } from '../../../operators/conv2d/attributes.ts';
import { windowOf } from '../../../operators/conv2d/index.ts';
import { loadRules } from '../../../operators/loadRules.ts';
import type { ParameterValues, Shape } from '../../../operators/operator.ts';
import { outputSize } from '../../../operators/window.ts';
import type { LossLayerName } from '../../../store/loss.ts';
import type { Workspace } from '../../../store/workspace.ts';
import type { Picture } from '../../results.ts';
import { photoSize } from './photoSize.ts';

/** Why a layer has no input or no weights: a code of `loss.problems`, with the numbers of its sentence. */
export class LossProblem extends Error {
  override readonly name = 'LossProblem';
  constructor(
    readonly code: 'file-not-loaded' | 'photo-too-small' | 'failed',
    readonly values: Readonly<Record<string, number | string>> = {},
  ) {
    super(code);
  }
}

export interface LossLayer {
  readonly name: LossLayerName;
  readonly fitted: FittedLayer;
  /** What the layer reads; of `fitted.inputShape`. The holder frees it. */
  readonly input: Tensor;
  /** The same, on the page. */
  readonly values: Float32Array<ArrayBuffer>;
  /** The size at which the photo was read. */
  readonly photo: { readonly width: number; readonly height: number };
}

interface Source {
  readonly conv: Conv2d;
  readonly parameters: ParameterValues;
  readonly before: Graph;
  readonly reads: NodeId;
  readonly weights: GraphParameters;
  readonly tensorOf: (rgba: Uint8ClampedArray, width: number, height: number) => Float32Array;
}

export async function prepareLossLayer(
  engine: Engine,
  {
    name,
    picture,
    workspace,
    own,
  }: {
    readonly name: LossLayerName;
    readonly picture: Picture;
    readonly workspace: Workspace;
    /** The weights of Explore's layer. */
    readonly own: ParameterValues | null;
  },
): Promise<LossLayer> {
  const source = name === 'explore' ? exploreSource(workspace, own) : await learnedSource(name);
  await loadRules(source.before.nodes);
  const photo = photoSize(picture, source);
  if (!photo) throw new LossProblem('photo-too-small');
  const { rgba } = resample(picture, photo.width, photo.height);
  const values = source.tensorOf(rgba, photo.width, photo.height);
  const channels = values.length / (photo.width * photo.height);
  const uploaded = await engine.upload(values, [1, channels, photo.height, photo.width]);
  const input = await through(engine, source, uploaded);
  const [, inChannels, height, width] = input.shape;
  if (!hasOutput(source.conv, input.shape)) {
    input.free();
    throw new LossProblem('photo-too-small');
  }
  const read = await engine.read(input, { channel: 0, channels: inChannels, y: 0, x: 0, height, width });
  return {
    name,
    fitted: { conv: source.conv, parameters: source.parameters, inputShape: input.shape },
    input,
    values: Float32Array.from(read),
    photo,
  };
}

function hasOutput(conv: Conv2d, [, , height, width]: Shape): boolean {
  return outputSize(windowOf(conv, 'h', height)) >= 1 && outputSize(windowOf(conv, 'w', width)) >= 1;
}

/** What the node before the layer gives; the photo itself for a first layer. */
async function through(engine: Engine, { before, reads, weights }: Source, photo: Tensor): Promise<Tensor> {
  if (reads === photoNode) return photo;
  try {
    const run = await engine.run({
      graph: before,
      parameters: weights,
      inputs: { [photoNode]: photo },
      outputs: [reads],
    });
    await run.completed;
    return run.tensors[reads]!;
  } finally {
    photo.free();
  }
}

function exploreSource({ graph, focus, input }: Workspace, own: ParameterValues | null): Source {
  const conv = convOf(graph, focus);
  if (!own) throw new LossProblem('failed');
  return {
    conv,
    parameters: own,
    before: { nodes: [{ id: photoNode, operator: { kind: 'input', channels: conv.inChannels }, inputs: [] }] },
    reads: photoNode,
    weights: {},
    tensorOf: (rgba, width, height) => toTensor(rgba, width, height, input.channels, input.range),
  };
}

async function learnedSource(name: Exclude<LossLayerName, 'explore'>): Promise<Source> {
  const { before, reads, id, conv, scale, files } = learnedLayer(name);
  const weights = await loadWeights(files);
  if (!weights.ok) throw new LossProblem('file-not-loaded', weights.error.values);
  const parameters = weights.value[id];
  if (!parameters) throw new LossProblem('file-not-loaded', { name: files.join() });
  return {
    conv,
    parameters,
    before,
    reads,
    weights: weights.value,
    tensorOf: (rgba, width, height) => scaled(rgba, width * height, scale),
  };
}

/** RGBA bytes → [3, H, W] as the network was trained on them. */
function scaled(rgba: Uint8ClampedArray, pixels: number, { mean, scale }: InputScale): Float32Array {
  return Float32Array.from({ length: 3 * pixels }, (_, i) => {
    const channel = Math.floor(i / pixels);
    return (rgba[4 * (i % pixels) + channel]! - mean[channel]!) / scale;
  });
}
