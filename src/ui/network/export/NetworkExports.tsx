/** Offers the network's table as files in the page's export menu while this screen is in sight. */
import { FileText, Table } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../session.tsx';
import { type ScreenExport, useOfferedExports } from '../../shell/screenExports.ts';
import { useNetworkContext } from '../network.tsx';

const kinds = ['csv', 'markdown'] as const;
const icons = { csv: <Table aria-hidden="true" />, markdown: <FileText aria-hidden="true" /> } as const;

export function NetworkExports() {
  const { t } = useTranslation('network');
  const { results } = useSession();
  const { desk } = useNetworkContext();
  const exports = useMemo(
    () =>
      kinds.map(
        (kind): ScreenExport => ({
          key: kind,
          icon: icons[kind],
          label: t(`export.${kind}`),
          hint: t(`export.${kind}Hint`),
          save: async () => {
            const [{ makeTableFile }, { download }] = await Promise.all([
              import('./tableFile.ts'),
              import('../../../live/exports.ts'),
            ]);
            const { plan } = desk.results.getState();
            if (!plan) throw new Error(t('context.waiting'));
            download(makeTableFile(kind, plan.price, results.getState().picture?.name ?? ''));
          },
        }),
      ),
    [t, desk, results],
  );
  useOfferedExports(exports);
  return null;
}
