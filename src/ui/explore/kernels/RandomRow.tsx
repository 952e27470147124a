/** A random filter's distribution and seed: the same seed gives the same layer, and rolling again shows the next one. */
import { Dices } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type Distribution, distributions } from '../../../graph/weights/filterState.ts';
import { IconButton } from '../../components/Button.tsx';
import { NumberField } from '../../components/NumberField.tsx';
import { SelectMenu } from '../../components/SelectMenu.tsx';
import { useSession } from '../../session.tsx';
import type { Kernels } from './useKernels.ts';

/** Seeds are 32-bit; rolled ones are short enough to be told to somebody. */
const largestSeed = 2 ** 32 - 1;
const largestRolled = 99_999;

export function RandomRow({ kernels }: { readonly kernels: Kernels }) {
  const { t } = useTranslation();
  const { workspace } = useSession();
  const { recipe } = kernels.state;
  if (recipe.kind !== 'random') return null;
  const draw = (change: { readonly seed?: number; readonly distribution?: Distribution }) =>
    workspace.getState().setFilter(kernels.target, { recipe: { ...recipe, ...change } });
  return (
    <div className="kernels-row">
      <SelectMenu<Distribution>
        label={t('kernels.distribution')}
        options={distributions.map((value) => ({ value, label: t(`kernels.name.${value}`) }))}
        value={recipe.distribution}
        onChange={(distribution) => draw({ distribution })}
      />
      <span className="kernels-seed">
        <span aria-hidden="true">{t('kernels.seed')}</span>
        <NumberField
          name={t('kernels.seed')}
          min={0}
          max={largestSeed}
          value={recipe.seed}
          onChange={(seed) => draw({ seed })}
        />
      </span>
      <IconButton
        size="small"
        label={t('kernels.reroll')}
        icon={<Dices aria-hidden="true" />}
        onClick={() => draw({ seed: rolledSeed(recipe.seed) })}
      />
    </div>
  );
}

function rolledSeed(present: number): number {
  const [word = 0] = crypto.getRandomValues(new Uint32Array(1));
  const seed = word % (largestRolled + 1);
  return seed === present ? (seed + 1) % (largestRolled + 1) : seed;
}
