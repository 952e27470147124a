/** How much each pixel of the field moves the unit: its box enlarged, the sums of rows and columns beside it, and how little of it holds most. */
import { useTranslation } from 'react-i18next';
import type { Field } from '../../../../graph/field/receptiveField.ts';
import { unitField } from '../../../../graph/field/unitField.ts';
import type { Effect } from '../../../../live/network/effect/unitEffect.ts';
import { pictureNode } from '../../../../live/network/nodes.ts';
import { exactCount, measured, percent } from '../../../../math/format.ts';
import { sizeOf } from '../../../../math/intervals.ts';
import { cssGradient } from '../../../../views/colour/colourMaps.ts';
import { heatColours, profileSteps } from '../../../../views/network/context/heat.ts';
import { usePalette } from '../../../theme/usePalette.ts';
import { EffectHeat } from './EffectHeat.tsx';
import { EffectWords } from './EffectWords.tsx';

export function EffectiveField({ effect, isStale }: { readonly effect: Effect; readonly isStale: boolean }) {
  const { t } = useTranslation('network');
  const colours = heatColours(usePalette());
  const { network, question, map, summary } = effect;
  const { layer, y, x } = question;
  const field = unitField(network.graph, network.shapes, layer, { y, x }).nodes[pictureNode];
  if (!summary || !field || sizeOf(field.box.h) * sizeOf(field.box.w) === 0)
    return <p className="context-found">{t('context.effect.dead')}</p>;
  const { box, hull } = field;
  return (
    <div className={isStale ? 'context-effect stale' : 'context-effect'}>
      <div className="effect-plots">
        <Profile sums={summary.columns} along={box.w} axis="w" />
        <span className="effect-peak">{t('context.effect.sums')}</span>
        <EffectHeat map={map} box={box} colours={colours} square={summary.square} />
        <Profile sums={summary.rows} along={box.h} axis="h" />
      </div>
      <p className="effect-legend">
        <span className="mono">0</span>
        <span className="effect-scale" style={{ background: cssGradient(colours) }} aria-hidden="true" />
        <span className="mono">1</span>
        <EffectWords effect={effect} />
      </p>
      <dl className="context-numbers">
        <div>
          <dt>{t('context.effect.square')}</dt>
          <dd className="mono context-size" title={t('context.effect.squareHint')}>
            {measured(summary.square.side)} × {measured(summary.square.side)} px
          </dd>
        </div>
        <div>
          <dt>
            {t('context.effect.set', { share: percent(summary.smallest.count / (sizeOf(box.h) * sizeOf(box.w))) })}
          </dt>
          <dd className="mono" title={t('context.effect.setHint')}>
            {exactCount(summary.smallest.count)} px
          </dd>
        </div>
        <div>
          <dt>
            {t('context.effect.spread', {
              h: Math.round((400 * summary.std.h) / sizeOf(hull.h)),
              w: Math.round((400 * summary.std.w) / sizeOf(hull.w)),
            })}
          </dt>
          <dd className="mono" title={t('context.effect.spreadHint')}>
            {short(summary.std.h)} × {short(summary.std.w)} px
          </dd>
        </div>
      </dl>
      <span className="sr-only">{t('context.effect.peakAt', peakOf(map))}</span>
    </div>
  );
}

const short = (value: number) => value.toFixed(1);

function peakOf({ values, width }: Effect['map']) {
  const at = values.reduce((best, value, i) => (value > values[best]! ? i : best), 0);
  return { row: Math.floor(at / width), column: at % width };
}

interface ProfileProps {
  readonly sums: Float64Array;
  readonly along: Field['h'];
  readonly axis: 'h' | 'w';
}

/** Of columns above the box, of rows at its right; the dashed line is what each would have if all had the same. */
function Profile({ sums, along, axis }: ProfileProps) {
  const steps = profileSteps(sums, along);
  const even = steps.reduce((sum, { share }) => sum + share, 0) / steps.length;
  const path =
    axis === 'w'
      ? `M0,1${steps.map(({ from, to, share }) => `L${from},${1 - share}L${to},${1 - share}`).join('')}L1,1Z`
      : `M0,0${steps.map(({ from, to, share }) => `L${share},${from}L${share},${to}`).join('')}L0,1Z`;
  return (
    <svg className={`effect-profile ${axis}`} viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
      <path d={path} />
      {axis === 'w' ? <line x1="0" x2="1" y1={1 - even} y2={1 - even} /> : <line x1={even} x2={even} y1="0" y2="1" />}
    </svg>
  );
}
