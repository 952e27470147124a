/** The networks of the Train screen's runs as they are now, for whoever looks into them: trained in this page, or kept from before. */
import type { LabelledImages } from '../../formats/datasets/labelledImages.ts';
import type { GraphParameters } from '../../graph/graph.ts';
import { type Range, rangeOf } from '../../training/data/batches.ts';
import type { Trainee } from '../../training/run/lossGraph.ts';
import type { Session } from '../session.ts';
import { type TrainDesk, trainDeskOf } from './trainDesk.ts';
import type { Variant } from './variants.ts';

export interface NetworkOfRun {
  /** Names the run: all that it is a function of. */
  readonly name: string;
  readonly variant: Variant;
  readonly step: number;
  readonly steps: number;
  readonly trainee: Trainee;
  readonly parameters: GraphParameters;
  /** Of the images that it learns from. */
  readonly images: Pick<LabelledImages, 'channels' | 'height' | 'width' | 'classes'>;
  /** What it reads of a value v in 0..1: (v - mean) / deviation. */
  readonly range: Range;
}

/** Those that have begun, in the order of the screen. Settles when the runs of the newest state are known; rejects with EngineError. */
export function trainedNetworks(session: Session): Promise<readonly NetworkOfRun[]> {
  return networksOf(trainDeskOf(session));
}

export async function networksOf(desk: Pick<TrainDesk, 'results' | 'weightsOf'>): Promise<readonly NetworkOfRun[]> {
  const { runs } = await known(desk);
  const networks = await Promise.all(
    runs.map(async ({ name, variant, step, steps, configuration }): Promise<readonly NetworkOfRun[]> => {
      const parameters = await desk.weightsOf(name);
      if (!parameters) return [];
      const { trainee, data } = configuration;
      const { channels, height, width, classes } = data;
      const images = { channels, height, width, classes };
      return [{ name, variant, step, steps, trainee, parameters, images, range: rangeOf(data) }];
    }),
  );
  return networks.flat();
}

function known({ results }: Pick<TrainDesk, 'results'>): Promise<ReturnType<TrainDesk['results']['getState']>> {
  return new Promise((resolve) => {
    const look = (state: ReturnType<typeof results.getState>) => {
      if (!state.data && !state.problem) return;
      unsubscribe();
      resolve(state);
    };
    const unsubscribe = results.subscribe(look);
    look(results.getState());
  });
}
