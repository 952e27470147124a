/** On a phone: which of the maps is in the middle, "2 of 8". */
import { useTranslation } from 'react-i18next';
import { usePointer } from '../../session.tsx';

export function StripPosition({ count }: { readonly count: number }) {
  const { t } = useTranslation();
  const channel = usePointer((state) => state.pin?.channel ?? 0);
  return count > 0 ? t('maps.of', { number: Math.min(channel, count - 1) + 1, total: count }) : '';
}
