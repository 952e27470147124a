/** Does moving the photo move the maps? Exactly those of the convolution, for shifts by multiples of its stride. */
import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { comparisonOf, equivarianceError, shifted } from '../../../../graph/shift/equivariance.ts';
import { mapOf, smallInput } from '../../../../graph/shift/threeLayers.ts';
import { measured } from '../../../../math/format.ts';
import { Button } from '../../../components/Button.tsx';
import { NumberField } from '../../../components/NumberField.tsx';
import { usePalette } from '../../../theme/usePalette.ts';
import { greyPicture } from './colours.ts';
import { DragPad, type Place } from './DragPad.tsx';
import { Foot } from './Foot.tsx';
import { LayerMaps, LayerMapsHead } from './LayerMaps.tsx';
import { longestSide, type PartProps, useSetup } from './useSetup.ts';
import { useWords } from './useWords.ts';

const still: Place = { y: 0, x: 0 };

export function MovedTab(props: PartProps) {
  const { t } = useTranslation('kinds');
  const palette = usePalette();
  const words = useWords();
  const setup = useSetup(props, longestSide.maps);
  const { photo, layers, window } = setup;
  const [, , height, width] = photo.shape;

  const [wanted, setWanted] = useState<Place>(still);
  // Half of the photo stays in sight, so that there is something to compare.
  const [farY, farX] = [Math.floor(height / 2), Math.floor(width / 2)];
  const within = ({ y, x }: Place): Place => ({
    y: Math.min(farY, Math.max(-farY, y)) + 0,
    x: Math.min(farX, Math.max(-farX, x)) + 0,
  });
  const shift = within(wanted);
  const move = (place: Place) => setWanted(within(place));
  // The photo follows the pointer at once, the maps as soon as they can: only for the newest place.
  const { y: dy, x: dx } = useDeferredValue(shift);

  const seen = useMemo(
    () => greyPicture(shifted(photo, { dy: shift.y, dx: shift.x }).values, width, height, palette),
    [photo, shift.y, shift.x, width, height, palette],
  );
  const before = useMemo(() => layers.map((layer) => mapOf(layer, photo)), [layers, photo]);
  const compared = useMemo(() => {
    const moved = shifted(photo, { dy, dx });
    return layers.map((layer, i) => {
      const comparison = comparisonOf(layer.graph, layer.shapes, layer.shown, smallInput, { dy, dx });
      const after = mapOf(layer, moved);
      return { layer, before: before[i]!, after, error: equivarianceError(comparison, before[i]!, after) };
    });
  }, [layers, photo, before, dy, dx]);

  return (
    <>
      <div className="pad-and-maps">
        <div className="pad-side">
          <DragPad
            rgba={seen}
            {...{ width, height }}
            label={t('full.moved.pad', { dy: shift.y, dx: shift.x })}
            value={shift}
            home={still}
            onChange={move}
          >
            <rect className="moved-edge" x={shift.x} y={shift.y} {...{ width, height }} />
          </DragPad>
          <div className="pad-fields">
            <span className="pad-field">
              <span aria-hidden="true">dy</span>
              <NumberField
                name={t('full.moved.dy')}
                {...{ min: -farY, max: farY, value: shift.y }}
                onChange={(y) => move({ ...shift, y })}
              />
            </span>
            <span className="pad-field">
              <span aria-hidden="true">dx</span>
              <NumberField
                name={t('full.moved.dx')}
                {...{ min: -farX, max: farX, value: shift.x }}
                onChange={(x) => move({ ...shift, x })}
              />
            </span>
            <Button size="small" disabled={shift.y === 0 && shift.x === 0} onClick={() => move(still)}>
              {t('full.moved.back')}
            </Button>
          </div>
        </div>
        <div className="maps-side">
          <LayerMapsHead number={t('full.moved.error')} third={t('full.maps.difference')} />
          {compared.map(({ layer, error, ...maps }) => (
            <LayerMaps
              key={layer.kind}
              {...{ layer, ...maps }}
              third={{ kind: 'difference', map: error.difference, field: error.field }}
              number={measured(error.relative)}
              words={words.ofError(layer.kind, error, { dy, dx }, window.stride)}
              hint={words.formula(error, { dy, dx })}
            />
          ))}
          <p className="sr-only" role="status">
            {compared
              .map(({ layer, error }) => `${t(`full.layers.${layer.kind}`)}: ${measured(error.relative)}`)
              .join(', ')}
          </p>
        </div>
      </div>
      <Foot setup={setup} />
    </>
  );
}
