/**
 * The kernels of the layer: every filter as a picture, the chosen one as cells with numbers. One choice of target (this filter or all,
 * this slice or all) holds for all that changes numbers.
 */
import { useTranslation } from 'react-i18next';
import { Panel } from '../../components/Panel.tsx';
import { FilterEditor } from './FilterEditor.tsx';
import { FilterStrip } from './FilterStrip.tsx';
import './kernels.css';
import { PresetMenu } from './PresetMenu.tsx';
import { RandomRow } from './RandomRow.tsx';
import { TargetRow } from './TargetRow.tsx';
import { TreatmentRow } from './TreatmentRow.tsx';
import { useKernels } from './useKernels.ts';

export function KernelsPanel() {
  const { t } = useTranslation();
  const kernels = useKernels();
  const { filters, slices, kernelSize } = kernels.shape;
  const [height, width] = kernelSize;
  return (
    <Panel
      token="weights"
      title={t('kernels.title')}
      meta={t('kernels.shape', { filters, slices, height, width })}
      end={<PresetMenu kernels={kernels} />}
      className="kernels-panel"
    >
      <KernelControls kernels={kernels} />
    </Panel>
  );
}

function KernelControls({ kernels }: { readonly kernels: ReturnType<typeof useKernels> }) {
  const { t } = useTranslation();
  const { values, areMissing } = kernels.filters;
  if (areMissing) {
    return (
      <p className="kernels-loading muted" role="status">
        {t('kernels.loading')}
      </p>
    );
  }
  return (
    <div className="kernels">
      <FilterStrip
        filters={values}
        names={kernels.names}
        areColours={kernels.areColours}
        kernelSize={kernels.shape.kernelSize}
        selected={kernels.filter}
        onSelect={kernels.select}
      />
      <FilterEditor kernels={kernels} values={values[kernels.filter] ?? new Float32Array()} />
      <TargetRow kernels={kernels} />
      <RandomRow kernels={kernels} />
      <TreatmentRow kernels={kernels} />
    </div>
  );
}
