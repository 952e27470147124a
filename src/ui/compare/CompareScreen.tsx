/** Compare: the same photo, through one bank of filters, read by two to four kinds of convolution side by side. */
import { useTranslation } from 'react-i18next';
import { ColumnTable } from './ColumnTable.tsx';
import { CompareInput } from './CompareInput.tsx';
import './compare.css';
import { ComparisonProvider } from './comparison.tsx';
import { ComparisonExports } from './export/ComparisonExports.tsx';
import { GrowthPanel } from './GrowthPanel.tsx';
import { KindPicker } from './KindPicker.tsx';
import { LossSection } from './loss/LossSection.tsx';
import { useRunningComparison } from './useRunningComparison.ts';

export default function CompareScreen() {
  const { t } = useTranslation('compare');
  const comparison = useRunningComparison();
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
