/** What a measured error of equivariance means, in words. */
import { useTranslation } from 'react-i18next';
import type { EquivarianceError, Shift } from '../../../../graph/shift/equivariance.ts';
import type { ThreeKind } from '../../../../graph/shift/threeLayers.ts';
import { measured } from '../../../../math/format.ts';
import type { Pair } from '../../../../operators/operator.ts';

export function useWords() {
  const { t } = useTranslation('kinds');
  const meaning = (kind: ThreeKind, error: EquivarianceError, { dy, dx }: Shift, stride: Pair): string => {
    if (dy === 0 && dx === 0) return t('full.moved.still');
    if (kind === 'linear') return t('full.moved.noPlace');
    if (error.region === 'overlap') return t('full.moved.noInterior');
    if (kind === 'locally_connected2d') return t('full.moved.notShared');
    if (error.largest === 0) return t('full.moved.exact');
    return t('full.moved.aliasing', { stride: stride[0] === stride[1] ? stride[0] : `(${stride.join(', ')})` });
  };
  return {
    ofError: (kind: ThreeKind, error: EquivarianceError, shift: Shift, stride: Pair): string => {
      const said = meaning(kind, error, shift, stride);
      return error.largest === 0 ? said : `${said}, ${t('full.moved.largest', { value: measured(error.largest) })}`;
    },
    formula: ({ by }: EquivarianceError, { dy, dx }: Shift): string =>
      t('full.moved.formula', { dy, dx, rows: by.dy, columns: by.dx }),
  };
}
