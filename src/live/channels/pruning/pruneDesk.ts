/**
 * Keeps the pruning what-if in step with the chosen channels. What a removal means is known at once (`planned`); then, as soon as the
 * channels themselves are measured, come the pruned network with its constants (a worker), the errors of all later layers and the maps of
 * one (the engine), and the times of both networks. A new choice takes the place of what is being computed.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { type PlannedRemoval, planRemoval } from '../../../analysis/pruning/planRemoval.ts';
import type { Pruned } from '../../../analysis/pruning/prune.ts';
import type { PruneError } from '../../../analysis/pruning/pruneError.ts';
import type { Budget } from '../../../analysis/pruning/pruneToBudget.ts';
import type { ChannelMeans } from '../../../analysis/pruning/removedChannels.ts';
import type { Engine } from '../../../engine/engine.ts';
import { costOf } from '../../../graph/cost.ts';
import type { Result } from '../../../operators/operator.ts';
import { type DeadRuleName, parseChannels, parseChannelsView } from '../../../store/channels.ts';
import type { Picture, Problem } from '../../results.ts';
import type { Session } from '../../session.ts';
import type { ChannelsDesk } from '../channelsDesk.ts';
import { createMemory } from '../memory.ts';
import { channelsProblem } from '../problem.ts';
import { budgetCandidates } from './budgetCandidates.ts';
import {
  type ComparedMaps,
  comparedMaps,
  freeCompared,
  type LayerError,
  layerErrors,
  touchedLayers,
} from './comparison.ts';
import { budgetAside, pruneAside } from './pruneAside.ts';
import { type PruneBase, pruneBaseOf, weightsOf } from './pruneBase.ts';
import { type MeasuredTimes, timeBoth } from './timeBoth.ts';

export interface PruneResults {
  /** Null until the network and the pictures are there. */
  readonly base: PruneBase | null;
  /** Of the chosen channels, or why they cannot go; null: none is chosen. */
  readonly planned: Result<PlannedRemoval, PruneError> | null;
  readonly pruned: Pruned | null;
  readonly engine: Engine | null;
  readonly errors: readonly LayerError[] | null;
  readonly compared: ComparedMaps | null;
  readonly times: MeasuredTimes | null;
  readonly progress: { readonly step: 'constants' | 'errors' | 'times' | 'budget'; readonly share: number } | null;
  /** Whether the last budget was kept; null before there was one. */
  readonly isWithin: boolean | null;
  readonly problem: Problem | null;
}

export interface PruneDesk {
  readonly results: StoreApi<PruneResults>;
  /** Takes away the weakest channels by a rule until `share` of the cost is left, as one step of undo. */
  pruneToBudget(of: Budget['of'], share: number, rule: DeadRuleName): Promise<void>;
  /** Ends what is computed, a budget too; what has been computed stays. */
  stop(): void;
  dispose(): void;
}

const nothing: PruneResults = {
  base: null,
  planned: null,
  pruned: null,
  engine: null,
  errors: null,
  compared: null,
  times: null,
  progress: null,
  isWithin: null,
  problem: null,
};
const unpruned = { pruned: null, errors: null, compared: null, times: null, problem: null } as const;

