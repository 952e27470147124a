/** What the canvas shows, in words: the pinned value and its map's statistics. Spoken politely, and only once things stand still. */
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { measured, percent } from '../../../math/format.ts';
import { exploredOf } from '../../../store/explored.ts';
import { usePointer, useResults, useWorkspace } from '../../session.tsx';
import { useStill } from '../canvas/useStill.ts';
import { useFilterName } from './filterName.ts';
import type { ProbeStore } from './probe.ts';

export function MapsDescription({ probe }: { readonly probe: ProbeStore }) {
  const text = useStill(usePinnedText(probe));
  return (
    <p className="sr-only" aria-live="polite">
      {text}
    </p>
  );
}

function usePinnedText(probe: ProbeStore): string {
  const { t } = useTranslation();
  const filterName = useFilterName();
  const pin = usePointer((state) => state.pin);
  const statistics = useResults((state) => (pin ? state.statistics?.[pin.channel] : undefined));
  const filter = useWorkspace(({ workspace }) =>
    exploredOf(workspace) === 'convolution'
      ? workspace.weights[workspace.focus]?.filters[pin?.channel ?? 0]
      : undefined,
  );
  const value = useStore(probe, ({ at, values }) =>
    pin && at?.y === pin.y && at.x === pin.x ? values?.[pin.channel] : undefined,
  );
  if (!pin) return t('maps.notPinned');
  const named = filterName(filter?.recipe);
  const name = named ? t('maps.caption', { number: pin.channel, name: named }) : String(pin.channel);
  const where = { name, row: pin.y, column: pin.x, value: value === undefined ? '…' : measured(value) };
  const sentences: string[] = [t('maps.pinned', where)];
  if (statistics) {
    const { min, max, mean, energy, sparsity } = statistics;
    sentences.push(
      t('maps.statistics', {
        min: measured(min),
        max: measured(max),
        mean: measured(mean),
        energy: measured(energy),
        sparsity: percent(sparsity),
      }),
    );
  }
  return sentences.join(' ');
}
