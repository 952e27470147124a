/** padding as a number, or by one of its names. */
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Padding } from '../../../operators/conv2d/attributes.ts';
import { resolvePadding } from '../../../operators/conv2d/index.ts';
import { SegmentedControl } from '../../components/SegmentedControl.tsx';
import type { ChangeConv } from './useLayer.ts';

type PaddingName = Extract<Padding, string> | 'number';

interface PaddingByNameProps {
  readonly name: PaddingName;
  /** PyTorch has 'same' at stride 1 only. */
  readonly isStrided: boolean;
  readonly change: ChangeConv;
}

export const PaddingByName = memo(function PaddingByName({ name, isStrided, change }: PaddingByNameProps) {
  const { t } = useTranslation();
  return (
    <div className="layer-padding-name">
      <SegmentedControl<PaddingName>
        label={t('layer.paddingAs.label')}
        value={name}
        options={[
          { value: 'number', label: t('layer.paddingAs.number') },
          { value: 'same', label: 'same', hint: t('layer.paddingAs.sameHint'), disabled: isStrided },
          { value: 'valid', label: 'valid', hint: t('layer.paddingAs.validHint') },
          { value: 'full', label: 'full', hint: t('layer.paddingAs.fullHint') },
        ]}
        onChange={(next) =>
          change((present) => ({ padding: next === 'number' ? resolvePadding(present) : next }), 'name')
        }
      />
    </div>
  );
});
