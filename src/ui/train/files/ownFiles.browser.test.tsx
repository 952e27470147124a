/** A person's own files, dropped anywhere on Train or chosen by a button: of a data set, and of weights. */
import { afterEach, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { createCpuEngine } from '../../../engine/cpu/index.ts';
import type { Engine } from '../../../engine/engine.ts';
import { writeNpy } from '../../../formats/npy.ts';
import { writeSafetensors } from '../../../formats/safetensorsWriter.ts';
import { packZip } from '../../../formats/zip.ts';
import { loadWords } from '../../../i18n/index.ts';
import { createRunBook } from '../../../live/train/keptRuns.ts';
import { pageSources } from '../../../live/train/pageSources.ts';
import { startTrainDesk, type TrainDesk } from '../../../live/train/trainDesk.ts';
import { memoryKeyValue } from '../../../store/keyValue.ts';
import { parseTrain } from '../../../store/train.ts';
import { keptTensors } from '../../../training/run/keptTensors.ts';
import { createLayerSession } from '../../explore/testing/layerSession.ts';
import { renderWithSession } from '../../explore/testing/renderWithSession.tsx';
import { violations } from '../../explore/testing/violations.ts';
import { DropAnywhere } from '../../shell/DropAnywhere.tsx';
import { DataPart } from '../setup/DataPart.tsx';
import '../setup/setup.css';
import { TrainDeskProvider } from '../train.tsx';
import '../train.css';
import { StartPart } from './StartPart.tsx';
import { TrainDrop } from './TrainDrop.tsx';

/** IDX: 18 images of 8 x 8 and their labels, three classes in turn. */
const images = new File(
  [
    Uint8Array.of(
      0,
      0,
      8,
      3,
      0,
      0,
      0,
      18,
      0,
      0,
      0,
      8,
      0,
      0,
      0,
      8,
      ...Array.from({ length: 18 * 64 }, (_, i) => i % 256),
    ),
  ],
  'scans-images-idx3-ubyte',
);
const labels = new File(
  [Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 18, ...Array.from({ length: 18 }, (_, i) => i % 3))],
  'scans-labels-idx1-ubyte',
);

let engine: Engine;
let desk: TrainDesk;
afterEach(() => engine.destroy());

/** As long as a busy machine may take. */
const soon = (isSeen: () => void) => vi.waitFor(isSeen, { timeout: 60_000 });

async function open() {
  engine = await createCpuEngine({ threads: 1 });
  const session = { ...createLayerSession([8, 8]), openFile: vi.fn(async () => undefined) };
  session.results.setState({ running: engine });
  desk = startTrainDesk(session, pageSources(session.blobs), createRunBook(memoryKeyValue()));
  await renderWithSession(
    session,
    <TrainDeskProvider value={desk}>
      <TrainDrop>
        <DataPart />
        <StartPart />
      </TrainDrop>
      <DropAnywhere />
    </TrainDeskProvider>,
  );
  await Promise.all([loadWords('train'), loadWords('problems')]);
  return session;
}

function drop(...files: readonly File[]) {
  const dataTransfer = new DataTransfer();
  for (const file of files) dataTransfer.items.add(file);
  const target = document.querySelector('.train') ?? document.body;
  for (const type of ['dragenter', 'drop'])
    target.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
}

it('of a data set are taken in any order, are said to be wrong by name, and are taken out again', async () => {
  const session = await open();
  drop(labels);
  await expect.element(page.getByRole('alert')).toHaveTextContent('The images of scans-labels-idx1-ubyte are missing.');
  drop(images);
  await expect.element(page.getByText('15 to learn from, 3 to test on')).toBeVisible();
  await expect.element(page.getByRole('alert')).not.toBeInTheDocument();
  await expect.element(page.getByText('1 × 8 × 8')).toBeVisible();
  // The page's own place for drops is told that these have been taken.
  expect(document.querySelector('.drop-anywhere')).toBeNull();
  expect(session.openFile).not.toHaveBeenCalled();

  drop(new File(['no data'], 'notes.gz'));
  await expect.element(page.getByRole('alert')).toHaveTextContent('notes.gz is no file of a data set');
  expect(await violations()).toEqual([]);
  await page.getByRole('button', { name: 'Remove notes.gz' }).click();
  await expect.element(page.getByText('15 to learn from, 3 to test on')).toBeVisible();
  await page.getByRole('button', { name: 'Remove all' }).click();
  await expect.element(page.getByText('No files have been added yet.')).toBeVisible();
  expect(parseTrain(session.workspace.getState().workspace.train)).toMatchObject({ data: 'files', files: [] });
});

it('of other kinds are left to the page: a photo, an experiment', async () => {
  const session = await open();
  const photo = new File(['photo'], 'cat.jpg');
  drop(photo);
  await soon(() => expect(session.openFile).toHaveBeenCalledWith(photo));
  const array = writeNpy([1], Float32Array.of(1));
  const experiment = new File(
    [
      packZip(
        new Map([
          ['x.npy', array],
          ['layer.json', new Uint8Array(2)],
        ]),
      ),
    ],
    'mine.npz',
  );
  drop(experiment);
  await soon(() => expect(session.openFile).toHaveBeenCalledWith(experiment));
  expect(document.querySelector('.drop-anywhere')).toBeNull();
});

it('of weights are told run by run whether they fit, and taken out again', async () => {
  const session = await open();
  session.workspace.getState().setPart('train', null, (train) => ({ ...train, data: 'shapes', groups: [1, 8] }));
  const weights = page.getByRole('region', { name: 'Initial weights' });
  const fits = () => weights.getByRole('status').getByRole('listitem');
  // Every tensor of the network with eight groups, and none other.
  await soon(() => expect(desk.results.getState().runs).toHaveLength(2));
  const ofEight = desk.results.getState().runs[1]?.configuration.trainee.graph;
  const tensors = keptTensors(ofEight ?? { nodes: [] }).map(({ id, shape, count }) => {
    return { name: id, shape, values: new Float32Array(count).fill(0.1) };
  });
  drop(new File([writeSafetensors(tensors)], 'eight.safetensors'));
  await expect
    .element(fits().nth(0))
    .toHaveTextContent('g 1 conv1a.weight is [11, 1, 5, 5] here, but [16, 1, 5, 5] in the file.');
  await expect.element(fits().nth(1)).toHaveTextContent('g 8 begins with them.');
  expect(await violations()).toEqual([]);
  drop(new File(['no weights at all'], 'notes.npz'));
  await expect.element(weights.getByRole('alert')).toHaveTextContent('notes.npz is no file of weights');
  await page.getByRole('button', { name: 'Remove notes.npz' }).click();
  await expect.element(weights.getByText('No file of weights has been chosen yet.')).toBeVisible();
  await weights.getByRole('combobox').selectOptions('Drawn by the seed');
  await soon(() => expect(desk.results.getState().runs.map(({ problem }) => problem)).toEqual([null, null]));
});
