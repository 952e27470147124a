/** What holds for all units of the layer: how far their fields stand apart, what all padding amounts to, whether branches agree, who sees more. */
import { type ReactNode, useDeferredValue, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Misalignment } from '../../../graph/field/alignment.ts';
import { type LayerField, layerField, type Phase } from '../../../graph/field/layerField.ts';
import { measured } from '../../../math/format.ts';
import type { Pair } from '../../../operators/operator.ts';
import { Tooltip } from '../../components/Tooltip.tsx';
import { useLookedLayer, usePlan } from '../network.tsx';

export function LayerFacts() {
  const { t } = useTranslation('network');
  // The photo moves with the keys; what takes a tenth of a second for a large network comes behind it.
  const plan = useDeferredValue(usePlan());
  const layer = useDeferredValue(useLookedLayer());
  const field = useMemo(
    () => (plan && layer !== null && plan.shapes[layer] ? layerField(plan.graph, plan.shapes, layer) : null),
    [plan, layer],
  );
  if (!field || layer === null) return null;
  const { jump, centre, padding, exceedsInput, misalignments, phases } = field;
  const [first, ...others] = misalignments;
  return (
    <section className="context-facts" aria-label={t('context.facts', { layer })}>
      <h3>{t('context.facts', { layer })}</h3>
      {(exceedsInput.h || exceedsInput.w) && (
        <p className="context-nothing-new">
          <strong>{t('context.nothingNew')}</strong> {t(`context.exceeds.${along(exceedsInput)}`)}
        </p>
      )}
      <dl>
        <Fact name={t('context.size')} hint={t('context.sizeHint')}>
          {pairText(field.size)} px
        </Fact>
        <Fact name={t('context.jump')} hint={t('context.jumpHint')}>
          {pairText(jump)} px
        </Fact>
        <Fact name={t('context.centre')} hint={t('context.centreHint')}>
          {measured(centre[0])}, {measured(centre[1])}
        </Fact>
        <Fact name={t('context.padding')} hint={t('context.paddingHint')}>
          {t('context.paddings', { ...padding })}
        </Fact>
        <Fact name={t('context.alignment')} hint={t('context.alignmentHint')}>
          {first
            ? t('context.misaligned', { join: first.join, apart: measured(apartOf(first)), count: others.length + 1 })
            : t('context.aligned')}
        </Fact>
        {(phases.h.length > 0 || phases.w.length > 0) && (
          <Fact name={t('context.phases')} hint={t('context.phasesHint')}>
            {phasesText(phases)}
          </Fact>
        )}
      </dl>
    </section>
  );
}

function Fact({
  name,
  hint,
  children,
}: {
  readonly name: string;
  readonly hint: string;
  readonly children: ReactNode;
}) {
  return (
    <div>
      <Tooltip text={hint} side="top">
        <dt>{name}</dt>
      </Tooltip>
      <dd className="mono">{children}</dd>
    </div>
  );
}

function along({ h, w }: LayerField['exceedsInput']): 'both' | 'rows' | 'columns' {
  return h && w ? 'both' : h ? 'rows' : 'columns';
}

const pairText = ([h, w]: Pair) => (h === w ? measured(h) : `${measured(h)} × ${measured(w)}`);

/** The largest distance between two of the places where the join's inputs have unit 0, in pixels. */
function apartOf({ paths }: Misalignment): number {
  const all = paths.flatMap(({ placements }) => placements);
  const spread = (axis: 0 | 1) => {
    const at = all.map(({ centre }) => centre[axis]);
    return Math.max(...at) - Math.min(...at);
  };
  return Math.max(spread(0), spread(1));
}

/** Behind transposed layers: what units of each phase read, as "4 · 5" of rows and of columns. */
function phasesText({ h, w }: LayerField['phases']): string {
  const text = (phases: readonly Phase[]) => phases.map(({ size }) => size).join(' · ') || '–';
  return h.length > 0 && text(h) === text(w) ? text(h) : `${text(h)} × ${text(w)}`;
}
