/** A comparison as a figure: the table of its columns, without the choices beside it. */
import type { ReactNode } from 'react';
import { ColumnTable } from '../compare/ColumnTable.tsx';
import '../compare/compare.css';
import { ComparisonProvider } from '../compare/comparison.tsx';
import { useRunningComparison } from '../compare/useRunningComparison.ts';

/** `children` may ask what is compared. */
export default function CompareFigure({ children }: { readonly children?: ReactNode }) {
  const comparison = useRunningComparison();
  return (
    comparison && (
      <ComparisonProvider value={comparison}>
        <div className="embed-compare">
          <ColumnTable />
        </div>
        {children}
      </ComparisonProvider>
    )
  );
}
