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
/** What the runner does when the maps of the newest state are there. */
const answer = () => {
  const { workspace, results } = computed.session;
  const { graph, focus } = workspace.getState().workspace;
  const { filters } = results.getState();
  results.setState({ output: { ...computed.output, graph, parameters: filters ? { [focus]: filters.values } : {} } });
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
    await answer();
    expect(said()).toBe('stale: none');
  });

  it('are those of the maps alone while the run of the newest state has still to finish', async () => {
    const { results } = computed.session;
    results.setState({ busy: true });
    await changeLayer(2);
    await answer();
    await pass(300);
    expect(said()).toBe('stale: maps');
    results.setState({ busy: false, statistics: [] });
    await rendered();
    expect(said()).toBe('stale: none');
  });

  it('never flicker where each answer comes within 300 ms, however long a slider is dragged', async () => {
    computed.session.results.setState({ busy: true });
    for (const stride of [2, 3, 4, 5]) {
      await changeLayer(stride);
      await pass(250);
      expect(said()).toBe('stale: none');
      await answer();
      computed.session.results.setState({ statistics: [] });
      await rendered();
    }
  });
});
