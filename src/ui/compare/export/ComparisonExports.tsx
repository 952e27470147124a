/** Offers the comparison as files in the page's export menu while this screen is in sight. */
import { Image, PenTool, Table } from 'lucide-react';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../session.tsx';
import { useFileExports } from '../../shell/useFileExports.ts';
import { useComparisonContext } from '../comparison.tsx';

const icons = {
  svg: <PenTool aria-hidden="true" />,
  png: <Image aria-hidden="true" />,
  csv: <Table aria-hidden="true" />,
} as const;
type Kind = keyof typeof icons;

export function ComparisonExports() {
  const { t } = useTranslation('compare');
  const session = useSession();
  const comparison = useComparisonContext();
  const words = useCallback((kind: Kind) => ({ label: t(`export.${kind}`), hint: t(`export.${kind}Hint`) }), [t]);
  const make = useCallback(
    async (kind: Kind) => (await import('./saveComparison.ts')).makeComparisonFile(kind, comparison, session, t),
    [t, session, comparison],
  );
  useFileExports(icons, words, make);
  return null;
}
