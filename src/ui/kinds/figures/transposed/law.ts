/** What is true of a layer's overlap, as one sentence. */
import { useTranslation } from 'react-i18next';
import type { ConvTranspose2d } from '../../../../operators/convTranspose2d/attributes.ts';
import { hasEvenOverlap, interiorOverlaps } from '../../../../operators/convTranspose2d/overlapMap.ts';
import { pairText } from './transposedUnit.ts';

type Law = 'even' | 'evenDilated' | 'uneven' | 'unevenDilated';

/** Which sentence: dilation is named where it is not 1 or where it alone makes the overlap uneven. */
export function lawOf(conv: ConvTranspose2d): Law {
  const { kernelSize, stride, dilation } = conv;
  const divides = kernelSize.every((kernel, i) => kernel % stride[i]! === 0);
  if (hasEvenOverlap(conv)) return dilation.every((d) => d === 1) ? 'even' : 'evenDilated';
  return divides ? 'unevenDilated' : 'uneven';
}

export function useLaw(conv: ConvTranspose2d): string {
  const { t } = useTranslation('kinds');
  const counts = interiorOverlaps(conv);
  const law = t(`transposed.overlap.${lawOf(conv)}`, {
    counts: counts.join(', '),
    stride: pairText(conv.stride),
    kernel: pairText(conv.kernelSize),
    dilation: pairText(conv.dilation),
  });
  return counts[0] === 0 ? `${law} ${t('transposed.overlap.zero')}` : law;
}
