/** Offers the comparison as files in the page's export menu while this screen is in sight. */
import { Image, PenTool, Table } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../session.tsx';
import { type ScreenExport, useOfferedExports } from '../../shell/screenExports.ts';
import { useComparisonContext } from '../comparison.tsx';

const kinds = ['svg', 'png', 'csv'] as const;
const icons = {
  svg: <PenTool aria-hidden="true" />,
  png: <Image aria-hidden="true" />,
  csv: <Table aria-hidden="true" />,
} as const;

export function ComparisonExports() {
  const { t } = useTranslation('compare');
  const session = useSession();
  const comparison = useComparisonContext();
  const exports = useMemo(
    () =>
      kinds.map(
        (kind): ScreenExport => ({
          key: kind,
          icon: icons[kind],
          label: t(`export.${kind}`),
          hint: t(`export.${kind}Hint`),
          save: async () => {
            const [{ makeComparisonFile }, { download }] = await Promise.all([
              import('./saveComparison.ts'),
              import('../../../live/exports.ts'),
            ]);
            download(await makeComparisonFile(kind, comparison, session, t));
          },
        }),
      ),
    [t, session, comparison],
  );
  useOfferedExports(exports);
  return null;
}
