/** Each learned layer with the part of its network that leads to it, so that it reads what it was trained on. */
import type { Conv2d } from '../../operators/conv2d/attributes.ts';
import { createConv2d } from '../../operators/conv2d/index.ts';
import { convOf } from '../explore.ts';
import type { Graph, GraphNode, NodeId } from '../graph.ts';
import { blazeFace } from './blazeFace.ts';
import { esrganSlim } from './esrganSlim.ts';
import type { LearnedLayerName } from './names.ts';
import { poseNet } from './poseNet.ts';

export const photoNode = 'photo';

/** A byte of channel c becomes (byte - mean[c]) / scale: what the network was trained on. */
export interface InputScale {
  readonly mean: readonly [r: number, g: number, b: number];
  readonly scale: number;
}

export interface LearnedLayer {
  /** From the photo's three channels (node 'photo') to the node that the layer reads, that included; only 'photo' for a first layer. */
  readonly before: Graph;
  readonly reads: NodeId;
  readonly id: NodeId;
  readonly conv: Conv2d;
  readonly scale: InputScale;
  /** Files in `public/models`, without their ending, that hold its weights and those before it. */
  readonly files: readonly string[];
}

type Network = 'esrgan' | 'posenet' | 'blazeface' | 'face';

const unit: InputScale = { mean: [0, 0, 0], scale: 255 };
const signed: InputScale = { mean: [127.5, 127.5, 127.5], scale: 127.5 };
const scales: Readonly<Record<Network, InputScale>> = {
  esrgan: unit,
  posenet: signed,
  blazeface: signed,
  face: { mean: [122.782, 117.001, 104.298], scale: 256 },
};

function nodesOf(network: Network): readonly GraphNode[] {
  switch (network) {
    case 'esrgan':
      return esrganSlim(photoNode);
    case 'posenet':
      return poseNet(photoNode);
    case 'blazeface':
      return blazeFace(photoNode);
    case 'face':
      // dlib's con<32,7,7,2,2> pads nothing.
      return [
        {
          id: 'conv0',
          operator: createConv2d({ inChannels: 3, outChannels: 32, kernelSize: [7, 7], stride: [2, 2], bias: false }),
          inputs: [photoNode],
        },
      ];
    default:
      network satisfies never;
      throw new Error('unknown network');
  }
}

function filesOf(name: LearnedLayerName): readonly string[] {
  switch (name) {
    case 'esrgan/F_m1':
    case 'esrgan/F_0':
      return ['esrgan-layers'];
    case 'esrgan/GFF_2':
      return ['esrgan-layers', 'esrgan-dense'];
    case 'esrgan/UPN1':
      return ['esrgan-layers', 'esrgan-dense', 'esrgan-upn1'];
    case 'posenet/conv0':
    case 'posenet/pw2':
    case 'posenet/pw3':
      return ['posenet-layers'];
    case 'blazeface/conv0':
    case 'blazeface/pw7':
    case 'blazeface/pw9':
      return ['blazeface-layers'];
    case 'face/conv0':
      return ['face-conv1'];
    default:
      name satisfies never;
      throw new Error('unknown layer');
  }
}

const made = new Map<LearnedLayerName, LearnedLayer>();

/** The same object for the same name. */
export function learnedLayer(name: LearnedLayerName): LearnedLayer {
  const known = made.get(name) ?? makeLayer(name);
  made.set(name, known);
  return known;
}

function makeLayer(name: LearnedLayerName): LearnedLayer {
  const [network, id] = name.split('/') as [Network, string];
  const photo: GraphNode = { id: photoNode, operator: { kind: 'input', channels: 3 }, inputs: [] };
  const graph: Graph = { nodes: [photo, ...nodesOf(network)] };
  const place = graph.nodes.findIndex((node) => node.id === id);
  return {
    before: { nodes: graph.nodes.slice(0, place) },
    reads: graph.nodes[place]!.inputs[0]!,
    id,
    conv: convOf(graph, id),
    scale: scales[network],
    files: filesOf(name),
  };
}
