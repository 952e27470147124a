/** Offers the diagram as an SVG file in the page's export menu while it is in sight. */
import { PenTool } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../session.tsx';
import { type ScreenExport, useOfferedExports } from '../../shell/screenExports.ts';
import { pinnedUnit } from '../network.tsx';
import type { Diagram } from './useDiagram.ts';

export function DiagramExport({ diagram }: { readonly diagram: Diagram }) {
  const { t } = useTranslation('network');
  const { workspace } = useSession();
  const exports = useMemo(
    (): readonly ScreenExport[] => [
      {
        key: 'diagram',
        icon: <PenTool aria-hidden="true" />,
        label: t('diagram.svg'),
        hint: t('diagram.svgHint'),
        save: async () => {
          const [{ diagramFile }, { download }] = await Promise.all([
            import('./diagramFile.ts'),
            import('../../../live/exports.ts'),
          ]);
          const unit = pinnedUnit(diagram.plan, workspace.getState().workspace.view.network);
          download(await diagramFile(diagram, unit, t));
        },
      },
    ],
    [t, workspace, diagram],
  );
  useOfferedExports(exports);
  return null;
}