export function startPruneDesk(
  { workspace }: Pick<Session, 'workspace'>,
  channels: Pick<ChannelsDesk, 'results'>,
): PruneDesk {
  const results = createStore<PruneResults>(() => nothing);
  const prunedBy = createMemory<Pruned>(4);
  const errorsBy = createMemory<readonly LayerError[]>(4);
  const timesBy = createMemory<MeasuredTimes>(4);
  /** What is computed, or has been; another choice begins anew. */
  let present: readonly unknown[] = [];
  let aborter = new AbortController();
  let isDisposed = false;
  let isBudgeting = false;

  const state = () => parseChannels(workspace.getState().workspace.channels);
  const view = () => parseChannelsView(workspace.getState().workspace.view.channels);
  const show = (change: Partial<PruneResults>) => results.setState(change);

  function forget(change: Partial<PruneResults>): void {
    freeCompared(results.getState().compared);
    show({ ...unpruned, progress: null, ...change });
  }

  /** The network at the size of its pictures; the same object as long as both are the same. */
  function baseNow(): PruneBase | null {
    const { subject, pictures } = channels.results.getState();
    const [first] = pictures;
    const { base } = results.getState();
    if (!subject || !first) return null;
    const size = base?.shapes[subject.input];
    const isSame = base?.subject === subject && size?.[2] === first.height && size[3] === first.width;
    return isSame ? base : pruneBaseOf(subject, first);
  }

  let plannedFor: readonly unknown[] = [];
  function plan(base: PruneBase | null): void {
    const { removed, merges } = state();
    const key = [base, JSON.stringify([removed, merges])];
    if (key.every((each, i) => each === plannedFor[i])) return;
    plannedFor = key;
    // Another choice is made while a budget is looked for: it holds.
    if (isBudgeting) stop();
    const isChosen = merges.length > 0 || Object.values(removed).some((list) => list.length > 0);
    const planned = base && isChosen ? planRemoval(base.graph, base.shapes, removed, merges, base.classes) : null;
    show({ base, planned, isWithin: null });
    if (!planned?.ok) forget({});
  }

  function follow(): void {
    if (isDisposed) return;
    plan(baseNow());
    const { pictures, measured, isWhole, progress, engine } = channels.results.getState();
    const { planned, base } = results.getState();
    const picture = pictures[Math.min(view().picture, pictures.length - 1)];
    if (results.getState().engine !== engine) forget({ engine });
    if (isBudgeting) return;
    if (!planned?.ok || !base || !engine || !picture || !measured || !isWhole) {
      begin([], null);
      return;
    }
    const key = [engine, base, picture, measured, planned, state().constants, view().later];
    if (isSameKey(key, present)) return;
    // One computation is in flight, and the channels come first.
    if (progress) begin([], null);
    else begin(key, { engine, base, picture });
  }

  function begin(key: readonly unknown[], work: Work | null): void {
    if (isSameKey(key, present)) return;
    aborter.abort();
    present = key;
    show({ progress: null });
    if (!work) return;
    aborter = new AbortController();
    void compute(work, aborter.signal);
  }

  interface Work {
    readonly engine: Engine;
    readonly base: PruneBase;
    readonly picture: Picture;
  }

  async function compute({ engine, base, picture }: Work, signal: AbortSignal): Promise<void> {
    const { removed, merges, constants } = state();
    const { measured } = channels.results.getState();
    const told = (step: NonNullable<PruneResults['progress']>['step']) => (share: number) => {
      if (!signal.aborted) show({ progress: { step, share } });
    };
    const choice = JSON.stringify([removed, merges, constants]);
    try {
      told('constants')(0);
      const pruned = await prunedBy.of([base, measured, choice], async () => {
        const { graph, shapes } = base;
        const question = { graph, shapes, parameters: weightsOf(base), removal: removed };
        const options = { constants, merges, means: meansOf(measured?.nodes ?? {}) };
        const answer = await pruneAside({ ...question, ...options }, signal);
        if (!answer.ok) throw new Error(`${answer.error.code} at ${answer.error.node}`);
        return answer.value;
      });
      signal.throwIfAborted();
      if (results.getState().pruned !== pruned) forget({ pruned });
      told('errors')(0);
      await showMaps({ engine, base, picture }, pruned, signal);
      const errors = await errorsBy.of([engine, pruned, picture], () =>
        layerErrors(engine, base, pruned, picture, told('errors'), signal),
      );
      signal.throwIfAborted();
      show({ errors });
      told('times')(0);
      const times = await timesBy.of([engine, pruned, picture], () =>
        timeBoth(engine, base, pruned, picture, told('times'), signal),
      );
      signal.throwIfAborted();
      show({ times, progress: null, problem: null });
    } catch (error) {
      if (!signal.aborted) show({ progress: null, problem: channelsProblem(error) });
    }
  }

  async function showMaps({ engine, base, picture }: Work, pruned: Pruned, signal: AbortSignal): Promise<void> {
    const touched = touchedLayers(base, pruned);
    const layer = touched.find(({ node }) => node === view().later) ?? touched.at(-1);
    if (!layer) return;
    const compared = await comparedMaps(engine, base, pruned, picture, layer);
    if (signal.aborted) return freeCompared(compared);
    freeCompared(results.getState().compared);
    show({ compared });
  }

  async function pruneToBudget(of: Budget['of'], share: number, rule: DeadRuleName): Promise<void> {
    const { base } = results.getState();
    const { measured } = channels.results.getState();
    if (!base) return;
    begin([], null);
    aborter = new AbortController();
    isBudgeting = true;
    const { signal } = aborter;
    const { graph, shapes } = base;
    const most = costOf(graph, shapes).total[of] * share;
    show({ progress: { step: 'budget', share: 0 }, isWithin: null, problem: null });
    try {
      const question = { graph, shapes, candidates: budgetCandidates(base, measured, rule), budget: { of, most } };
      const tell = (done: number) => {
        if (!signal.aborted) show({ progress: { step: 'budget', share: done } });
      };
      const { removal, isKept } = await budgetAside(question, tell, signal);
      isBudgeting = false;
      show({ progress: null });
      workspace
        .getState()
        .setPart('channels', null, (former) => ({ ...parseChannels(former), removed: removal, merges: [] }));
      show({ isWithin: isKept });
    } catch (error) {
      if (!signal.aborted) show({ progress: null, problem: channelsProblem(error) });
    } finally {
      if (!signal.aborted) isBudgeting = false;
      follow();
    }
  }

  function stop(): void {
    aborter.abort();
    isBudgeting = false;
    show({ progress: null });
  }

  const stops = [
    workspace.subscribe(({ workspace: next }, { workspace: former }) => {
      if (next.channels !== former.channels || next.view.channels !== former.view.channels) follow();
    }),
    channels.results.subscribe(follow),
  ];
  follow();

  return {
    results,
    pruneToBudget,
    stop,
    dispose() {
      isDisposed = true;
      aborter.abort();
      for (const stop of stops) stop();
      forget({});
    },
  };
}

const isSameKey = (a: readonly unknown[], b: readonly unknown[]) =>
  a.length === b.length && a.every((each, i) => each === b[i]);

function meansOf(nodes: Readonly<Record<string, readonly { readonly mean: number }[]>>): ChannelMeans {
  return Object.fromEntries(
    Object.entries(nodes).map(([id, channels]) => [id, Float64Array.from(channels, ({ mean }) => mean)]),
  );
}
