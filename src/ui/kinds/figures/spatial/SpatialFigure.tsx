/** Is this kernel a column times a row? Its singular values, the best kernels of each rank beside it with what they miss, and their price. */
import { type CSSProperties, useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { kindEnds } from '../../../../graph/layers/kindLayer.ts';
import { measured, percent } from '../../../../math/format.ts';
import { Button } from '../../../components/Button.tsx';
import { SelectMenu } from '../../../components/SelectMenu.tsx';
import { largestOf } from '../../../explore/kernels/weightColours.ts';
import { coloursFor } from '../../../explore/maps/mapsView.ts';
import { KernelSlice } from '../../../explore/maps/opened/slices.tsx';
import '../../../explore/maps/opened/opened.css';
import { usePalette } from '../../../theme/usePalette.ts';
import { useChangeKind } from '../../useKind.ts';
import '../figure.css';
import type { FigureProps } from '../figure.ts';
import { separabilityOf } from './separability.ts';
import './spatial.css';
import { useKernelChoice } from './useKernelChoice.ts';

/** Ranks that are offered at most: beyond them nothing more is learned. */
const mostRanks = 5;

export function SpatialFigure({ kind }: FigureProps) {
  const { t } = useTranslation('kinds');
  const group = useId();
  const palette = usePalette();
  const change = useChangeKind();
  const { value, options, choose, kernel } = useKernelChoice(kind);
  const [wanted, setWanted] = useState(1);
  const {
    size: [kh, kw],
    values,
    named,
  } = kernel;
  const {
    singularValues,
    ranked,
    terms,
    rank: exact,
  } = useMemo(() => separabilityOf(values, [kh, kw]), [values, kh, kw]);
  const offered = ranked.slice(0, Math.max(1, Math.min(mostRanks, exact)));
  const rank = Math.min(wanted, offered.length);
  const first = ranked[0]?.relativeError ?? 0;
  const original = useMemo(() => Float32Array.from(values), [values]);
  const colours = coloursFor('rdbu', palette, { mode: 'per-layer', percentiles: false, symmetric: true });
  const largest = largestOf(original);
  const sliceOf = (weights: Float32Array, [height, width]: readonly [number, number], label: string, end = largest) => (
    <div className="spatial-slice" style={{ '--rows': height, '--columns': width } as CSSProperties}>
      <KernelSlice {...{ weights, height, width, colours, label }} largest={end} />
    </div>
  );
  const cost = { direct: kh * kw, separable: rank * (kh + kw), kh, kw, rank };
  const outChannels = Math.min(kind.attributes.outChannels, Math.floor(kindEnds.outChannels / rank));
  const middleChannels = rank * outChannels;
  const give = () => {
    if (!named) return;
    change(null, (now) => ({
      ...now,
      weights: { ...now.weights, kernel: named },
      attributes: { ...now.attributes, outChannels, middleChannels },
    }));
  };
  return (
    <div className="figure-frame spatial-figure">
      <p className="figure-look" aria-live="polite">
        {exact === 0
          ? t('spatial.zero')
          : exact === 1
            ? t('spatial.exact')
            : t('spatial.misses', { missed: percent(first), rank: exact })}
      </p>
      <div className="spatial-body">
        <section className="spatial-values">
          <SelectMenu label={t('spatial.kernel')} options={options} value={value} onChange={choose} />
          <h3>{t('spatial.singular')}</h3>
          <ol start={1}>
            {singularValues.slice(0, 7).map((each, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a singular value is its place
              <li key={i} data-used={i < rank || undefined}>
                <span className="mono">σ{i + 1}</span>
                <span className="spatial-bar">
                  <span style={{ width: `${singularValues[0] ? (100 * each) / singularValues[0] : 0}%` }} />
                </span>
                <span className="mono">{measured(each)}</span>
              </li>
            ))}
          </ol>
        </section>
        <figure>
          <figcaption>{t('spatial.original')}</figcaption>
          {sliceOf(original, [kh, kw], t('spatial.original'))}
        </figure>
        <div className="spatial-ranks" role="radiogroup" aria-label={t('spatial.ranks')}>
          {offered.map((each) => (
            <label key={each.rank}>
              <input
                type="radio"
                name={group}
                checked={each.rank === rank}
                onChange={() => setWanted(each.rank)}
                aria-label={t('spatial.rankHint', { rank: each.rank, missed: percent(shownError(each.relativeError)) })}
              />
              <span>{t('spatial.rank', { rank: each.rank })}</span>
              {sliceOf(each.kernel, [kh, kw], t('spatial.rank', { rank: each.rank }))}
              <span className="mono">{t('spatial.error', { missed: percent(shownError(each.relativeError)) })}</span>
            </label>
          ))}
        </div>
        <section className="spatial-factors">
          <h3>{t('spatial.factors', { rank })}</h3>
          <div className="spatial-terms">
            {terms.slice(0, rank).map(({ column, row }, i) => {
              const end = Math.max(largestOf(column), largestOf(row));
              return (
                // biome-ignore lint/suspicious/noArrayIndexKey: a term is its place
                <div key={i} className="spatial-term">
                  {i > 0 && <span aria-hidden="true">+</span>}
                  {sliceOf(column, [kh, 1], t('spatial.column', { number: i + 1 }), end)}
                  <span aria-hidden="true">×</span>
                  {sliceOf(row, [1, kw], t('spatial.row', { number: i + 1 }), end)}
                </div>
              );
            })}
          </div>
          <p>{t(cost.separable < cost.direct ? 'spatial.cheaper' : 'spatial.dearer', cost)}</p>
          {named && (
            <Button size="small" onClick={give}>
              {t('spatial.give')} <span className="mono">middle_channels={middleChannels}</span>
            </Button>
          )}
        </section>
      </div>
    </div>
  );
}

/** What is rounding is nothing missed. */
function shownError(relativeError: number): number {
  return relativeError < 1e-6 ? 0 : relativeError;
}
