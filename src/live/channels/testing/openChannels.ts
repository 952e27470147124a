/** A desk of the Channels screen over a small picture of many colours, on an engine of its own. */
import { expect } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { createEngine } from '../../../engine/index.ts';
import '../../../operators/late.ts';
import { type ChannelsState, type ChannelsView, parseChannels, parseChannelsView } from '../../../store/channels.ts';
import { defaultWorkspace } from '../../../store/defaultWorkspace.ts';
import { createWorkspaceStore } from '../../../store/workspaceStore.ts';
import { firstResults, type ResultsState } from '../../results.ts';
import { testPicture } from '../../testing/testPicture.ts';
import { type ChannelsDesk, startChannelsDesk } from '../channelsDesk.ts';

/** A picture of colours that repeat nowhere near. */
function picture(name = 'test') {
  const made = testPicture([48, 64]);
  const rgba = new Uint8ClampedArray(made.rgba.length).map((_, i) =>
    i % 4 === 3 ? 255 : (i * 37 + (i >> 6) * 11) % 256,
  );
  return { ...made, rgba, name };
}

export type OpenedChannels = Awaited<ReturnType<typeof openChannels>>;

export async function openChannels(
  kind: 'cpu' | 'webgpu',
  state: Partial<ChannelsState>,
  view: Partial<ChannelsView> = {},
) {
  const first = defaultWorkspace();
  const images = { source: 'photo', count: 1, size: 33 } as const;
  const initial = {
    ...first,
    channels: { ...parseChannels(null), images, ...state },
    view: { ...first.view, channels: { ...parseChannelsView(null), ...view } },
  };
  const blobs = { putNow: () => 'f'.repeat(64) };
  const workspace = createWorkspaceStore({ initial, blobs, inputSize: () => [48, 64] });
  const { engine } = await createEngine(kind, { memoryBudget: 2 ** 28 });
  const results = createStore<ResultsState>(() => ({ ...firstResults, running: engine, picture: picture() }));
  const desk = startChannelsDesk(
    { workspace, results },
    {
      blobs: { get: async () => undefined },
      startDesk: () => {
        throw new Error('no photo is opened here');
      },
      fetchSample: async () => new Blob(),
      fetchFile: async () => {
        throw new Error('no file is served here');
      },
      trainedRuns: async () => [],
      samples: [],
    },
  );
  const dispose = () => {
    desk.dispose();
    engine.destroy();
  };
  return { workspace, results, desk, engine, dispose };
}

/** Until everything that is looked at is there. */
export const settled = (of: ChannelsDesk) =>
  expect
    .poll(
      () => {
        const { progress, excitements, problem } = of.results.getState();
        return problem ?? (progress === null && excitements !== null);
      },
      { timeout: 90_000 },
    )
    .toBe(true);
