/** What has been trained as files, read again. */
import { describe, expect, it } from 'vitest';
import { readNpy } from '../../formats/npy.ts';
import { readSafetensors } from '../../formats/safetensors.ts';
import { unpackZip } from '../../formats/zip.ts';
import type { GraphParameters } from '../../graph/graph.ts';
import { matrix } from '../../math/matrix.ts';
import { drawShapes } from '../../training/data/shapes.ts';
import { keptTensors } from '../../training/run/keptTensors.ts';
import type { GroupFigure, Moment } from './groupFigure.ts';
import { curvesFile, figureMatricesFile, matricesFile, weightsFile } from './runFiles.ts';
import { configured } from './testing/configured.ts';
import type { ShownRun } from './variantRun.ts';
import { scales } from './variants.ts';

const train = drawShapes(10, 28, 1);
const variant = { groups: 2, width: 4 / 3 } as const;
const configuration = configured({}, variant, scales.software, train);
const moment: Moment = { whitened: matrix(2, 3, Float64Array.of(0, 1, 2, 3, 4, 5)), pearson: matrix(2, 3) };
const pair = { rows: { layer: 'conv2b', node: 'relu2b' }, columns: { layer: 'conv3a', node: 'relu3a' } };
const run = {
  ...{ name: 'run', variant, configuration, steps: 2, step: 2 },
  results: [
    { loss: 2.5, right: 0.25 },
    { loss: 0.5, right: 1 },
  ],
  observations: [{ step: 2, pair: { pair, moment }, accuracy: { share: 0.75, count: 4 } }],
} as unknown as ShownRun;

const tensors = keptTensors(configuration.trainee.graph);
const weights: GraphParameters = Object.fromEntries(
  configuration.trainee.graph.nodes.map(({ id }) => {
    const own = tensors.filter(({ node }) => node === id);
    return [id, Object.fromEntries(own.map(({ name, count }, i) => [name, new Float32Array(count).fill(i + 1)]))];
  }),
) as unknown as GraphParameters;

const bytesOf = async (file: File) => new Uint8Array(await file.arrayBuffer());

async function unpacked(file: File) {
  const zip = unpackZip(await bytesOf(file));
  if (!zip.ok) throw new Error(zip.error.code);
  return zip.value;
}

function npy(bytes: Uint8Array | undefined) {
  const read = readNpy(bytes ?? new Uint8Array(0));
  if (!read.ok) throw new Error(read.error.code);
  return { shape: read.value.shape, values: [...read.value.values] };
}

describe('files of a run', () => {
  it('hold all weights and statistics under the names of PyTorch, in safetensors and npz alike', async () => {
    const read = readSafetensors(await bytesOf(weightsFile(run, weights, 'safetensors')));
    if (!read.ok) throw new Error(read.error.code);
    const files = await unpacked(weightsFile(run, weights, 'npz'));
    expect([...read.value.keys()]).toEqual(tensors.map(({ id }) => id));
    expect([...files.keys()]).toEqual(tensors.map(({ id }) => `${id}.npy`));
    expect(read.value.has('norm2a.running_mean')).toBe(true);
    for (const { id, shape, node, name } of tensors) {
      const values = [...(weights[node]?.[name] ?? [])];
      expect({ ...read.value.get(id), values: [...(read.value.get(id)?.values ?? [])] }).toMatchObject({
        shape,
        values,
      });
      expect(npy(files.get(`${id}.npy`))).toEqual({ shape, values });
    }
    expect(weightsFile(run, weights, 'npz').name).toBe('training-g2-width1.333.npz');
  });

  it('hold each step in a line, with the test where it was', async () => {
    const text = await curvesFile([run]).text();
    const lines = text.trimEnd().split('\r\n');
    expect(lines[0]).toBe('groups,width,step,loss,train_accuracy,test_accuracy');
    expect(lines.slice(1).map((line) => line.split(',').slice(2))).toEqual([
      ['1', '2.5', '0.25', ''],
      ['2', '0.5', '1', '0.75'],
    ]);
  });

  it('hold the matrices of every moment, of runs and of the figure', async () => {
    const ofRuns = await unpacked(matricesFile([run]));
    expect([...ofRuns.keys()]).toEqual(
      ['whitened', 'pearson'].map((kind) => `training-g2-width1.333/step00002.${kind}.npy`),
    );
    const column = { groups: 2, untrained: moment, trained: [{ step: 7, moment }] };
    const ofFigure = await unpacked(figureMatricesFile({ columns: [column] } as unknown as GroupFigure));
    expect(ofFigure.size).toBe(4);
    for (const bytes of [
      ofRuns.get('training-g2-width1.333/step00002.whitened.npy'),
      ofFigure.get('g02/step00007.whitened.npy'),
    ])
      expect(npy(bytes)).toEqual({ shape: [2, 3], values: [0, 1, 2, 3, 4, 5] });
  });
});
