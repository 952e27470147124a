/** The pruning what-if as React sees it: its desk, what of a layer goes, and changes of the choice, each a step of undo. */
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { PruneError } from '../../../analysis/pruning/pruneError.ts';
import type { SubjectLayer } from '../../../live/channels/layers.ts';
import { type Chosen, nothingChosen, withoutRemoved, withRemoved } from '../../../live/channels/pruning/choice.ts';
import { type Gone, goneOf } from '../../../live/channels/pruning/gone.ts';
import type { PruneResults } from '../../../live/channels/pruning/pruneDesk.ts';
import { useChangeChannels, useChannels, useChannelsContext, useChannelsState } from '../channels.tsx';

export function usePruning<T>(select: (state: PruneResults) => T): T {
  return useStore(useChannelsContext().pruning.results, select);
}

/** What of a layer goes. */
export function useGone(layer: SubjectLayer | undefined): Gone | null {
  const state = useChannelsState();
  const planned = usePruning(({ planned }) => (planned?.ok ? planned.value : null));
  return useMemo(() => (layer ? goneOf(state, planned, layer) : null), [state, planned, layer]);
}

interface Choose {
  change(next: (chosen: Chosen) => Chosen): void;
  /** Takes a channel out, or puts it back with all that it goes with. */
  toggle(layer: SubjectLayer, channel: number): void;
  remove(node: string, channels: Iterable<number>): void;
  putBack(node: string, channels: Iterable<number>): void;
  clear(): void;
}

export function useChoose(): Choose {
  const changeState = useChangeChannels();
  const { pruning } = useChannelsContext();
  const change = useCallback(
    (next: (chosen: Chosen) => Chosen) => changeState(null, (state) => ({ ...state, ...next(state) })),
    [changeState],
  );
  return useMemo(() => {
    const back = (node: string, channels: Iterable<number>) => (chosen: Chosen) => {
      const { base } = pruning.results.getState();
      return base ? withoutRemoved(base.classes, base.graph, chosen, node, channels) : chosen;
    };
    return {
      change,
      remove: (node, channels) => change((chosen) => withRemoved(chosen, node, channels)),
      putBack: (node, channels) => change(back(node, channels)),
      clear: () => change(() => nothingChosen),
      toggle: (layer, channel) =>
        change((chosen) => {
          const { planned } = pruning.results.getState();
          const { chosen: own, along } = goneOf(chosen, planned?.ok ? planned.value : null, layer);
          const isGone = own.has(channel) || along.has(channel);
          return isGone ? back(layer.node, [channel])(chosen) : withRemoved(chosen, layer.node, [channel]);
        }),
    };
  }, [change, pruning]);
}

/** A reason in words, the node by the name that its layer has on the screen. */
export function useReasonWords(): (error: PruneError) => string {
  const { t } = useTranslation('channels');
  const subject = useChannels((state) => state.subject);
  return useCallback(
    (error) => {
      const layer = subject?.layers.find(({ node, response, before }) => [node, response, before].includes(error.node));
      const node = layer?.label ?? error.node.split('/').at(-1) ?? error.node;
      return t(`pruning.reasons.${error.code}`, { node, groups: 'groups' in error ? error.groups : 0 });
    },
    [t, subject],
  );
}
