/** Whose field is as large as this object: what was found for the box that a person has drawn. */
import { useTranslation } from 'react-i18next';
import type { Covering, NotCovered } from '../../../../graph/field/coveringUnit.ts';
import type { Field } from '../../../../graph/field/receptiveField.ts';
import { sizeOf } from '../../../../math/intervals.ts';

export interface Found {
  readonly box: Field;
  readonly result: Covering | NotCovered;
}

export function FindLayer({ found }: { readonly found: Found | null }) {
  const { t } = useTranslation('network');
  return (
    <p className="context-found" role="status">
      {found ? sentence() : t('context.draw')}
    </p>
  );

  function sentence(): string {
    const { box, result } = found!;
    const drawn = { height: sizeOf(box.h), width: sizeOf(box.w) };
    switch (result.kind) {
      case 'covered': {
        const field = `${sizeOf(result.hull.h)} × ${sizeOf(result.hull.w)}`;
        return t('context.covered', { ...drawn, layer: result.id, row: result.unit.y, column: result.unit.x, field });
      }
      case 'too-large':
        return result.largest
          ? t('context.tooLarge', { ...drawn, layer: result.largest.id, field: result.largest.size.join(' × ') })
          : t('context.noLayer');
      case 'no-unit-there':
        return t('context.noUnitThere', drawn);
      case 'outside-picture':
        return t('context.outsidePicture');
      default:
        return result satisfies never;
    }
  }
}
