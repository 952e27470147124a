import { afterEach, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import '../../../operators/late.ts';
import { loadWords, setLanguage, startI18n } from '../../../i18n/index.ts';
import { type ChannelsDesk, startChannelsDesk } from '../../../live/channels/channelsDesk.ts';
import { type PruneDesk, startPruneDesk } from '../../../live/channels/pruning/pruneDesk.ts';
import { defaultChannels, parseChannels, parseChannelsView } from '../../../store/channels.ts';
import { defaultWorkspace } from '../../../store/defaultWorkspace.ts';
import { type ComputedSession, createComputedSession } from '../../explore/testing/computedSession.ts';
import { renderWithSession } from '../../explore/testing/renderWithSession.tsx';
import { violations } from '../../explore/testing/violations.ts';
import { ChannelsProvider, createChannelsContext } from '../channels.tsx';
import { ChannelsPanel } from '../layer/ChannelsPanel.tsx';
import { PrunePanel } from './PrunePanel.tsx';
import '../channels.css';

let computed: ComputedSession;
let desk: ChannelsDesk;
let pruning: PruneDesk;

/** PoseNet on a picture of 33 pixels, its first layer by the rule of zero filters. */
async function open() {
  const base = defaultWorkspace();
  const channels = { ...defaultChannels, images: { ...defaultChannels.images, size: 33 } };
  const view = { ...parseChannelsView(null), rule: 'zero-filter', likeness: 0.5 } as const;
  computed = await createComputedSession([33, 33], { ...base, channels, view: { ...base.view, channels: view } });
  const nothing = {
    blobs: { get: async () => undefined },
    fetchSample: async () => new Blob(),
    fetchFile: async () => new Uint8Array(),
    trainedRuns: async () => [],
    samples: [],
  };
  const startDesk = () => {
    throw new Error('no photo is opened here');
  };
  desk = startChannelsDesk(computed.session, { ...nothing, startDesk });
  pruning = startPruneDesk(computed.session, desk);
  await startI18n('en');
  await Promise.all([loadWords('channels'), loadWords('problems')]);
  await renderWithSession(
    computed.session,
    <ChannelsProvider value={createChannelsContext(desk, pruning)}>
      <div className="channels">
        <ChannelsPanel />
        <PrunePanel />
      </div>
    </ChannelsProvider>,
    { width: 1300 },
  );
}

afterEach(async () => {
  pruning.dispose();
  desk.dispose();
  computed.dispose();
  await setLanguage('en');
});

const state = () => parseChannels(computed.session.workspace.getState().workspace.channels);
const timed = () => page.getByRole('status', { name: 'time' });

it('takes out what the rule marks, says what goes along, what it saves and that nothing else changes', async () => {
  await open();
  const byRule = page.getByRole('button', { name: 'Remove the 10 that the rule marks' });
  await expect.element(byRule, { timeout: 60_000 }).toBeEnabled();
  await byRule.click();
  await expect.element(page.getByText('Goes with it: Conv2d_1_depthwise ×10')).toBeVisible();
  await expect.element(timed(), { timeout: 60_000 }).toBeVisible();
  const table = page.getByRole('table');
  // Ten filters of 3·3·3 and a bias, ten depthwise ones of 3·3 and a bias, ten columns of the 48 filters behind: 860.
  await expect.element(table.getByRole('row', { name: /^network/ })).toHaveTextContent(/1\s258\s195 → 1\s257\s335/);
  await expect.element(table.getByRole('row', { name: /^Conv2d_0/ })).toHaveTextContent('24 → 14');
  await expect.element(page.getByText('in the bias; the same everywhere, no error')).toBeVisible();
  await expect.element(page.getByText(/^Relative error of displacement_bwd_2: (0|[\d.]+e−[5-9]);/)).toBeVisible();
  expect(await violations(document.querySelector('.channels-prune')!)).toEqual([]);

  await page.getByRole('radio', { name: 'dropped' }).click({ force: true });
  await expect.element(page.getByText(/lost, everywhere$/)).toBeVisible();
  await page.getByRole('button', { name: 'Put all back' }).click();
  await expect.element(page.getByText(/^Nothing is removed/)).toBeVisible();
  expect(state().removed).toEqual({});
});

it('takes out single channels by key, by button and by tap, and says why one cannot go', async () => {
  await open();
  const maps = page.getByRole('application', { name: /^Maps of the channels/ });
  await expect.element(maps, { timeout: 60_000 }).toBeVisible();
  // A copy of a channel that goes through a depthwise layer with weights of its own.
  const copy = page.getByRole('checkbox', { name: /^Merge channel/ }).first();
  await expect.element(copy, { timeout: 60_000 }).toBeDisabled();
  await expect.element(page.getByText('has weights of its own for each channel').first()).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Remove this channel' })).toBeEnabled();
  document.querySelector<HTMLElement>('[role="application"]')!.focus();
  await userEvent.keyboard('{Delete}');
  expect(state().removed).toEqual({ [desk.results.getState().subject!.layers[0]!.node]: [0] });
  await expect.poll(() => document.querySelector<HTMLElement>('.channels-tile.gone')?.dataset.channel).toBe('0');
  await page.getByRole('button', { name: 'Put this channel back' }).click();
  expect(state().removed).toEqual({});
  await page.getByRole('switch', { name: 'Choose by tapping' }).click({ force: true });
  await maps.click({ position: { x: 20, y: 20 } });
  await expect.poll(() => Object.values(state().removed).flat().length).toBe(1);
  computed.session.workspace.getState().undo();

  const head = desk.results.getState().subject!.layers.at(-1)!;
  const { workspace } = computed.session;
  const former = parseChannelsView(workspace.getState().workspace.view.channels);
  workspace.getState().setView({ channels: { ...former, layer: head.node } });
  await expect.element(page.getByRole('button', { name: 'Remove this channel' })).toBeDisabled();
  await expect.element(page.getByText(/is what the network answers/)).toBeVisible();
});
