/** The caption under every map: number, filter and the value at the position in focus. Opens the map full size. */
import { memo, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { FilterState } from '../../../graph/weights/filterState.ts';
import { exploredOf } from '../../../store/explored.ts';
import { slotRect } from '../../../views/atlas/layout.ts';
import { shortNumber } from '../../../views/numbers.ts';
import { usePointer, useWorkspace } from '../../session.tsx';
import type { ElementSize } from '../canvas/useElementSize.ts';
import { useFilterName } from './filterName.ts';
import type { Atlas } from './mapsView.ts';
import type { ProbeStore } from './probe.ts';
import { useSlotsInSight } from './useSlotsInSight.ts';

interface CaptionsProps {
  readonly atlas: Atlas;
  readonly probe: ProbeStore;
  readonly viewport: ElementSize | null;
  readonly scroller: RefObject<HTMLElement | null>;
}

export function Captions({ atlas, probe, viewport, scroller }: CaptionsProps) {
  const filters = useWorkspace(({ workspace }) =>
    exploredOf(workspace) === 'convolution' ? workspace.weights[workspace.focus]?.filters : undefined,
  );
  const focused = usePointer(({ hover, pin }) => (hover?.on === 'map' ? hover.unit.channel : (pin?.channel ?? null)));
  const { layout, order } = atlas;
  const slots = useSlotsInSight(layout, viewport, scroller);
  return slots.map((slot) => {
    const channel = order[slot];
    if (channel === undefined) return null;
    const { x, y, width, height } = slotRect(layout, slot);
    return (
      <Caption
        key={channel}
        {...{ channel, x, y, width, height, probe }}
        foot={layout.captionHeight}
        filter={filters?.[channel]}
        isFocused={channel === focused}
      />
    );
  });
}

interface CaptionProps {
  readonly channel: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Height of the caption itself, at the bottom. */
  readonly foot: number;
  readonly filter: FilterState | undefined;
  readonly isFocused: boolean;
  readonly probe: ProbeStore;
}

const Caption = memo(function Caption(props: CaptionProps) {
  const { channel, x, y, width, height, foot, filter, isFocused, probe } = props;
  const { t } = useTranslation();
  const filterName = useFilterName();
  const setView = useWorkspace((state) => state.setView);
  const value = useStore(probe, (state) => state.values?.[channel]);
  const name = filterName(filter?.recipe);
  const text = name ? t('maps.caption', { number: channel, name }) : `${channel}`;
  return (
    <div className={`map-place${isFocused ? ' focused' : ''}`} style={{ left: x, top: y, width, height }}>
      <div className="map-foot" style={{ height: foot }}>
        <button
          type="button"
          className="map-caption"
          title={t('maps.open', { name: text })}
          aria-label={t('maps.open', { name: text })}
          onClick={() => setView({ opened: channel })}
        >
          <span className="map-name">{text}</span>
        </button>
        {/* Beside the button, whose name shall not change under the pointer; the maps' description says the pinned value. */}
        <span className="map-value mono" aria-hidden="true">
          {value === undefined ? '' : shortNumber(value)}
        </span>
      </div>
    </div>
  );
});
