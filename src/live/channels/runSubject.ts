/** A network that the Train screen has trained, as the Channels screen looks at it. */
import { convolutionLayers } from '../../graph/trained/convolutionLayers.ts';
import type { NetworkOfRun } from '../train/trainedNetworks.ts';
import { subjectLayers } from './layers.ts';
import type { ChannelsSubject } from './subject.ts';

const prefix = 'run:';

/** Names the run among those of the Train screen's present state. */
export const modelOfRun = ({ variant: { groups, width } }: Pick<NetworkOfRun, 'variant'>): string =>
  `${prefix}${groups}:${width}`;

export const isRunModel = (model: string): boolean => model.startsWith(prefix);

/** Its batch norms use the running statistics, as it is tested; the mean over its last map takes any size. */
export function runSubject({ trainee, parameters, images, range, step, steps }: NetworkOfRun): ChannelsSubject {
  const { graph, input } = trainee;
  return {
    ...{ input, parameters, graph },
    title: `${step} / ${steps}`,
    layers: subjectLayers(graph, convolutionLayers(graph)),
    nativeSide: Math.max(images.height, images.width),
    fixedSize: null,
    photo: { channels: images.channels === 1 ? 'grey' : 'rgb', range: 'unit' },
    graphAt: () => graph,
    read: ({ values }) => values.map((value) => (value - range.mean) / range.deviation),
  };
}
