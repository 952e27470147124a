/** All filters of the layer as small pictures in a row: a radio group whose choice is the filter that is edited. */
import { type KeyboardEvent, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Pair } from '../../../operators/operator.ts';
import { bakeColourMap } from '../../../views/colour/colourMaps.ts';
import { useGround } from '../../theme/useGround.ts';
import { FilterThumbnail } from './FilterThumbnail.tsx';

export interface FilterStripProps {
  /** [slices, kh, kw] of each filter. */
  readonly filters: readonly Float32Array[];
  readonly names: readonly string[];
  /** Draw R, G and B as colours, not the mean of the slices in the colours of weights. */
  readonly areColours: boolean;
  readonly kernelSize: Pair;
  readonly selected: number;
  readonly onSelect: (filter: number) => void;
}

/** Where a key leads from filter `from` of `count`; null for a key that leads nowhere. */
function target(key: string, from: number, count: number): number | null {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowDown':
      return (from + 1) % count;
    case 'ArrowLeft':
    case 'ArrowUp':
      return (from + count - 1) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}

export function FilterStrip({ filters, names, areColours, kernelSize, selected, onSelect }: FilterStripProps) {
  const { t } = useTranslation();
  const strip = useRef<HTMLDivElement>(null);
  const ground = useGround();
  const colours = useMemo(() => bakeColourMap('rdbu', ground), [ground]);

  useEffect(() => {
    const row = strip.current;
    const chosen = row?.children[selected];
    if (!row || !chosen) return;
    // Only the row: scrollIntoView would scroll the page along with it.
    const [there, place] = [row.getBoundingClientRect(), chosen.getBoundingClientRect()];
    row.scrollLeft += Math.min(0, place.left - there.left) + Math.max(0, place.right - there.right);
  }, [selected]);

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const next = event.ctrlKey || event.metaKey || event.altKey ? null : target(event.key, selected, filters.length);
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    onSelect(next);
    (strip.current?.children[next] as HTMLElement | undefined)?.focus();
  };

  return (
    <div ref={strip} role="radiogroup" aria-label={t('kernels.strip')} className="filter-strip" onKeyDown={onKeyDown}>
      {filters.map((values, filter) => (
        <FilterThumbnail
          // biome-ignore lint/suspicious/noArrayIndexKey: a filter is its place
          key={filter}
          values={values}
          kernelSize={kernelSize}
          colours={areColours ? null : colours}
          name={t('kernels.filterNamed', { number: filter, name: names[filter] ?? '' })}
          isSelected={filter === selected}
          onSelect={onSelect}
          filter={filter}
        />
      ))}
    </div>
  );
}
