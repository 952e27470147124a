/** What is done to the numbers of a filter, wherever they come from: normalised, turned, transposed. */
import { useTranslation } from 'react-i18next';
import { type Normalisation, normalisations } from '../../../graph/weights/filterState.ts';
import { SegmentedControl } from '../../components/SegmentedControl.tsx';
import { Toggle } from '../../components/Toggle.tsx';
import { useSession } from '../../session.tsx';
import type { Kernels } from './useKernels.ts';

export function TreatmentRow({ kernels }: { readonly kernels: Kernels }) {
  const { t } = useTranslation();
  const { workspace } = useSession();
  const { state, target } = kernels;
  return (
    <div className="kernels-row">
      <SegmentedControl<Normalisation>
        label={t('kernels.normalise')}
        value={state.normalise}
        options={normalisations.map((value) => ({
          value,
          label: t(`kernels.normalisation.${value}`),
          hint: t('kernels.normaliseHint'),
        }))}
        onChange={(normalise) => workspace.getState().setNormalisation(target, normalise)}
      />
      <Toggle
        label={t('kernels.flip')}
        hint={t('kernels.flipHint')}
        checked={state.flip}
        onChange={(flip) => workspace.getState().setFilter(target, { flip })}
      />
      <Toggle
        label={t('kernels.transpose')}
        hint={t('kernels.transposeHint')}
        checked={state.transpose}
        onChange={(transpose) => workspace.getState().setFilter(target, { transpose })}
      />
    </div>
  );
}
