/** A network that the Train screen has trained, as the Channels screen looks at it. */

import { convolutionLayers } from '../../graph/trained/convolutionLayers.ts';
import { forImages } from '../../graph/training/forImages.ts';
import type { NetworkOfRun } from '../train/trainedNetworks.ts';
import { subjectLayers } from './layers.ts';
import type { ChannelsSubject } from './subject.ts';

const prefix = 'run:';

/** Names the run among those of the Train screen's present state. */
export const modelOfRun = ({ variant: { groups, width } }: Pick<NetworkOfRun, 'variant'>): string =>
  `${prefix}${groups}:${width}`;

export const isRunModel = (model: string): boolean => model.startsWith(prefix);

/** Its batch norms use the running statistics, as it is tested; a mean over its last map takes any size. */
export function runSubject({ trainee, parameters, images, range, step, steps }: NetworkOfRun): ChannelsSubject {
  const { graph, input } = trainee;
  return {
    ...{ input, parameters, graph },
    title: `${step} / ${steps}`,
    layers: subjectLayers(graph, convolutionLayers(graph)),
    nativeSide: Math.max(images.height, images.width),
    // Fully connected layers read maps of one size.
    fixedSize: graph.nodes.some(({ operator }) => operator.kind === 'linear') ? [images.height, images.width] : null,
    photo: { channels: images.channels === 1 ? 'grey' : 'rgb', range: 'unit' },
    graphAt: (_height, _width, count) => forImages(graph, count),
    read: ({ values }) => values.map((value) => (value - range.mean) / range.deviation),
  };
}
