/** The filters of the first layer as they are, and one of them through the epochs. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { firstConvolution } from '../../../live/train/layerPairs.ts';
import { distance, type Observation } from '../../../live/train/observe.ts';
import { bakeColourMap } from '../../../views/colour/colourMaps.ts';
import { Panel } from '../../components/Panel.tsx';
import { SegmentedControl } from '../../components/SegmentedControl.tsx';
import { useGround } from '../../theme/useGround.ts';
import { runName } from '../runNames.ts';
import { useLookAtTraining, useTrain, useTraining, useTrainView } from '../train.tsx';
import { FilterCanvas, type ShownFilter } from './FilterCanvas.tsx';
import './filters.css';

const mostEpochs = 8;

export function FirstFilters() {
  const { t } = useTranslation('train');
  const { compare } = useTrain();
  const { run: wanted, filter } = useTrainView();
  const look = useLookAtTraining();
  const runs = useTraining((results) => results.runs);
  const ground = useGround();
  const colours = useMemo(() => bakeColourMap('rdbu', ground), [ground]);
  const place = Math.min(wanted, runs.length - 1);
  const run = runs[place];
  const firstLayer = run ? firstConvolution(run.configuration.trainee.graph) : null;
  const layer = run?.configuration.trainee.graph.nodes.find(({ id }) => id === firstLayer)?.operator;
  const [first, last] = [run?.observations[0], run?.observations.at(-1)];
  if (!run || layer?.kind !== 'conv2d') return null;
  const { outChannels, inChannels, kernelSize } = layer;
  const [height, width] = kernelSize;
  const chosen = Math.min(filter, outChannels - 1);
  const shown = (index: number, { filters }: Observation): ShownFilter => ({
    ...{ values: filters, index, channels: inChannels, height, width, colours },
    end: filters.reduce((most, value) => Math.max(most, Math.abs(value)), 0),
  });
  return (
    <Panel
      token="weights"
      title={t('filters.title')}
      meta={`${firstLayer} · ${outChannels} × ${inChannels} × ${height} × ${width}`}
    >
      <SegmentedControl
        label={t('filters.run')}
        options={runs.map(({ variant }, i) => ({ value: String(i), label: runName(variant, compare) }))}
        value={String(place)}
        onChange={(next) => look({ run: Number(next) })}
      />
      {first && last ? (
        <>
          <div className="first-filters">
            {Array.from({ length: outChannels }, (_, index) => (
              <button
                key={
                  // biome-ignore lint/suspicious/noArrayIndexKey: filters have no other name than their index
                  index
                }
                type="button"
                aria-label={t('filters.filter', { index })}
                aria-pressed={index === chosen}
                onClick={() => look({ filter: index })}
              >
                <FilterCanvas {...shown(index, last)} />
              </button>
            ))}
          </div>
          <h3 className="small">{t('filters.through', { index: chosen })}</h3>
          <ol className="filter-epochs mono small">
            {evenly(run.observations, mostEpochs).map((observation) => (
              <li key={observation.step}>
                <FilterCanvas {...shown(chosen, observation)} />
                {observation.step}
              </li>
            ))}
          </ol>
          <p className="mono small">|w − w₀| / |w₀| = {distance(last.filters, first.filters).toFixed(2)}</p>
        </>
      ) : (
        <p className="muted">{t('filters.none')}</p>
      )}
    </Panel>
  );
}

/** At most `most` of them, the first and the last always. */
function evenly<T>(all: readonly T[], most: number): readonly T[] {
  if (all.length <= most) return all;
  return Array.from({ length: most }, (_, i) => all[Math.round((i * (all.length - 1)) / (most - 1))]).filter(
    (each) => each !== undefined,
  );
}
