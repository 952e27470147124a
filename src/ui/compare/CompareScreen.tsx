/** Compare: the same photo, through one bank of filters, read by two to four kinds of convolution side by side. */
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { startCompareDesk } from '../../live/compare/compareDesk.ts';
import { useSession } from '../session.tsx';
import { ColumnTable } from './ColumnTable.tsx';
import { CompareInput } from './CompareInput.tsx';
import './compare.css';
import { type Comparison, ComparisonProvider, createLooking, createUnit } from './comparison.tsx';
import { ComparisonExports } from './export/ComparisonExports.tsx';
import { GrowthPanel } from './GrowthPanel.tsx';
import { KindPicker } from './KindPicker.tsx';
import { LossSection } from './loss/LossSection.tsx';

export default function CompareScreen() {
  const { t } = useTranslation('compare');
  const session = useSession();
  const [comparison, setComparison] = useState<Comparison | null>(null);
  useEffect(() => {
    const desk = startCompareDesk(session);
    const { unit, stop } = createUnit(session.workspace);
    setComparison({ desk, unit, looking: createLooking() });
    return () => {
      stop();
      desk.dispose();
    };
  }, [session]);
  if (!comparison) return null;
  return (
    <ComparisonProvider value={comparison}>
      <ComparisonExports />
      <div className="compare">
        <h2 className="sr-only">{t('title')}</h2>
        <div className="compare-side">
          <CompareInput />
          <KindPicker />
        </div>
        <ColumnTable />
        <GrowthPanel />
        <LossSection />
      </div>
    </ComparisonProvider>
  );
}
