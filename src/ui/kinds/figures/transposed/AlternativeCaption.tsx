/** What a network for the same map costs, and how far its map is from the layer's. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type AlternativeName, priceOf } from '../../../../graph/transposed/oneChannel.ts';
import { byteCount, exactCount, measured, siCount } from '../../../../math/format.ts';
import type { ConvTranspose2d } from '../../../../operators/convTranspose2d/attributes.ts';
import type { Pair } from '../../../../operators/operator.ts';
import type { AlternativeResult } from './transposedMaps.ts';
import { pairInCode } from './transposedUnit.ts';

interface AlternativeCaptionProps {
  readonly name: AlternativeName | 'layer';
  readonly conv: ConvTranspose2d;
  /** Height and width of what the layer reads. */
  readonly size: Pair;
  /** Null of the layer itself, and before anything has been computed. */
  readonly result: AlternativeResult | null;
}

export function AlternativeCaption({ name, conv, size: [height, width], result }: AlternativeCaptionProps) {
  const { t } = useTranslation('kinds');
  const price = useMemo(() => priceOf(name, conv, [height, width]), [name, conv, height, width]);
  return (
    <figcaption>
      <b>{t(`transposed.others.${name}`)}</b>
      {price && (
        <span className="price">
          <span title={t('transposed.others.parametersHint', { value: exactCount(price.parameters) })}>
            {siCount(price.parameters)}
          </span>
          {' · '}
          <span title={t('transposed.others.macsHint', { value: exactCount(price.macs) })}>{siCount(price.macs)}</span>
        </span>
      )}
      {name !== 'layer' && <Verdict result={result} conv={conv} />}
    </figcaption>
  );
}

function Verdict({ result, conv }: { readonly result: AlternativeResult | null; readonly conv: ConvTranspose2d }) {
  const { t } = useTranslation('kinds');
  switch (result?.status) {
    case undefined:
      return <span className="muted">{t('transposed.others.computing')}</span>;
    case 'ready':
      return result.largest === null ? (
        <span title={t('transposed.others.anotherHint')}>{t('transposed.others.another')}</span>
      ) : (
        <span title={t('transposed.others.differenceHint')}>
          {t('transposed.others.difference', {
            value: result.largest === 0 ? '= 0' : `≤ ${measured(result.largest)}`,
          })}
        </span>
      );
    case 'impossible':
      return <span className="muted">{t('transposed.others.impossible', { stride: pairInCode(conv.stride) })}</span>;
    case 'too-large':
      return <span className="muted">{t('transposed.others.tooLarge', { bytes: byteCount(result.bytes) })}</span>;
    case 'failed':
      return <span role="alert">{t('transposed.others.failed', { message: result.message })}</span>;
    default:
      result satisfies never;
      return null;
  }
}
