/** What the runs differ in, and which of them there are: filter groups or widths. */
import { useTranslation } from 'react-i18next';
import { groupCounts, groupMatches, trainedWidths } from '../../../store/train.ts';
import { SegmentedControl } from '../../components/SegmentedControl.tsx';
import { SelectMenu } from '../../components/SelectMenu.tsx';
import { runColour, variantName } from '../runNames.ts';
import { useChangeTrain, useTrain, useTraining } from '../train.tsx';

export function VariantsPart() {
  const { t } = useTranslation('train');
  const { compare, groups, widths, match, network } = useTrain();
  const isMatched = compare === 'groups' && network === 'nin';
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
          const place = runs.findIndex(({ variant }) => variant[compare === 'groups' ? 'groups' : 'width'] === value);
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
                {variantName(value, compare)}
              </strong>
              <span className="small">{state ?? '–'}</span>
            </button>
          );
        })}
      </div>
      {isMatched && (
        <div className="train-choice">
          <span>{t('variants.match')}</span>
          <SelectMenu
            label={t('variants.match')}
            options={groupMatches.map((each) => ({ value: each, label: t(`variants.matches.${each}`) }))}
            value={match}
            onChange={(next) => change(null, { match: next })}
          />
        </div>
      )}
      {compare === 'groups' && network === 'network' && <p className="muted small">{t('variants.asBuilt')}</p>}
      {isMatched && match !== 'channels' && (
        <p className="muted small">{t('variants.matchWords', { price: t(`runs.${match}`) })}</p>
      )}
    </section>
  );
}
