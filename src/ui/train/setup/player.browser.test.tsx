/** A run in a person's hands: play, pause, one step, speed, from the beginning; and a loss that is no number, said where it is seen. */
import { afterEach, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { createCpuEngine } from '../../../engine/cpu/index.ts';
import type { Engine } from '../../../engine/engine.ts';
import { loadWords, startI18n } from '../../../i18n/index.ts';
import { createRunBook } from '../../../live/train/keptRuns.ts';
import { pageSources } from '../../../live/train/pageSources.ts';
import { startTrainDesk } from '../../../live/train/trainDesk.ts';
import { defaultWorkspace } from '../../../store/defaultWorkspace.ts';
import { memoryKeyValue } from '../../../store/keyValue.ts';
import { defaultTrain } from '../../../store/train.ts';
import { createLayerSession } from '../../explore/testing/layerSession.ts';
import { renderWithSession } from '../../explore/testing/renderWithSession.tsx';
import { violations } from '../../explore/testing/violations.ts';
import { RunsTable } from '../runs/RunsTable.tsx';
import { TrainDeskProvider } from '../train.tsx';
import '../train.css';
import { PlayPart } from './PlayPart.tsx';
import { SettingsPart } from './SettingsPart.tsx';
import './setup.css';

/** Drawn shapes; more steps than are waited for. */
const train = { ...defaultTrain, data: 'shapes', groups: [2], batchSize: 20, epochs: 200, optimiser: 'sgd' } as const;
const amount = { width: 1 / 6, trainImages: 20, testImages: 20, measuredImages: 20 };

let engine: Engine;
afterEach(() => engine.destroy());

async function open() {
  engine = await createCpuEngine({ threads: 1 });
  const session = createLayerSession([8, 8], { ...defaultWorkspace(), train });
  session.results.setState({ running: engine });
  const scale = { pace: 'software', ...amount } as const;
  const means = { scaleOf: () => scale, budgetOf: () => Promise.resolve(2 ** 28) };
  const desk = startTrainDesk(session, pageSources(session.blobs), createRunBook(memoryKeyValue()), means);
  await startI18n('en');
  await loadWords('train');
  await renderWithSession(
    session,
    <TrainDeskProvider value={desk}>
      <PlayPart />
      <SettingsPart />
      <RunsTable />
    </TrainDeskProvider>,
    { width: 700 },
  );
  return desk;
}

const button = (name: string) => page.getByRole('button', { name, exact: true });
const progress = page.getByTestId('train-progress');
const patient = { timeout: 60_000 };

it('is played, paused, taken step by step, slowed down and begun again', async () => {
  const desk = await open();
  await expect.element(progress).toHaveTextContent('step 0 / 200');
  await button('Play').click();
  await expect.element(progress, patient).toHaveTextContent(/step [1-9]\d* \/ 200/);
  await button('Pause').click();
  await expect.element(button('Step'), patient).toBeEnabled();
  await expect.poll(() => desk.results.getState().active, patient).toBeNull();
  const done = desk.results.getState().runs[0]?.step ?? 0;
  await expect.element(progress).toHaveTextContent(`step ${done} / 200`);
  await button('Step').click();
  await expect.element(progress, patient).toHaveTextContent(`step ${done + 1} / 200`);
  await page.getByRole('radio', { name: 'Slow', exact: true }).click();
  expect(desk.results.getState().speed).toBe('slow');
  await expect.poll(() => desk.results.getState().active, patient).toBeNull();
  await button('Reset').click();
  await expect.element(progress, patient).toHaveTextContent('step 0 / 200');
  await expect.element(button('Reset')).toBeDisabled();
  expect(await violations()).toEqual([]);
}, 180_000);

it('stops with a sentence where its loss is no number, and can be tried with a smaller rate', async () => {
  await open();
  const rate = page.getByRole('spinbutton', { name: 'learning rate', exact: true });
  await rate.fill('1000');
  await page.getByRole('switch', { name: 'Batch norm' }).click();
  await expect.element(progress).toHaveTextContent('step 0 / 200');
  await button('Play').click();
  const said = page.getByRole('alert');
  await expect
    .element(said, patient)
    .toHaveTextContent(/the loss of step \d+ is no number; the run has stopped\. Try a smaller learning rate/);
  await expect.element(said).toBeVisible();
  await expect.element(button('Play')).toBeDisabled();
  expect(await violations()).toEqual([]);
  await rate.fill('0.01');
  await expect.element(button('Play'), patient).toBeEnabled();
  await expect.element(said).not.toBeInTheDocument();
}, 180_000);
