/** Saves the table of substitutes, with the layer itself. */
import { useTranslation } from 'react-i18next';
import { exportName } from '../../../formats/exportNames.ts';
import { type LossRow, lossCsv } from '../../../formats/lossCsv.ts';
import type { FitResult } from '../../../live/compare/loss/lossDesk.ts';
import { sizeOn } from '../../../live/compare/loss/substitutes.ts';
import { download } from '../../../live/exports.ts';
import type { Cost } from '../../../operators/operator.ts';
import { Button } from '../../components/Button.tsx';
import { useResults } from '../../session.tsx';
import { useLoss, useLossConv, useLossState } from './lossContext.tsx';

/** `cost`: of the layer itself; null while it is being loaded, and there is nothing to save. */
export function SaveLoss({ cost }: { readonly cost: Cost | null }) {
  const { t } = useTranslation('compare');
  const conv = useLossConv();
  const { layer, substitutes } = useLossState();
  const fits = useLoss((state) => state.fits);
  const photo = useResults((state) => state.picture?.name ?? '');
  const save = () => {
    if (!cost) return;
    const rows = substitutes.map((substitute, i): LossRow => {
      const size = substitute.kind === 'pointwise' ? null : sizeOn(substitute, conv);
      return { kind: substitute.kind, size, fit: fitOf(fits[i] ?? null) };
    });
    download(new File([lossCsv(layer, cost, rows)], exportName('lossCsv', photo), { type: 'text/csv' }));
  };
  return (
    <Button size="small" variant="quiet" disabled={!cost} onClick={save}>
      {t('export.csv')}
    </Button>
  );
}

function fitOf(fit: FitResult | null): LossRow['fit'] {
  if (!fit?.ok) return null;
  const { cost, relativeErrorOfResponses, relativeErrorOfWeights, optimum } = fit.value;
  return {
    cost,
    errorOfMaps: relativeErrorOfResponses,
    errorOfWeights: relativeErrorOfWeights,
    found: optimum,
  };
}
