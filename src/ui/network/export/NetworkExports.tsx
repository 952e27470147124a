/** Offers the network's table as files in the page's export menu while this screen is in sight. */
import { FileText, Table } from 'lucide-react';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../session.tsx';
import { useFileExports } from '../../shell/useFileExports.ts';
import { useNetworkContext } from '../network.tsx';

const icons = { csv: <Table aria-hidden="true" />, markdown: <FileText aria-hidden="true" /> } as const;
type Kind = keyof typeof icons;

export function NetworkExports() {
  const { t } = useTranslation('network');
  const { results } = useSession();
  const { desk } = useNetworkContext();
  const words = useCallback((kind: Kind) => ({ label: t(`export.${kind}`), hint: t(`export.${kind}Hint`) }), [t]);
  const make = useCallback(
    async (kind: Kind) => {
      const { makeTableFile } = await import('./tableFile.ts');
      const { plan } = desk.results.getState();
      if (!plan) throw new Error(t('context.waiting'));
      return makeTableFile(kind, plan.price, results.getState().picture?.name ?? '');
    },
    [t, desk, results],
  );
  useFileExports(icons, words, make);
  return null;
}
