/** Offers the pruned network as files in the page's export menu while this screen is in sight. */
import { Boxes, FileCode } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type ScreenExport, useOfferedExports } from '../../shell/screenExports.ts';
import { useChannelsContext } from '../channels.tsx';

const kinds = ['weights', 'module'] as const;
const icons = { weights: <Boxes aria-hidden="true" />, module: <FileCode aria-hidden="true" /> } as const;

export function PruneExports() {
  const { t } = useTranslation('channels');
  const { pruning } = useChannelsContext();
  const exports = useMemo(
    () =>
      kinds.map(
        (kind): ScreenExport => ({
          key: kind,
          icon: icons[kind],
          label: t(`pruning.export.${kind}`),
          hint: t(`pruning.export.${kind}Hint`),
          save: async () => {
            const [files, { download }] = await Promise.all([
              import('../../../live/channels/pruning/prunedFiles.ts'),
              import('../../../live/exports.ts'),
            ]);
            const { base, pruned } = pruning.results.getState();
            if (!base || !pruned) throw new Error(t('pruning.export.nothing'));
            download((kind === 'weights' ? files.prunedWeights : files.prunedModule)(base, pruned));
          },
        }),
      ),
    [t, pruning],
  );
  useOfferedExports(exports);
  return null;
}
