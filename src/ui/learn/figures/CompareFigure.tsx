/** Kinds side by side over one bank of filters, and what each costs. */
import { CompareInput } from '../../compare/CompareInput.tsx';
import { useComparison } from '../../compare/comparison.tsx';
import CompareTable from '../../embed/CompareFigure.tsx';
import { useTell } from '../telling.tsx';
import './compareFigure.css';

export function CompareFigure() {
  return (
    <div className="figure-compare">
      <CompareTable>
        <CompareInput />
        <PricesTold />
      </CompareTable>
    </div>
  );
}

/** The prices belong to the comparison that they name: a newer one may not be worked out yet. */
function PricesTold() {
  const plan = useComparison((state) => state.plan);
  useTell(
    plan && {
      of: JSON.stringify(plan.compare),
      ...Object.fromEntries(
        plan.columns.flatMap(({ cost }, place) => [
          [`parameters ${place}`, cost.parameters],
          [`macs ${place}`, cost.macs],
        ]),
      ),
    },
  );
  return null;
}
