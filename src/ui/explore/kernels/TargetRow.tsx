/** What a change of numbers applies to: this filter or all; one channel slice or all. */
import { useTranslation } from 'react-i18next';
import { SegmentedControl } from '../../components/SegmentedControl.tsx';
import type { Kernels, Reach } from './useKernels.ts';

export function TargetRow({ kernels }: { readonly kernels: Kernels }) {
  const { t } = useTranslation();
  const { shape, filterReach, setFilterReach, sliceReach, setSliceReach } = kernels;
  return (
    <div className="kernels-row">
      <SegmentedControl<Reach>
        label={t('kernels.targetFilters')}
        value={filterReach}
        options={[
          { value: 'one', label: t('kernels.thisFilter') },
          { value: 'all', label: t('kernels.allFilters', { count: shape.filters }) },
        ]}
        onChange={setFilterReach}
      />
      {shape.slices > 1 ? (
        <SegmentedControl<Reach>
          label={t('kernels.targetSlices')}
          value={sliceReach}
          options={[
            { value: 'one', label: t('kernels.thisSlice') },
            { value: 'all', label: t('kernels.allSlices') },
          ]}
          onChange={setSliceReach}
        />
      ) : null}
    </div>
  );
}
