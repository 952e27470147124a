import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { type ComputedSession, createComputedSession } from './testing/computedSession.ts';
import { renderWithSession } from './testing/renderWithSession.tsx';
import { useStale } from './useStale.ts';

function Probe() {
  return <p>stale: {useStale() ?? 'none'}</p>;
}

let computed: ComputedSession;
beforeEach(async () => {
  computed = await createComputedSession([12, 16]);
  await renderWithSession(computed.session, <Probe />);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
  computed.dispose();
});

const said = () => page.getByText(/^stale:/).element().textContent;
/** Frames are not faked: React has rendered what was changed before them. */
const rendered = async () => {
  for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
};
const pass = (milliseconds: number) => {
  vi.advanceTimersByTime(milliseconds);
  return rendered();
};
const changeLayer = (stride: number) => {
  computed.session.workspace.getState().setConv({ stride: [stride, stride] });
  return rendered();
};
/** What the runner does when a run of the newest state has begun, and when its maps are there. */
const begin = () => {
  const { workspace, results } = computed.session;
  const { graph, focus } = workspace.getState().workspace;
  const { filters } = results.getState();
  results.setState({ output: { ...computed.output, graph, parameters: filters ? { [focus]: filters.values } : {} } });
  return rendered();
};
const finish = () => {
  const { results } = computed.session;
  results.setState({ finished: results.getState().output });
  return rendered();
};

describe('numbers of a former state', () => {
  it('are known as such once the newest state has been on its way for 300 ms', async () => {
    expect(said()).toBe('stale: none');
    await changeLayer(2);
    await pass(299);
    expect(said()).toBe('stale: none');
    await pass(1);
    expect(said()).toBe('stale: all');
    await begin();
    await finish();
    expect(said()).toBe('stale: none');
  });

  it('are those of the maps alone while the run of the newest state has still to finish', async () => {
    await changeLayer(2);
    await begin();
    await pass(300);
    expect(said()).toBe('stale: maps');
    await finish();
    expect(said()).toBe('stale: none');
  });

  it('never flicker where each answer comes within 300 ms, however long a slider is dragged', async () => {
    for (const stride of [2, 3, 4, 5]) {
      await changeLayer(stride);
      await pass(250);
      expect(said()).toBe('stale: none');
      await begin();
      await pass(40);
      await finish();
    }
  });
});
