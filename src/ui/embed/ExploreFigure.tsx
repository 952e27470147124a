/** A layer as a figure: the photo, its maps, and the layer's controls in a fold. */
import { useTranslation } from 'react-i18next';
import { LayerOrKind } from '../explore/ExploreScreen.tsx';
import { InputPicture } from '../explore/input/InputPicture.tsx';
import { MapsPanel } from '../explore/maps/MapsPanel.tsx';
import { useStale } from '../explore/useStale.ts';
import { useResults } from '../session.tsx';

export function ExploreFigure() {
  const { t } = useTranslation('embed');
  const hasPicture = useResults((state) => state.picture !== null);
  return (
    <div className="embed-explore" data-stale={useStale()}>
      <section className="panel embed-photo" aria-label={t('photo')}>
        <InputPicture />
      </section>
      <div className="embed-maps">
        <MapsPanel />
      </div>
      <details className="panel embed-layer">
        <summary>{t('layer')}</summary>
        {hasPicture && <LayerOrKind />}
      </details>
    </div>
  );
}
