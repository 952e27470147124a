/** One layer's maps before and after, what is between them, and the number that sums it up. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Field } from '../../../../graph/field/receptiveField.ts';
import type { SmallLayer } from '../../../../graph/shift/threeLayers.ts';
import type { HostTensor } from '../../../../operators/operator.ts';
import { usePalette } from '../../../theme/usePalette.ts';
import { Cells, Lit } from './Cells.tsx';
import { largestOf, signedPicture } from './colours.ts';

interface LayerMapsProps {
  readonly layer: SmallLayer;
  readonly before: HostTensor;
  readonly after: HostTensor;
  /** The third map: a difference within a field, or which outputs changed. */
  readonly third:
    | { readonly kind: 'difference'; readonly map: HostTensor; readonly field: Field }
    | { readonly kind: 'changed'; readonly pixels: Uint8Array };
  readonly number: string;
  readonly words: string;
  /** In full, shown on hover. */
  readonly hint?: string;
}

export function LayerMaps({ layer, before, after, third, number, words, hint }: LayerMapsProps) {
  const { t } = useTranslation('kinds');
  const palette = usePalette();
  const [, , height, width] = before.shape;
  const name = t(`full.layers.${layer.kind}`);
  const end = largestOf(before.values, after.values);
  const cellsOf = (map: HostTensor, what: string, above?: ReactNode) => (
    <Cells
      rgba={signedPicture(map.values, width, height, end, palette)}
      {...{ width, height }}
      label={t('full.maps.of', { layer: name, what })}
    >
      {above}
    </Cells>
  );
  const inField = (cell: number) => {
    if (third.kind === 'changed') return third.pixels[cell] === 1;
    const { h, w } = third.field;
    const [y, x] = [Math.floor(cell / width), cell % width];
    return y >= h.lo && y <= h.hi && x >= w.lo && x <= w.hi;
  };
  return (
    <section className="layer-maps" aria-label={name} data-kind={layer.kind}>
      <div className="layer-maps-said" title={hint}>
        <h3>{name}</h3>
        <p className="layer-maps-number mono">{number}</p>
        <p className="muted small">{words}</p>
      </div>
      {cellsOf(before, t('full.maps.before'))}
      {cellsOf(after, t('full.maps.after'))}
      {cellsOf(
        third.kind === 'difference' ? third.map : after,
        t(`full.maps.${third.kind}`),
        <Lit isLit={inField} {...{ width, height }} fill={third.kind === 'changed'} />,
      )}
    </section>
  );
}

/** What the columns are, once above all layers. */
export function LayerMapsHead({ number, third }: { readonly number: string; readonly third: string }) {
  const { t } = useTranslation('kinds');
  return (
    <div className="layer-maps layer-maps-head muted small" aria-hidden="true">
      <span>{number}</span>
      <span>{t('full.maps.before')}</span>
      <span>{t('full.maps.after')}</span>
      <span>{third}</span>
    </div>
  );
}
