/** Runs as files: the weights of one as PyTorch names them, its curves, its matrices. */
import { csvText } from '../../formats/csv.ts';
import { writeNpy } from '../../formats/npy.ts';
import { writeSafetensors } from '../../formats/safetensorsWriter.ts';
import { packZip } from '../../formats/zip.ts';
import type { GraphParameters } from '../../graph/graph.ts';
import { keptTensors } from '../../training/run/keptTensors.ts';
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

/** Of every run and epoch both matrices, "g8-width1/step0310.whitened.npy", [rows, columns]. */
export function matricesFile(runs: readonly ShownRun[]): File {
  const files = new Map<string, Uint8Array>();
  for (const run of runs)
    for (const { step, moment } of run.observations)
      for (const kind of ['whitened', 'pearson'] as const) {
        const { rows, columns, values } = moment[kind];
        const name = `${baseOf(run)}/step${String(step).padStart(5, '0')}.${kind}.npy`;
        files.set(name, writeNpy([rows, columns], Float32Array.from(values)));
      }
  return new File([packZip(files)], 'training-matrices.zip', { type: 'application/zip' });
}
