/**
 * The figure of filter groups: correlation of two adjacent layers for each number of groups, the untrained network below, and the shares that
 * tell what the wiring does by itself from what was learned.
 */
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type GroupFigure, hasFewSamples } from '../../../live/train/groupFigure.ts';
import { exactCount } from '../../../math/format.ts';
import { Panel } from '../../components/Panel.tsx';
import { SegmentedControl } from '../../components/SegmentedControl.tsx';
import { Toggle } from '../../components/Toggle.tsx';
import { ColourBar } from '../../correlation/ColourBar.tsx';
import type { Cell } from '../../correlation/MatrixView.tsx';
import { useLookAtTraining, useTrainView } from '../train.tsx';
import { GroupColumnView } from './GroupColumnView.tsx';
import './groups.css';
import { MomentSlider } from './MomentSlider.tsx';
import { OneMatrix } from './OneMatrix.tsx';
import { PairChoice } from './PairChoice.tsx';
import { useColours } from './useColours.ts';

interface GroupsPanelProps {
  readonly figure: GroupFigure;
  /** Chooses which figure this is. */
  readonly choice: ReactNode;
}

export function GroupsPanel({ figure, choice }: GroupsPanelProps) {
  const { t } = useTranslation('train');
  const view = useTrainView();
  const look = useLookAtTraining();
  const colourOf = useColours(view);
  const [position, setPosition] = useState(1);
  const [isOne, setOne] = useState(false);
  const [cell, setCell] = useState<Cell | null>(null);
  const { measure, isSigned, scale } = view;
  const first = figure.columns[0];
  if (!first) return null;
  const shown = { figure, position, measure, colourOf, cell, onHover: setCell };
  return (
    <Panel
      token="maps"
      title={t('groups.title')}
      meta={t(`groups.meta.${figure.source}`, { rows: figure.rowLayer, columns: figure.columnLayer })}
      end={choice}
      className="groups-panel"
    >
      <div className="groups-tools">
        {figure.source === 'runs' && <PairChoice figure={figure} />}
        <SegmentedControl
          label={t('groups.measure')}
          options={(['whitened', 'pearson'] as const).map((value) => ({
            value,
            label: t(`groups.measures.${value}`),
            hint: t(`groups.measureHints.${value}`),
          }))}
          value={measure}
          onChange={(next) => look({ measure: next })}
        />
        <Toggle label={t('groups.signed')} checked={isSigned} onChange={(next) => look({ isSigned: next })} />
        <Toggle
          label={t('groups.ownScale')}
          checked={scale === 'own'}
          onChange={(next) => look({ scale: next ? 'own' : 'shared' })}
        />
        <Toggle label={t('groups.one')} checked={isOne} onChange={setOne} />
        <MomentSlider figure={figure} position={position} onChange={setPosition} />
        <ColourBar
          colours={colourOf(first.untrained[measure])}
          label={t('groups.range')}
          isClipped={scale === 'shared' && !isSigned}
        />
      </div>
      {isOne ? (
        <OneMatrix {...shown} />
      ) : (
        <div className="groups-columns">
          {figure.columns.map((column) => (
            <GroupColumnView key={column.groups} column={column} {...shown} />
          ))}
        </div>
      )}
      <p className="groups-words">{t(`groups.mechanical.${figure.source}`)}</p>
      <p className="muted small">
        {t(`groups.samples.${figure.source}`, {
          images: exactCount(figure.images),
          samples: exactCount(figure.samples),
        })}
        {hasFewSamples(figure) && <strong className="groups-warning"> {t('groups.fewSamples')}</strong>}
      </p>
    </Panel>
  );
}
