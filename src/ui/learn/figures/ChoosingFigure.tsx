/** What is lost when cheaper layers stand in for a learned one. */
import '../../compare/compare.css';
import LossPanel from '../../compare/loss/LossPanel.tsx';
import { useLoss, useLossState } from '../../compare/loss/lossContext.tsx';
import { useTell } from '../telling.tsx';

export function ChoosingFigure() {
  return (
    <div id="maps" tabIndex={-1}>
      <LossPanel>
        <ErrorsTold />
      </LossPanel>
    </div>
  );
}

/** The error of each substitute by the criterion that is chosen, as "responses grouped 4". */
function ErrorsTold() {
  const { by, substitutes } = useLossState();
  const fits = useLoss((state) => state.fits);
  const progress = useLoss((state) => state.progress);
  useTell(
    // While another criterion or layer is on its way, the fits are those of the one before.
    progress?.stage === 'layer'
      ? null
      : Object.fromEntries(
          substitutes.flatMap(({ kind, size }, place) => {
            const fit = fits[place];
            if (!fit?.ok) return [];
            const { relativeErrorOfResponses, relativeErrorOfWeights } = fit.value;
            const error = by === 'responses' ? relativeErrorOfResponses : relativeErrorOfWeights;
            return error === null ? [] : [[`${by} ${kind} ${size}`, error]];
          }),
        ),
  );
  return null;
}
