/** Beside the maps: which map, whether all are shown, their colours with the ends of the range, and the way back from a zoom. */
import { useTranslation } from 'react-i18next';
import { type ColourMapChoice, colourMaps, comparedRanges } from '../../../store/workspace.ts';
import { cssGradient } from '../../../views/colour/colourMaps.ts';
import { signedNumber } from '../../../views/numbers.ts';
import { NumberField } from '../../components/NumberField.tsx';
import { SelectMenu } from '../../components/SelectMenu.tsx';
import { Toggle } from '../../components/Toggle.tsx';
import { ZoomBadge } from '../../explore/maps/ZoomBadge.tsx';
import { useWorkspace } from '../../session.tsx';
import { useComparison, useComparisonContext, useLooking, useUnit } from '../comparison.tsx';
import { useColouring } from './useColouring.ts';

export function MapsGutter() {
  const { t } = useTranslation('compare');
  const { t: app } = useTranslation();
  const { unit, looking } = useComparisonContext();
  const { channel } = useUnit();
  const showsAll = useLooking((state) => state.showsAll);
  const view = useWorkspace((state) => state.workspace.view);
  const setView = useWorkspace((state) => state.setView);
  const most = useComparison(({ columns }) => Math.max(1, ...columns.map(({ maps }) => maps.shape[1])));
  const { colours, range } = useColouring();
  const clips = view.percentiles;
  const ends = range.mode === 'fixed' ? range : null;
  return (
    <div className="maps-gutter">
      <span className="column-number">
        <span aria-hidden="true">{t('mapNumber')}</span>
        <NumberField
          name={t('mapNumber')}
          min={0}
          max={most - 1}
          value={Math.min(channel, most - 1)}
          onChange={(next) => unit.setState({ channel: next })}
        />
      </span>
      <Toggle label={t('allMaps')} checked={showsAll} onChange={(next) => looking.setState({ showsAll: next })} />
      <SelectMenu
        label={t('range')}
        hint={t(`rangeHints.${view.comparedRange}`)}
        value={view.comparedRange}
        options={comparedRanges.map((value) => ({ value, label: t(`ranges.${value}`) }))}
        onChange={(comparedRange) => setView({ comparedRange })}
      />
      <SelectMenu<ColourMapChoice>
        label={app('maps.colourMap')}
        hint={app(`maps.${view.colourMap}Hint`)}
        value={view.colourMap}
        options={colourMaps.map((value) => ({ value, label: app(`maps.${value}`) }))}
        onChange={(colourMap) => setView({ colourMap })}
      />
      <figure className="compared-legend" title={clips ? app('maps.percentilesHint') : undefined}>
        <span className="compared-legend-bar" style={{ background: cssGradient(colours) }} />
        <figcaption className={ends ? 'mono' : undefined}>
          <span>{ends ? signedNumber(ends.lo) : t('lowest')}</span>
          <span>{ends ? signedNumber(ends.hi) : t('highest')}</span>
        </figcaption>
      </figure>
      <ZoomBadge />
    </div>
  );
}
