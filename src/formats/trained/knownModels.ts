/**
 * What is known of networks whose files do not say it: the range of values they were trained on, and whom they are from. Recognised by
 * their layers, whatever the file is called.
 */
import { type Preprocessing, type TrainedSource, unchanged } from '../../graph/trained/trainedNetwork.ts';
import type { FactsOf } from '../tfjs/network.ts';

/** 0..1 → -1..1. */
const signed: Preprocessing = { order: [0, 1, 2], scale: [2, 2, 2], shift: [-1, -1, -1] };

interface KnownModel {
  readonly name: string;
  readonly source: TrainedSource;
  readonly preprocessing: Preprocessing;
  /** Layers that it has, and how many in all. */
  readonly layers: readonly string[];
  readonly count: number;
}

const known: readonly KnownModel[] = [
  {
    name: 'PoseNet',
    source: { title: 'Google PoseNet (MobileNet V1 0.75)', licence: 'Apache-2.0' },
    preprocessing: signed,
    layers: ['MobilenetV1/MobilenetV1/Conv2d_0/Relu6', 'MobilenetV1/heatmap_2/BiasAdd'],
    count: 31,
  },
  {
    name: 'BlazeFace',
    source: { title: 'Google MediaPipe BlazeFace (front)', licence: 'Apache-2.0' },
    preprocessing: signed,
    layers: [
      'StatefulPartitionedCall/functional_1/conv2d/Relu',
      'StatefulPartitionedCall/functional_1/depthwise_conv2d_15/depthwise',
    ],
    count: 37,
  },
  {
    name: 'ESRGAN-slim',
    source: { title: 'ESRGAN-slim 2x, Kevin Scott', licence: 'MIT' },
    // Values 0..1 in and out: its output at 0..1 is the picture, twice as large.
    preprocessing: unchanged(3),
    layers: ['F_m1', 'GFF_2', 'UPN1', 'SR'],
    count: 12,
  },
];

/** Facts of a known network; of any other that it reads values in 0..1 as they are. */
export function factsOfFile(fileName: string): FactsOf {
  return ({ channels, layers }) => {
    const names = new Set(layers.map(({ name }) => name));
    const model = known.find((one) => one.count === layers.length && one.layers.every((name) => names.has(name)));
    if (model && channels === 3)
      return { name: model.name, source: model.source, preprocessing: model.preprocessing, classes: null };
    const source = { title: fileName, licence: null };
    return { name: fileName, source, preprocessing: unchanged(channels), classes: null };
  };
}
