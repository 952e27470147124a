/** Makes a file of what has been trained, or of the figure that is looked at. */
import type { TFunction } from 'i18next';
import { type MatrixWords, matrixAnimation, matrixPicture } from '../../../live/train/matrixFiles.ts';
import { loadMeasuredFigure } from '../../../live/train/measuredFigure.ts';
import {
  curvesFile,
  curvesPicture,
  figureMatricesFile,
  matricesFile,
  weightsFile,
} from '../../../live/train/runFiles.ts';
import { figureOfRuns } from '../../../live/train/runsFigure.ts';
import type { TrainDesk } from '../../../live/train/trainDesk.ts';
import type { TrainState, TrainView } from '../../../store/train.ts';
import { runName } from '../runNames.ts';
import type { TrainingFile } from './trainingFiles.ts';

/** Of the light theme (`curves.css`): figures are for paper. */
const runColours = ['#1b1d20', '#3d3f9e', '#7b3fa8', '#b03080', '#0f7360'];
const smoothing = 25;

/** Rejects with a sentence where nothing has been trained yet. */
export async function makeTrainingFile(
  kind: TrainingFile,
  desk: TrainDesk,
  { compare }: TrainState,
  view: TrainView,
  t: TFunction<'train'>,
): Promise<File> {
  const { runs } = desk.results.getState();
  const nothing = () => new Error(t('export.nothing'));
  const figureNow = async () => {
    const loaded = view.source === 'measured' ? await loadMeasuredFigure() : null;
    const figure = loaded === null ? figureOfRuns(compare === 'groups' ? runs : []) : loaded.ok ? loaded.value : null;
    if (!figure) throw nothing();
    return figure;
  };
  const words: MatrixWords = {
    title: t('groups.title'),
    untrained: t('groups.stages.untrained'),
    step: (steps) => t('groups.step', { steps }),
    share: (share) => `${t('groups.share')} ${share}`,
    note: t(`groups.mechanical.${view.source}`),
  };
  switch (kind) {
    case 'safetensors':
    case 'npz': {
      const run = runs[Math.min(view.run, runs.length - 1)];
      const weights = run && (await desk.weightsOf(run.name));
      if (!run || !weights) throw nothing();
      return weightsFile(run, weights, kind);
    }
    case 'curves':
      return curvesFile(runs);
    case 'curvesSvg':
      if (runs.every(({ observations }) => observations.length === 0)) throw nothing();
      return curvesPicture(runs, {
        names: runs.map(({ variant }) => runName(variant, compare)),
        words: {
          title: t('setup.title'),
          loss: t('curves.loss'),
          accuracy: t('curves.accuracy'),
          step: t('curves.step'),
          epoch: t('curves.epoch'),
        },
        colours: runColours,
        smoothing,
      });
    case 'matrices':
      return view.source === 'measured' ? figureMatricesFile(await figureNow()) : matricesFile(runs);
    case 'matricesPng':
    case 'matricesSvg':
      return matrixPicture(kind === 'matricesPng' ? 'png' : 'svg', await figureNow(), view, words);
    case 'animationTraining':
    case 'animationGroups':
      return matrixAnimation(kind === 'animationTraining' ? 'training' : 'groups', await figureNow(), view, words);
    default:
      kind satisfies never;
      throw new Error('unknown file');
  }
}
