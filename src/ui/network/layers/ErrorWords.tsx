/** Why a layer cannot run: what is wrong, the shapes of all that it reads, and PyTorch's sentence. */
import { useTranslation } from 'react-i18next';
import type { NodeState } from '../../../graph/network/inferEach.ts';
import { useReason } from '../useReason.ts';

export function ErrorWords({ state }: { readonly state: Extract<NodeState, { readonly state: 'error' }> }) {
  const { t } = useTranslation('network');
  const reasonOf = useReason();
  const { error, inputs } = state;
  const shapes = inputs.map(([, ...shape]) => shape.join(' × ')).join(t('layers.and'));
  return (
    <>
      {reasonOf(error)} {shapes !== '' && <span>{t('layers.reads', { shapes })}</span>}{' '}
      <q lang="en" className="mono">
        {error.message}
      </q>
    </>
  );
}
