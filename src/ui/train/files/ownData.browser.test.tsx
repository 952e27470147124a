/** Files of a data set, dropped anywhere on Train or chosen by the button. */
import { afterEach, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { createCpuEngine } from '../../../engine/cpu/index.ts';
import type { Engine } from '../../../engine/engine.ts';
import { loadWords } from '../../../i18n/index.ts';
import { createRunBook } from '../../../live/train/keptRuns.ts';
import { pageSources } from '../../../live/train/pageSources.ts';
import { startTrainDesk } from '../../../live/train/trainDesk.ts';
import { memoryKeyValue } from '../../../store/keyValue.ts';
import { parseTrain } from '../../../store/train.ts';
import { createLayerSession } from '../../explore/testing/layerSession.ts';
import { renderWithSession } from '../../explore/testing/renderWithSession.tsx';
import { violations } from '../../explore/testing/violations.ts';
import { DropAnywhere } from '../../shell/DropAnywhere.tsx';
import { DataPart } from '../setup/DataPart.tsx';
import '../setup/setup.css';
import { TrainDeskProvider } from '../train.tsx';
import '../train.css';
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
afterEach(() => engine.destroy());

async function open() {
  engine = await createCpuEngine({ threads: 1 });
  const session = { ...createLayerSession([8, 8]), openFile: vi.fn(async () => undefined) };
  session.results.setState({ running: engine });
  const desk = startTrainDesk(session, pageSources(session.blobs), createRunBook(memoryKeyValue()));
  await renderWithSession(
    session,
    <TrainDeskProvider value={desk}>
      <TrainDrop>
        <DataPart />
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

it('are taken in any order, are said to be wrong by name, and are taken out again', async () => {
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
  expect(parseTrain(session.workspace.getState().workspace.train)).toMatchObject({ data: 'files', files: [] });
});

it('leave a photo that is dropped to the page', async () => {
  const session = await open();
  const photo = new File(['photo'], 'cat.jpg');
  drop(photo);
  await vi.waitFor(() => expect(session.openFile).toHaveBeenCalledWith(photo));
  expect(document.querySelector('.drop-anywhere')).toBeNull();
});
