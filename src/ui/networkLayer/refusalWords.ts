/** Why a layer of the network cannot be looked at in Explore, as a sentence. */
import { useTranslation } from 'react-i18next';
import type { NodeId } from '../../graph/graph.ts';
import type { LayerRefusal } from '../../live/networkLayer/exploredLayer.ts';

export function useRefusalWords(): (refusal: LayerRefusal, layer: NodeId) => string {
  const { t } = useTranslation('network');
  return (refusal, layer) => {
    switch (refusal.code) {
      case 'error':
        // PyTorch's own sentence.
        if (refusal.node === layer) return refusal.message;
        return `${t('layers.waits', { node: refusal.node })}: ${refusal.message}`;
      case 'missing':
      case 'off':
      case 'join':
      case 'picture':
        return t(`explore.refused.${refusal.code}`, { layer });
      default:
        return refusal satisfies never;
    }
  };
}
