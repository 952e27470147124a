import { afterEach, describe, expect, it } from 'vitest';
import { type ChannelsState, parseChannels, parseChannelsView } from '../../../store/channels.ts';
import { factsOf, livelinessOf } from '../liveliness.ts';
import { type OpenedChannels, openChannels, settled } from '../testing/openChannels.ts';
import { type PruneDesk, startPruneDesk } from './pruneDesk.ts';

let opened: OpenedChannels | null = null;
let prune: PruneDesk | null = null;
afterEach(() => {
  prune?.dispose();
  opened?.dispose();
  prune = opened = null;
});

async function start(kind: 'cpu' | 'webgpu', state: Partial<ChannelsState>) {
  opened = await openChannels(kind, state);
  prune = startPruneDesk(opened, opened.desk);
  const own = { ...opened, prune };
  const { workspace } = opened;
  const change = (next: Partial<ChannelsState>) =>
    workspace.getState().setPart('channels', null, (former) => ({ ...parseChannels(former), ...next }));
  return { ...own, change };
}

/** Until both networks have been timed. */
const pruned = ({ results }: PruneDesk) =>
  expect
    .poll(
      () => {
        const { times, progress, problem } = results.getState();
        return problem ?? (progress === null && times !== null);
      },
      { timeout: 60_000 },
    )
    .toBe(true);

describe('the desk of pruning', () => {
  it('takes PoseNet’s zero filters away without a trace, and brings all back', async () => {
    const { desk, prune, change, workspace } = await start('cpu', {});
    await settled(desk);
    const { subject, measured } = desk.results.getState();
    const first = subject!.layers[0]!;
    const rule = { rule: 'zero-filter', threshold: null } as const;
    const weak = [...livelinessOf(factsOf(subject!, measured, first), rule).weak];
    change({ removed: { [first.node]: weak } });
    await pruned(prune);
    const found = prune.results.getState();
    const { before, after } = found.pruned!.cost;
    // Ten filters of 3·3·3 and a bias, ten depthwise ones of 3·3 and a bias, ten columns of the 48 filters behind.
    expect(before.total.parameters - after.total.parameters).toBe(10 * 28 + 10 * 10 + 10 * 48);
    expect(found.pruned!.carried).toMatchObject([{ done: 'bias', error: 0 }]);
    // What changes is rounding: other programs may add in another order.
    expect(found.errors!.length).toBeGreaterThan(20);
    for (const { relative } of found.errors!) expect(relative).toBeLessThan(1e-4);
    expect(found.times).toMatchObject({ rounds: 5 });
    const { tensors, kept } = found.compared!;
    expect(tensors.before.shape).toEqual(tensors.after.shape);
    expect(kept).toHaveLength(tensors.difference.shape[1]);

    workspace.getState().undo();
    expect(prune.results.getState()).toMatchObject({ planned: null, pruned: null, errors: null, compared: null });
  });

  it('says at once why channels cannot go', async () => {
    const { desk, prune, change } = await start('cpu', { model: 'nin-g04' });
    await settled(desk);
    const last = desk.results.getState().subject!.layers.at(-1)!;
    change({ removed: { [last.node]: [0] } });
    expect(prune.results.getState().planned).toMatchObject({ ok: false });
    change({ removed: { conv2c: [0] } });
    expect(prune.results.getState().planned).toMatchObject({ ok: false, error: { code: 'uneven-groups', groups: 4 } });
  });

  it('keeps a budget as one step of undo', async () => {
    const { desk, prune, workspace } = await start('cpu', { model: 'nin-g04' });
    await settled(desk);
    await prune.pruneToBudget('parameters', 0.8, 'l2');
    expect(prune.results.getState().isWithin).toBe(true);
    await pruned(prune);
    const { before, after } = prune.results.getState().pruned!.cost;
    expect(after.total.parameters / before.total.parameters).toBeLessThanOrEqual(0.8);
    expect(after.total.parameters / before.total.parameters).toBeGreaterThan(0.75);
    workspace.getState().undo();
    expect(parseChannels(workspace.getState().workspace.channels).removed).toEqual({});
  });
});

describe.each(['cpu', 'webgpu'] as const)('pruning on %s', (kind) => {
  it('tells the error that dropped constants leave, and merges a copy', async () => {
    const { desk, prune, change, workspace, engine } = await start(kind, { model: 'nin-g04' });
    workspace.getState().setView({ channels: { ...parseChannelsView(null), layer: 'conv1b' } });
    await settled(desk);
    const largest = () => Math.max(...prune.results.getState().errors!.map(({ relative }) => relative ?? 0));
    change({ removed: { conv1a: [3] }, constants: 'bias' });
    await pruned(prune);
    const carried = largest();
    change({ constants: 'drop' });
    await expect.poll(() => prune.results.getState().pruned?.carried[0]?.done).toBe('drop');
    await pruned(prune);
    expect(prune.results.getState().pruned!.carried[0]!.node).toBe('conv1b');
    expect(largest()).toBeGreaterThan(carried);

    await expect.poll(() => desk.results.getState().correlations?.nodes[0], { timeout: 30_000 }).toBe('conv1b.relu');
    const { correlation, ...copy } = desk.results.getState().correlations!.found.copies[0]!;
    expect(Math.abs(correlation)).toBeGreaterThan(0.5);
    change({ removed: {}, merges: [{ node: 'conv1b.relu', ...copy }], constants: 'bias' });
    await expect.poll(() => prune.results.getState().pruned?.removal).toEqual({ conv1b: [copy.copy] });
    await pruned(prune);
    const merged = largest();
    // The same channel without what is left of it in the other.
    change({ removed: { conv1b: [copy.copy] }, merges: [] });
    await expect.poll(() => prune.results.getState().errors).toBeNull();
    await pruned(prune);
    expect(merged).toBeLessThan(largest());
    prune.dispose();
    desk.dispose();
    await expect.poll(() => engine.counters.liveTensors).toBe(0);
  });
});
