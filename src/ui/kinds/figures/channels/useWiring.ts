/** The diagram of a layer, the channel that is looked at in it, and what that channel reads and reaches in words. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { KindOutput } from '../../../../live/results.ts';
import { type Layout, layoutOf } from '../../../../views/connectivity/layout.ts';
import { type DiagramChannel, type PathsThrough, pathsThrough } from '../../../../views/connectivity/through.ts';
import { type ChannelWiring, wiringOf } from './channelParts.ts';

export interface ShownWiring {
  readonly wiring: ChannelWiring;
  readonly layout: Layout;
  readonly titles: readonly string[];
  /** The column of the outputs. */
  readonly last: number;
  readonly focus: DiagramChannel;
  readonly paths: PathsThrough;
  /** "Output 5 reads 4 of 16 input channels." */
  readonly sentence: string;
}

/** `at`: the channel that is pointed at; else the pinned output. */
export function useWiring(kind: KindOutput, shuffles: boolean, at: DiagramChannel | null, pinned: number): ShownWiring {
  const { t } = useTranslation('kinds');
  const wiring = useMemo(() => wiringOf(kind, shuffles), [kind, shuffles]);
  const { stages, channels, outputs } = wiring;
  const layout = useMemo(() => layoutOf(stages, channels), [stages, channels]);
  const last = stages.length;
  const within = at && at.level <= last && at.channel < (layout.levels[at.level]?.channels ?? 0) ? at : null;
  const { level, channel } = within ?? { level: last, channel: Math.min(pinned, outputs - 1) };
  const paths = useMemo(() => pathsThrough(stages, channels, { level, channel }), [stages, channels, level, channel]);
  const titles = layout.levels.map(({ channels: count }, column) => {
    if (column === 0) return t('wiring.in', { count });
    if (column === last) return t('wiring.out', { count });
    if (stages[column - 1]?.kind === 'permutation') return t('wiring.shuffled');
    return t(kind.layer.kind === 'separable' ? 'wiring.depthwise' : 'wiring.grouped');
  });
  const { reads, reaches } = paths;
  const sentence =
    level === last
      ? t('wiring.reads', { channel, seen: reads, of: channels })
      : level === 0
        ? t('wiring.reaches', { channel, seen: reaches, of: outputs })
        : t('wiring.between', { channel, seen: reads, of: channels, reached: reaches, outputs });
  return { wiring, layout, titles, last, focus: { level, channel }, paths, sentence };
}
