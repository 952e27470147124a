/** Which filter is shown, what was done to make it fit this kernel size, and its bias. */
import { ZoomIn } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../components/Button.tsx';
import { Tooltip } from '../../components/Tooltip.tsx';
import { useSession } from '../../session.tsx';
import { isPoint } from './editWeights.ts';
import type { Kernels } from './useKernels.ts';
import { WeightField } from './WeightField.tsx';

interface FilterHeadingProps {
  readonly kernels: Kernels;
  readonly large: boolean;
  readonly onLarge: (large: boolean) => void;
}

export function FilterHeading({ kernels, large, onLarge }: FilterHeadingProps) {
  const { t } = useTranslation();
  const { workspace } = useSession();
  const label = kernels.filters.labels[kernels.filter];
  // What compares neighbours has none at 1 x 1; light-dark opponents keep their sign there.
  const passesOn = isPoint(kernels.shape.kernelSize) && label?.name !== 'opponent';
  return (
    <div className="filter-heading">
      <span className="filter-name">
        {kernels.filter} · {kernels.names[kernels.filter]}
      </span>
      {label?.resized ? (
        <Mark
          text={t(label.name === 'custom' ? 'kernels.recentred' : 'kernels.resampled')}
          hint={t(label.name === 'custom' ? 'kernels.recentredHint' : 'kernels.resampledHint')}
        />
      ) : null}
      {label?.channelsMerged ? <Mark text={t('kernels.merged')} hint={t('kernels.mergedHint')} /> : null}
      {label && !label.exact && !label.missing ? (
        <Mark
          text={t(passesOn ? 'kernels.passThrough' : 'kernels.nearest')}
          hint={t(passesOn ? 'kernels.passThroughHint' : 'kernels.nearestHint')}
        />
      ) : null}
      {kernels.shape.hasBias ? (
        <span className="filter-bias">
          <span aria-hidden="true">{t('kernels.bias')}</span>
          <WeightField
            name={t('kernels.biasOf', { number: kernels.filter })}
            value={kernels.bias}
            onChange={(bias) => workspace.getState().setBias(kernels.target, bias)}
          />
        </span>
      ) : null}
      <IconButton
        size="small"
        className="filter-large"
        label={t('kernels.numbers')}
        icon={<ZoomIn aria-hidden="true" />}
        aria-pressed={large}
        onClick={() => onLarge(!large)}
      />
    </div>
  );
}

function Mark({ text, hint }: { readonly text: string; readonly hint: string }) {
  return (
    <Tooltip text={hint} side="top">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: its sentence must be reachable by keyboard */}
      <span className="filter-mark" tabIndex={0} aria-description={hint}>
        {text}
      </span>
    </Tooltip>
  );
}
