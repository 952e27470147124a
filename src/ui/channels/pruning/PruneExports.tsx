/** Offers the pruned network as files in the page's export menu while this screen is in sight. */
import { Boxes, FileCode } from 'lucide-react';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useFileExports } from '../../shell/useFileExports.ts';
import { useChannelsContext } from '../channels.tsx';

const icons = { weights: <Boxes aria-hidden="true" />, module: <FileCode aria-hidden="true" /> } as const;
type Kind = keyof typeof icons;

export function PruneExports() {
  const { t } = useTranslation('channels');
  const { pruning } = useChannelsContext();
  const words = useCallback(
    (kind: Kind) => ({ label: t(`pruning.export.${kind}`), hint: t(`pruning.export.${kind}Hint`) }),
    [t],
  );
  const make = useCallback(
    async (kind: Kind) => {
      const { prunedModule, prunedWeights } = await import('../../../live/channels/pruning/prunedFiles.ts');
      const { base, pruned } = pruning.results.getState();
      if (!base || !pruned) throw new Error(t('pruning.export.nothing'));
      return (kind === 'weights' ? prunedWeights : prunedModule)(base, pruned);
    },
    [t, pruning],
  );
  useFileExports(icons, words, make);
  return null;
}
