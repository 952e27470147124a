/** How the maps are shown: colour map, range, percentiles, order, size. */
import { LayoutGrid } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ColourMapChoice, SortOrder, ViewState } from '../../../store/workspace.ts';
import { SegmentedControl } from '../../components/SegmentedControl.tsx';
import { SelectMenu } from '../../components/SelectMenu.tsx';
import { Slider } from '../../components/Slider.tsx';
import { Toggle } from '../../components/Toggle.tsx';
import { useWorkspace } from '../../session.tsx';
import { FixedRange } from './FixedRange.tsx';

const colourMaps = ['auto', 'rdbu', 'viridis', 'cividis', 'grey'] as const satisfies readonly ColourMapChoice[];
const sorts = ['index', 'energy', 'sparsity'] as const satisfies readonly SortOrder[];

export function MapsToolbar() {
  const { t } = useTranslation();
  const view = useWorkspace((state) => state.workspace.view);
  const setView = useWorkspace((state) => state.setView);
  return (
    <div className="maps-toolbar">
      <SegmentedControl
        label={t('maps.colourMap')}
        value={view.colourMap}
        onChange={(colourMap) => setView({ colourMap })}
        options={colourMaps.map((value) => ({ value, label: t(`maps.${value}`), hint: t(`maps.${value}Hint`) }))}
      />
      <SegmentedControl<ViewState['range']>
        label={t('maps.range')}
        value={view.range}
        onChange={(range) => setView({ range })}
        options={[
          { value: 'per-map', label: t('maps.perMap'), hint: t('maps.perMapHint') },
          { value: 'per-layer', label: t('maps.perLayer'), hint: t('maps.perLayerHint') },
          { value: 'fixed', label: t('maps.fixed'), hint: t('maps.fixedHint') },
        ]}
      />
      {view.range === 'fixed' ? (
        <FixedRange fixed={view.fixed} onChange={(fixed) => setView({ fixed })} />
      ) : (
        <Toggle
          label={t('maps.percentiles')}
          hint={t('maps.percentilesHint')}
          checked={view.percentiles}
          onChange={(percentiles) => setView({ percentiles })}
        />
      )}
      <SelectMenu
        label={t('maps.sort')}
        value={view.sort}
        onChange={(sort) => setView({ sort })}
        options={sorts.map((value) => ({ value, label: t(`maps.sortBy.${value}`) }))}
      />
      <span className="maps-size" title={t('maps.tileWidth')}>
        <LayoutGrid size={14} aria-hidden="true" />
        <Slider
          label={t('maps.tileWidth')}
          min={72}
          max={560}
          step={4}
          value={view.tileWidth}
          onChange={(tileWidth) => setView({ tileWidth })}
          onDoubleClick={() => setView({ tileWidth: 200 })}
        />
      </span>
    </div>
  );
}
