/** Which outputs notice that a patch of the photo is gone: those whose field meets it; of a fully connected layer all. */
import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Field } from '../../../../graph/field/receptiveField.ts';
import { changedOutputs, erased } from '../../../../graph/shift/locality.ts';
import { fieldsMeeting, mapOf } from '../../../../graph/shift/threeLayers.ts';
import type { HostTensor } from '../../../../operators/operator.ts';
import { NumberField } from '../../../components/NumberField.tsx';
import { usePalette } from '../../../theme/usePalette.ts';
import { greyPicture } from './colours.ts';
import { DragPad, type Place } from './DragPad.tsx';
import { Foot } from './Foot.tsx';
import { LayerMaps, LayerMapsHead } from './LayerMaps.tsx';
import { longestSide, type PartProps, useSetup } from './useSetup.ts';

/** Near the corner, far from most outputs. */
const home: Place = { y: 2, x: 2 };

export function ErasedTab(props: PartProps) {
  const { t } = useTranslation('kinds');
  const palette = usePalette();
  const setup = useSetup(props, longestSide.maps);
  const { photo, layers } = setup;
  const [, , height, width] = photo.shape;

  const size = Math.max(1, Math.round(Math.min(height, width) / 6));
  const within = ({ y, x }: Place): Place => ({
    y: Math.min(height - size, Math.max(0, y)),
    x: Math.min(width - size, Math.max(0, x)),
  });
  const [wanted, setWanted] = useState<Place>(home);
  const patch = within(wanted);
  const move = (place: Place) => setWanted(within(place));
  const { y, x } = useDeferredValue(patch);

  const seen = useMemo(() => {
    const box = boxAt(patch.y, patch.x, size);
    return greyPicture(erased(photo, box, blank(photo, box)).values, width, height, palette);
  }, [photo, patch.y, patch.x, size, width, height, palette]);
  const before = useMemo(() => layers.map((layer) => mapOf(layer, photo)), [layers, photo]);
  const compared = useMemo(() => {
    const box = boxAt(y, x, size);
    const without = erased(photo, box, blank(photo, box));
    return layers.map((layer, i) => {
      const after = mapOf(layer, without);
      const { pixels } = changedOutputs(before[i]!, after);
      const number = pixels.reduce((sum, each) => sum + each, 0);
      return { layer, before: before[i]!, after, pixels, number, met: fieldsMeeting(layer, box) };
    });
  }, [layers, photo, before, y, x, size]);
  return (
    <>
      <div className="pad-and-maps">
        <div className="pad-side">
          <DragPad
            rgba={seen}
            {...{ width, height }}
            label={t('full.erased.pad', { size, y: patch.y, x: patch.x })}
            value={patch}
            grip={{ y: Math.floor(size / 2), x: Math.floor(size / 2) }}
            home={home}
            onChange={move}
          >
            <rect className="patch-edge" x={patch.x} y={patch.y} width={size} height={size} />
          </DragPad>
          <div className="pad-fields">
            <span className="pad-field">
              <span aria-hidden="true">y</span>
              <NumberField
                name={t('full.erased.y')}
                {...{ min: 0, max: height - size, value: patch.y }}
                onChange={(row) => move({ ...patch, y: row })}
              />
            </span>
            <span className="pad-field">
              <span aria-hidden="true">x</span>
              <NumberField
                name={t('full.erased.x')}
                {...{ min: 0, max: width - size, value: patch.x }}
                onChange={(column) => move({ ...patch, x: column })}
              />
            </span>
          </div>
        </div>
        <div className="maps-side">
          <LayerMapsHead number={t('full.erased.all')} third={t('full.maps.changed')} />
          {compared.map(({ layer, number, met, pixels, ...maps }) => (
            <LayerMaps
              key={layer.kind}
              {...{ layer, ...maps }}
              third={{ kind: 'changed', pixels }}
              number={t('full.erased.changed', { number, of: pixels.length })}
              words={t('full.erased.fields', { number: met })}
            />
          ))}
          <p className="sr-only" role="status">
            {compared
              .map(({ layer, number, pixels }) => {
                const said = t('full.erased.changed', { number, of: pixels.length });
                return `${t(`full.layers.${layer.kind}`)}: ${said}`;
              })
              .join(', ')}
          </p>
        </div>
      </div>
      <Foot setup={setup} />
    </>
  );
}

function boxAt(y: number, x: number, size: number): Field {
  return { h: { lo: y, hi: y + size - 1 }, w: { lo: x, hi: x + size - 1 } };
}

/** Black or white, whichever is farther from what stood there: a black patch made black would be noticed by nobody. */
function blank({ shape, values }: HostTensor, { h, w }: Field): 0 | 1 {
  let [sum, count] = [0, 0];
  for (let y = h.lo; y <= h.hi; y++)
    for (let x = w.lo; x <= w.hi; x++) {
      sum += values[y * shape[3] + x] ?? 0;
      count++;
    }
  return sum > count / 2 ? 0 : 1;
}
