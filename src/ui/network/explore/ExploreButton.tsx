/** Opens a layer in Explore; where it cannot be, the button says why. */
import { useTranslation } from 'react-i18next';
import type { NodeId } from '../../../graph/graph.ts';
import type { NetworkPlan } from '../../../live/network/networkPlan.ts';
import { Button } from '../../components/Button.tsx';
import { useRefusalWords } from '../../networkLayer/refusalWords.ts';
import { useExplore } from './useExplore.ts';

export function ExploreButton({ plan, layer }: { readonly plan: NetworkPlan; readonly layer: NodeId }) {
  const { t } = useTranslation('network');
  const words = useRefusalWords();
  const { refusal, open } = useExplore(plan);
  const refused = refusal(layer);
  return (
    <Button
      size="small"
      aria-label={t('explore.openNode', { layer })}
      title={refused ? words(refused, layer) : t('explore.openHint')}
      disabled={refused !== null}
      onClick={() => open(layer)}
    >
      {t('explore.open')}
    </Button>
  );
}
