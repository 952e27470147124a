/** One map of Explore's convolution full size: how it comes about, its histogram and its statistics. */
import { useTranslation } from 'react-i18next';
import type { Engine } from '../../../../engine/engine.ts';
import { channelsReadBy, convOf } from '../../../../graph/explore.ts';
import type { Output } from '../../../../live/results.ts';
import type { Palette } from '../../../../views/palette.ts';
import { useWorkspace } from '../../../session.tsx';
import { useFilterName } from '../filterName.ts';
import { MapNumbers } from './MapNumbers.tsx';
import { OpenedFrame } from './OpenedFrame.tsx';
import { usePartials } from './partials.ts';
import { SumFigure } from './SumFigure.tsx';
import { sumRange } from './sumRange.ts';

export interface OpenedMapProps {
  readonly channel: number;
  readonly engine: Engine;
  readonly output: Output;
  readonly palette: Palette;
}

export function OpenedMap({ channel, engine, output, palette }: OpenedMapProps) {
  const { t } = useTranslation();
  const filterName = useFilterName();
  const focus = useWorkspace((state) => state.workspace.focus);
  const filter = useWorkspace(({ workspace }) => workspace.weights[workspace.focus]?.filters[channel]);
  const state = usePartials(engine, output, focus, channel);
  const name = t('maps.caption', { number: channel, name: filterName(filter?.recipe) });
  const { first, count } = channelsReadBy(convOf(output.graph, focus), channel);
  const range = sumRange(state.partials, channel, first, count);
  const status =
    state.status === 'failed'
      ? t('maps.opened.failed', { message: state.message })
      : t(state.status === 'computing' ? 'maps.opened.computing' : 'maps.opened.sum');
  return (
    <OpenedFrame {...{ channel, output, palette, range, status }} title={t('maps.opened.title', { name })}>
      <SumFigure {...{ engine, output, channel, palette, name }} partials={state.partials}>
        <MapNumbers {...{ engine, output, channel }} />
      </SumFigure>
    </OpenedFrame>
  );
}
