/** Presets at any kernel size: a filter for the target, random ones, and whole banks. */
import { ChevronDown } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import {
  type Distribution,
  distributions,
  type NamedFilter,
  namedFilters,
  presetBanks,
} from '../../../graph/weights/filterState.ts';
import { Button } from '../../components/Button.tsx';
import { Menu, MenuChoice, MenuSeparator } from '../../components/Menu.tsx';
import { useSession } from '../../session.tsx';
import type { Kernels } from './useKernels.ts';

export function PresetMenu({ kernels }: { readonly kernels: Kernels }) {
  const { t } = useTranslation();
  const { workspace } = useSession();
  const { recipe } = kernels.state;
  const { setFilter, setBank } = workspace.getState();
  const label =
    kernels.target === 'all' ? t('kernels.presetsForAll') : t('kernels.presetsFor', { number: kernels.filter });
  return (
    <Menu
      columns={2}
      trigger={
        <Button variant="quiet" size="small" className="preset-button">
          {t('kernels.presets')}
          <ChevronDown aria-hidden="true" />
        </Button>
      }
    >
      <MenuChoice<NamedFilter>
        label={label}
        value={recipe.kind === 'named' ? recipe.name : null}
        options={namedFilters.map((value) => ({ value, label: t(`kernels.name.${value}`) }))}
        onChange={(name) => setFilter(kernels.target, { recipe: { kind: 'named', name } })}
      />
      <MenuSeparator />
      <MenuChoice<Distribution>
        label={t('kernels.random')}
        value={recipe.kind === 'random' ? recipe.distribution : null}
        options={distributions.map((value) => ({ value, label: t(`kernels.name.${value}`) }))}
        onChange={(distribution) =>
          setFilter(kernels.target, {
            recipe: {
              kind: 'random',
              distribution,
              seed: recipe.kind === 'random' ? recipe.seed : 0,
              index: kernels.filter,
            },
          })
        }
      />
      <MenuSeparator />
      <MenuChoice<(typeof presetBanks)[number]>
        label={t('kernels.banks')}
        value={null}
        options={presetBanks.map((value) => ({ value, label: t(`kernels.bank.${value}`) }))}
        onChange={(bank) => setBank(bank)}
      />
    </Menu>
  );
}
