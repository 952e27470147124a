/** A comparison as a figure: the table of its columns, without the choices beside it. */
import { ColumnTable } from '../compare/ColumnTable.tsx';
import '../compare/compare.css';
import { ComparisonProvider } from '../compare/comparison.tsx';
import { useRunningComparison } from '../compare/useRunningComparison.ts';

export default function CompareFigure() {
  const comparison = useRunningComparison();
  return (
    comparison && (
      <ComparisonProvider value={comparison}>
        <div className="embed-compare">
          <ColumnTable />
        </div>
      </ComparisonProvider>
    )
  );
}
