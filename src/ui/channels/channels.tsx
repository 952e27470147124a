/** The Channels screen as React sees it: its desk, its state and view, and the pair under the pointer. */
import { createContext, useCallback, useContext, useMemo } from 'react';
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { LayerFacts } from '../../analysis/deadChannels.ts';
import type { ChannelsDesk, ChannelsResults } from '../../live/channels/channelsDesk.ts';
import { factsOf, type Liveliness, livelinessOf } from '../../live/channels/liveliness.ts';
import { type Looked, lookedAt } from '../../live/channels/looked.ts';
import type { PruneDesk } from '../../live/channels/pruning/pruneDesk.ts';
import { type ChannelsState, type ChannelsView, parseChannels, parseChannelsView } from '../../store/channels.ts';
import { useSession, useWorkspace } from '../session.tsx';

/** Channels of the layer that is looked at and of the other. */
export interface ChannelPair {
  readonly row: number;
  readonly column: number;
}

interface Channels {
  readonly desk: ChannelsDesk;
  readonly pruning: PruneDesk;
  /** The pair under the pointer; null: the pinned one is shown. */
  readonly hovered: StoreApi<{ readonly pair: ChannelPair | null }>;
  /** Whether a tap on a channel takes it out of the network. */
  readonly marking: StoreApi<{ readonly on: boolean }>;
}

export const createChannelsContext = (desk: ChannelsDesk, pruning: PruneDesk): Channels => ({
  desk,
  pruning,
  hovered: createStore<{ readonly pair: ChannelPair | null }>(() => ({ pair: null })),
  marking: createStore<{ readonly on: boolean }>(() => ({ on: false })),
});

const ChannelsContext = createContext<Channels | null>(null);
export const ChannelsProvider = ChannelsContext.Provider;

export function useChannelsContext(): Channels {
  const channels = useContext(ChannelsContext);
  if (!channels) throw new Error('useChannels outside of ChannelsProvider');
  return channels;
}

export function useChannels<T>(select: (state: ChannelsResults) => T): T {
  return useStore(useChannelsContext().desk.results, select);
}

export function useChannelsState(): ChannelsState {
  const written = useWorkspace((state) => state.workspace.channels);
  return useMemo(() => parseChannels(written), [written]);
}

export function useChannelsView(): ChannelsView {
  const written = useWorkspace((state) => state.workspace.view.channels);
  return useMemo(() => parseChannelsView(written), [written]);
}

/** Changes the state, as a step of undo; `subject` names the control whose changes join, null: a step of its own. */
export function useChangeChannels(): (subject: string | null, change: (state: ChannelsState) => ChannelsState) => void {
  const { workspace } = useSession();
  return useCallback(
    (subject, change) => workspace.getState().setPart('channels', subject, (state) => change(parseChannels(state))),
    [workspace],
  );
}

/** Changes where one looks. */
export function useLookAtChannels(): (change: Partial<ChannelsView>) => void {
  const { workspace } = useSession();
  return useCallback(
    (change) => {
      const { setView, workspace: now } = workspace.getState();
      setView({ channels: { ...parseChannelsView(now.view.channels), ...change } });
    },
    [workspace],
  );
}

/** Null until the network is there. */
export function useLooked(): Looked | null {
  const subject = useChannels((state) => state.subject);
  const view = useChannelsView();
  return useMemo(() => subject && lookedAt(subject, view), [subject, view]);
}

/** What is known of the layer that is looked at. */
export function useLayerFacts(): LayerFacts | null {
  const subject = useChannels((state) => state.subject);
  const measured = useChannels((state) => state.measured);
  const layer = useLooked()?.layer;
  return useMemo(() => (subject && layer ? factsOf(subject, measured, layer) : null), [subject, measured, layer]);
}

export function useLiveliness(): Liveliness | null {
  const facts = useLayerFacts();
  const { rule, threshold } = useChannelsView();
  return useMemo(() => facts && livelinessOf(facts, { rule, threshold }), [facts, rule, threshold]);
}

/** The channel that is looked at, of those that the layer has. */
export function useChannel(): number {
  const looked = useLooked();
  const { channel } = useChannelsView();
  return looked ? Math.min(channel, looked.layer.outChannels - 1) : 0;
}
