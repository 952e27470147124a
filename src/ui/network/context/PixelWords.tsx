/** Whose pixels fields are counted in, where the network reads the photo at another size: Network counts those of its picture, Explore the photo's. */
import { useTranslation } from 'react-i18next';
import type { NetworkPlan } from '../../../live/network/networkPlan.ts';

export function PixelWords({ plan, of }: { readonly plan: NetworkPlan; readonly of: 'picture' | 'photo' }) {
  const { t } = useTranslation('network');
  const { picture, sides } = plan;
  if (picture.height === sides[0] && picture.width === sides[1]) return null;
  return (
    <p className="muted small">
      {t(`context.pixelsOf.${of}`, {
        picture: `${picture.height} × ${picture.width}`,
        photo: sides.join(' × '),
      })}
    </p>
  );
}
