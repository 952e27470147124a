/** A layer on the photo: its controls, its maps, and below them the arithmetic of one unit or the price. */

import { useTranslation } from 'react-i18next';
import { Below, Cost, LayerOrKind, useLitTerm } from '../../explore/ExploreScreen.tsx';
import { InputPicture } from '../../explore/input/InputPicture.tsx';
import { MapsPanel } from '../../explore/maps/MapsPanel.tsx';
import { useStale } from '../../explore/useStale.ts';
import { useResults } from '../../session.tsx';
import './exploreFigure.css';

interface ExploreFigureProps {
  readonly below: 'arithmetic' | 'price';
}

function ExploreFigure({ below }: ExploreFigureProps) {
  const { t } = useTranslation('learn');
  const hasPicture = useResults((state) => state.picture !== null);
  return (
    <div className="figure-explore" data-lit={useLitTerm()} data-stale={useStale()}>
      <section className="panel figure-photo" aria-label={t('photo')}>
        <InputPicture />
      </section>
      <section className="panel figure-layer" aria-label={t('layer')}>
        {hasPicture && <LayerOrKind />}
      </section>
      <div className="figure-maps" id="maps" tabIndex={-1}>
        <MapsPanel />
      </div>
      {below === 'arithmetic' ? <Below /> : <Cost />}
    </div>
  );
}

export const ArithmeticFigure = () => <ExploreFigure below="arithmetic" />;
export const PriceFigure = () => <ExploreFigure below="price" />;
