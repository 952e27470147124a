/** Kinds side by side over one bank of filters, and what each costs. */
import { CompareInput } from '../../compare/CompareInput.tsx';
import { useComparison } from '../../compare/comparison.tsx';
import CompareTable from '../../embed/CompareFigure.tsx';
import { useWorkspace } from '../../session.tsx';
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

function PricesTold() {
  const plan = useComparison((state) => state.plan);
  const compare = useWorkspace((state) => state.workspace.compare);
  useTell(
    plan?.compare !== compare
      ? null
      : Object.fromEntries(
          plan.columns.flatMap(({ cost }, place) => [
            [`parameters ${place}`, cost.parameters],
            [`macs ${place}`, cost.macs],
          ]),
        ),
  );
  return null;
}
