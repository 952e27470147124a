/** The maps of the chosen substitute, a few at a time: how much each has lost, as bars, and the layer's, the substitute's, the difference. */
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sortedMaps } from '../../../live/compare/loss/lossMaps.ts';
import { IconButton } from '../../components/Button.tsx';
import { SegmentedControl } from '../../components/SegmentedControl.tsx';
import { useElementSize } from '../../explore/canvas/useElementSize.ts';
import { LossBars } from './LossBars.tsx';
import { LossTriplets } from './LossTriplets.tsx';
import { useLoss, useLossState, useSubstituteWords } from './lossContext.tsx';
import { errorText } from './plane.ts';

type Sort = 'error' | 'index';

/** A triplet of maps is at least so wide, in CSS pixels. */
const narrowest = 330;

export function LossMapsFigure() {
  const { t } = useTranslation('loss');
  const words = useSubstituteWords();
  const { substitutes } = useLossState();
  const engine = useLoss((state) => state.engine);
  const selected = useLoss((state) => state.selected);
  const shown = useLoss((state) => state.shown);
  const fit = useLoss((state) => state.fits[state.selected] ?? null);
  const [sort, setSort] = useState<Sort>('error');
  const [first, setFirst] = useState(0);
  const frame = useRef<HTMLElement>(null);
  const width = useElementSize(frame)?.width ?? 0;
  const maps = useMemo(() => (shown ? sortedMaps(shown.maps, sort) : []), [shown, sort]);
  const across = Math.max(1, Math.floor(width / narrowest));
  const page = 2 * across;
  const from = Math.max(0, Math.min(first, maps.length - page));
  const visible = maps.slice(from, from + page);
  const substitute = substitutes[selected];
  const isStale = !fit?.ok || shown?.fit !== fit.value;
  return (
    <section ref={frame} className="loss-maps" aria-labelledby="loss-maps-title">
      <header>
        <h3 id="loss-maps-title">{substitute ? t('maps.title', { what: words(substitute) }) : t('maps.waiting')}</h3>
        {shown && !isStale && (
          <span className="muted" data-testid="loss-overall">
            {t('maps.overall', { error: errorText(shown.error) })}
          </span>
        )}
        <span className="loss-maps-end">
          <SegmentedControl<Sort>
            label={t('maps.sort')}
            value={sort}
            options={(['error', 'index'] as const).map((value) => ({ value, label: t(`maps.sorts.${value}`) }))}
            onChange={(next) => {
              setSort(next);
              setFirst(0);
            }}
          />
          <IconButton
            size="small"
            label={t('maps.previous')}
            icon={<ChevronLeft size={14} aria-hidden="true" />}
            disabled={from === 0}
            onClick={() => setFirst(Math.max(0, from - page))}
          />
          <span className="mono muted">
            {t('maps.shown', { from: maps.length === 0 ? 0 : from + 1, to: from + visible.length, count: maps.length })}
          </span>
          <IconButton
            size="small"
            label={t('maps.next')}
            icon={<ChevronRight size={14} aria-hidden="true" />}
            disabled={from + page >= maps.length}
            onClick={() => setFirst(from + page)}
          />
        </span>
      </header>
      {shown && engine && width > 0 ? (
        <div data-stale={isStale || undefined} aria-busy={isStale}>
          <LossBars maps={maps} from={from} count={visible.length} onChoose={setFirst} />
          <LossTriplets
            key={engine.description.kind}
            engine={engine}
            shown={shown}
            maps={visible}
            across={across}
            width={width}
          />
          <p className="muted">{t('maps.range')}</p>
        </div>
      ) : (
        <p className="muted loss-maps-waiting">{t('maps.waiting')}</p>
      )}
    </section>
  );
}
