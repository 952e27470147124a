/** Where the layer's weights come from: random ones by seed, or one classic filter wherever it has a kernel. And the activation behind it. */
import { Dices } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { namedFilters } from '../../graph/weights/filterState.ts';
import { activationNames } from '../../operators/activation/attributes.ts';
import { IconButton } from '../components/Button.tsx';
import { NumberField } from '../components/NumberField.tsx';
import { SelectMenu } from '../components/SelectMenu.tsx';
import { useChangeKind, useKind } from './useKind.ts';

export function KindWeights() {
  const { t } = useTranslation(['kinds', 'app']);
  const { kind, weights, activation } = useKind();
  const change = useChangeKind();
  const hasKernel = kind !== 'pointwise' && kind !== 'linear';
  return (
    <>
      <div className="layer-mode">
        <span>{t('weights')}</span>
        <span className="kind-weights">
          {hasKernel && (
            <SelectMenu
              label={t('weights')}
              value={weights.kernel}
              options={(['random', ...namedFilters] as const).map((value) => ({
                value,
                label: value === 'random' ? t('random') : t(`app:kernels.name.${value}`),
              }))}
              onChange={(kernel) => change(null, (now) => ({ ...now, weights: { ...now.weights, kernel } }))}
            />
          )}
          <span className="mono muted">{t('seed')}</span>
          <NumberField
            name={t('seed')}
            min={0}
            max={2 ** 32 - 1}
            value={weights.seed}
            onChange={(seed) => change('seed', (now) => ({ ...now, weights: { ...now.weights, seed } }))}
          />
          <IconButton
            size="small"
            label={t('draw')}
            icon={<Dices size={14} aria-hidden="true" />}
            onClick={() =>
              change(null, (now) => ({
                ...now,
                weights: { ...now.weights, seed: crypto.getRandomValues(new Uint32Array(1))[0]! },
              }))
            }
          />
        </span>
      </div>
      <div className="layer-mode">
        <span className="mono">activation</span>
        <SelectMenu
          label="activation"
          options={activationNames.map((name) => ({ value: name, label: t(`app:layer.activations.${name}`) }))}
          value={activation}
          onChange={(name) => change(null, (now) => ({ ...now, activation: name }))}
        />
      </div>
    </>
  );
}
