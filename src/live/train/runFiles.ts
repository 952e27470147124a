/** Runs as files: the weights of one as PyTorch names them, its curves, its matrices. */
import { csvText } from '../../formats/csv.ts';
import { writeNpy } from '../../formats/npy.ts';
import { writeSafetensors } from '../../formats/safetensorsWriter.ts';
import { packZip } from '../../formats/zip.ts';
import type { GraphParameters } from '../../graph/graph.ts';
import { keptTensors } from '../../training/run/keptTensors.ts';
import { type CurvePoint, smoothed } from '../../views/training/curves.ts';
import { curvesFigure } from '../../views/training/curvesFigure.ts';
import { svgFile } from '../figureFiles.ts';
import type { GroupFigure } from './groupFigure.ts';
import { pairMoments } from './runsFigure.ts';
import type { ShownRun } from './variantRun.ts';

/** "training-g8-width1.75": a width that a price was matched by has as many digits as tell it apart. */
const baseOf = ({ variant: { groups, width } }: ShownRun) => `training-g${groups}-width${Number(width.toFixed(3))}`;

export function weightsFile(run: ShownRun, weights: GraphParameters, format: 'safetensors' | 'npz'): File {
  const tensors = keptTensors(run.configuration.trainee.graph).flatMap(({ id, node, name, shape }) => {
    const values = weights[node]?.[name];
    return values ? [{ name: id, shape, values }] : [];
  });
  const bytes =
    format === 'safetensors'
      ? writeSafetensors(tensors)
      : packZip(new Map(tensors.map(({ name, shape, values }) => [`${name}.npy`, writeNpy(shape, values)])));
  return new File([bytes], `${baseOf(run)}.${format}`);
}

/** One line for each step: the run's groups and width, the step, loss and share of right answers of its batch, and test accuracy where an epoch ends. */
export function curvesFile(runs: readonly ShownRun[]): File {
  const lines = runs.flatMap(({ variant: { groups, width }, results, observations }) => {
    const tested = new Map(observations.map(({ step, accuracy }) => [step, accuracy.share]));
    return results.map(({ loss, right }, i) => [groups, width, i + 1, loss, right, tested.get(i + 1) ?? '']);
  });
  const text = csvText([['groups', 'width', 'step', 'loss', 'train_accuracy', 'test_accuracy'], ...lines]);
  return new File([text], 'training-curves.csv', { type: 'text/csv' });
}

/** Loss, the mean of `smoothing` steps, and test accuracy of all runs; `colours`: of each, in turn. */
export async function curvesPicture(
  runs: readonly ShownRun[],
  { names, words, colours, smoothing }: CurvesLook,
): Promise<File> {
  const lines = (points: (run: ShownRun) => readonly CurvePoint[]) =>
    runs.map((run, i) => ({ name: names[i] ?? '', colour: colours[i % colours.length] ?? '', points: points(run) }));
  const figure = curvesFigure(words.title, [
    {
      ...{ title: words.loss, xName: words.step, isShare: false },
      xEnd: Math.max(...runs.map(({ steps }) => steps)),
      lines: lines(({ results }) => {
        const losses = smoothed(
          results.map(({ loss }) => loss),
          smoothing,
        );
        return losses.map((y, i) => ({ x: i + 1, y }));
      }),
    },
    {
      ...{ title: words.accuracy, xName: words.epoch, isShare: true },
      xEnd: Math.max(...runs.map(({ configuration }) => configuration.epochs)),
      lines: lines(({ observations, configuration, steps }) =>
        observations.map(({ step, accuracy }) => ({ x: (step / steps) * configuration.epochs, y: accuracy.share })),
      ),
    },
  ]);
  return svgFile(figure, 'training-curves.svg');
}

export interface CurvesLook {
  readonly names: readonly string[];
  readonly words: Readonly<Record<'title' | 'loss' | 'accuracy' | 'step' | 'epoch', string>>;
  readonly colours: readonly string[];
  readonly smoothing: number;
}

/** Of every run and epoch both matrices, "g8-width1/step0310.whitened.npy", [rows, columns]. */
export function matricesFile(runs: readonly ShownRun[]): File {
  const files = new Map<string, Uint8Array>();
  for (const run of runs)
    for (const { step, moment } of pairMoments(run))
      for (const kind of ['whitened', 'pearson'] as const) {
        const { rows, columns, values } = moment[kind];
        const name = `${baseOf(run)}/step${String(step).padStart(5, '0')}.${kind}.npy`;
        files.set(name, writeNpy([rows, columns], Float32Array.from(values)));
      }
  return new File([packZip(files)], 'training-matrices.zip', { type: 'application/zip' });
}

/** Of every number of groups and moment both matrices, "g08/step03929.whitened.npy", [rows, columns]; step 0 is untrained. */
export function figureMatricesFile({ columns }: GroupFigure): File {
  const files = new Map<string, Uint8Array>();
  for (const { groups, untrained, trained } of columns)
    for (const { step, moment } of [{ step: 0, moment: untrained }, ...trained])
      for (const kind of ['whitened', 'pearson'] as const) {
        const { rows, columns: width, values } = moment[kind];
        const name = `g${String(groups).padStart(2, '0')}/step${String(step).padStart(5, '0')}.${kind}.npy`;
        files.set(name, writeNpy([rows, width], Float32Array.from(values)));
      }
  return new File([packZip(files)], 'filter-groups-matrices.zip', { type: 'application/zip' });
}
