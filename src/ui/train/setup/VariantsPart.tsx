/** What the runs differ in, and which of them there are: filter groups or widths. */
import { useTranslation } from 'react-i18next';
import { groupCounts, trainedWidths } from '../../../store/train.ts';
import { SegmentedControl } from '../../components/SegmentedControl.tsx';
import { runColour, runName } from '../runNames.ts';
import { useChangeTrain, useTrain, useTraining } from '../train.tsx';

export function VariantsPart() {
  const { t } = useTranslation('train');
  const { compare, groups, widths } = useTrain();
  const change = useChangeTrain();
  const runs = useTraining((results) => results.runs);
  const chosen = compare === 'groups' ? groups : widths;
  const choices = compare === 'groups' ? groupCounts : trainedWidths;
  const toggle = (value: number) => {
    const next = choices.filter((each) => (each === value) !== chosen.includes(each));
    if (next.length > 0) change(null, { [compare]: next });
  };
  return (
    <section className="train-part" aria-label={t('variants.title')}>
      <SegmentedControl
        label={t('variants.title')}
        options={(['groups', 'widths'] as const).map((value) => ({
          value,
          label: t(`variants.${value}`),
          hint: t(`variants.${value}Hint`),
        }))}
        value={compare}
        onChange={(next) => change(null, { compare: next })}
      />
      <div className="train-chips">
        {choices.map((value) => {
          const variant = compare === 'groups' ? { groups: value, width: 1 } : { groups: 1, width: value };
          const place = runs.findIndex(
            (run) => run.variant.groups === variant.groups && run.variant.width === variant.width,
          );
          const run = runs[place];
          const state =
            run &&
            (run.state === 'ready' ? `${Math.floor((100 * run.step) / run.steps)} %` : t(`runs.states.${run.state}`));
          return (
            <button
              key={value}
              type="button"
              className="train-chip"
              aria-pressed={chosen.includes(value)}
              onClick={() => toggle(value)}
            >
              <strong className="mono" style={run ? { color: runColour(place) } : undefined}>
                {runName(variant as Parameters<typeof runName>[0], compare)}
              </strong>
              <span className="small">{state ?? '–'}</span>
            </button>
          );
        })}
      </div>
    </section>
  );
}
