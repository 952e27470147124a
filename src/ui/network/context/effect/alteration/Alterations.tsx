/** What changes the field: the network's own beside those of networks that have one ingredient less, or more. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { exampleStack } from '../../../../../graph/effectiveField/alteration/example.ts';
import { unitField } from '../../../../../graph/field/unitField.ts';
import type { EffectNetwork, EffectQuestion } from '../../../../../live/network/effect/unitEffect.ts';
import { pictureNode } from '../../../../../live/network/nodes.ts';
import { comparisons, type EffectView } from '../../../../../store/effectView.ts';
import { heatColours, heatWindow } from '../../../../../views/network/context/heat.ts';
import { SegmentedControl } from '../../../../components/SegmentedControl.tsx';
import { usePalette } from '../../../../theme/usePalette.ts';
import { MeasurementBar } from '../MeasurementBar.tsx';
import type { ChooseEffect } from '../useEffectChoice.ts';
import { AlterationCard } from './AlterationCard.tsx';
import './alteration.css';
import { pictureSize, useAlterations } from './useAlterations.ts';

interface AlterationsProps {
  readonly network: EffectNetwork | null;
  readonly question: EffectQuestion;
  readonly compared: EffectView['compared'];
  readonly onChoose: ChooseEffect;
}

export function Alterations({ network, question, compared, onChoose }: AlterationsProps) {
  const { t } = useTranslation('network');
  return (
    <section className="context-alterations" aria-label={t('context.alteration.title')}>
      <h3>{t('context.alteration.title')}</h3>
      <SegmentedControl
        label={t('context.alteration.start')}
        value={compared}
        options={comparisons.map((value) => ({
          value,
          label: t(`context.alteration.starts.${value}`),
          hint: t(`context.alteration.startHints.${value}`),
        }))}
        onChange={(next) => onChoose({ compared: next })}
      />
      {compared === 'network' && <Comparison network={network} question={question} />}
      {compared === 'example' && <Example network={network} question={question} />}
    </section>
  );
}

/** The example reads the same pictures, and its middle unit is asked: nothing of its field lies beyond a picture of 17 x 17 pixels. */
function Example({ network, question }: Pick<AlterationsProps, 'network' | 'question'>) {
  const example = useMemo(
    (): EffectNetwork | null => network && { ...network, ...exampleStack(pictureSize(network)) },
    [network],
  );
  if (!example) return null;
  const layer = example.graph.nodes.at(-1)!.id;
  const [, channels, height, width] = example.shapes[layer]!;
  const middle = { y: Math.floor(height / 2), x: Math.floor(width / 2) };
  const channel = Math.min(question.channel, channels - 1);
  return <Comparison network={example} question={{ ...question, ...middle, layer, channel }} />;
}

function Comparison({ network, question }: Pick<AlterationsProps, 'network' | 'question'>) {
  const { t } = useTranslation('network');
  const colours = heatColours(usePalette());
  const { rows, effects, progress, problem, stop, measure, isComplete } = useAlterations(network, question);
  const [itself] = rows;
  const own = itself?.kind === 'itself' ? (effects.get(itself.asked)?.summary ?? null) : null;
  const fields = rows.map((row) =>
    row.kind === 'unaltered'
      ? null
      : (unitField(row.asked.network.graph, row.asked.network.shapes, row.asked.question.layer, row.asked.question)
          .nodes[pictureNode]?.box ?? null),
  );
  const window = heatWindow(fields);
  return (
    <>
      <MeasurementBar
        label={t('context.alteration.progress')}
        wanted={isComplete ? null : t('context.effect.none')}
        {...{ progress, problem, stop }}
        onMeasure={measure}
      />
      <ul className="alterations">
        {rows.map((row, i) => (
          <AlterationCard
            key={row.kind === 'itself' ? 'itself' : row.ingredient}
            {...{ row, own, window, colours }}
            field={fields[i] ?? null}
            effect={row.kind === 'unaltered' ? null : (effects.get(row.asked) ?? null)}
          />
        ))}
      </ul>
    </>
  );
}
