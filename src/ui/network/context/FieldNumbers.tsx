/** The field of the shown unit in numbers: how large, where on the photo, how much of it lies beyond it or is stepped over. */
import { useTranslation } from 'react-i18next';
import { exactCount, percent } from '../../../math/format.ts';
import type { Interval } from '../../../math/intervals.ts';
import { sizeOf } from '../../../math/intervals.ts';
import { PixelWords } from './PixelWords.tsx';
import type { Seen } from './useSeen.ts';

export function FieldNumbers({ seen: { photo, field, plan } }: { readonly seen: Seen }) {
  const { t } = useTranslation('network');
  if (!photo) return <p className="muted">{t('context.readsNothing')}</p>;
  const { hull, box, pixels, unread } = photo;
  const isInside = sizeOf(box.h) > 0 && sizeOf(box.w) > 0;
  const sides = (['top', 'bottom', 'left', 'right'] as const)
    .filter((side) => photo.outside[side] > 0)
    .map((side) => t(`context.sides.${side}`, { count: photo.outside[side] }))
    .join(', ');
  return (
    <>
      {field.wholeImage.length > 0 && <WholeImage layers={field.wholeImage} />}
      <dl className="context-numbers">
        <div>
          <dt>{isInside ? t('context.where', { rows: span(box.h), columns: span(box.w) }) : t('context.inPadding')}</dt>
          <dd className="mono context-size" title={t('context.sizeHint')}>
            {sizeOf(hull.h)} × {sizeOf(hull.w)} px
          </dd>
        </div>
        <div>
          <dt>
            {unread > 0
              ? t('context.unread', { pixels: exactCount(unread), share: percent(unread / (unread + pixels)) })
              : t('context.allRead')}
          </dt>
          <dd className="mono" title={t('context.readHint')}>
            {exactCount(pixels)} px
          </dd>
        </div>
        <div>
          <dt>{sides || t('context.noneOutside')}</dt>
          <dd className="mono" title={t('context.outsideHint')}>
            {percent(photo.shareOutside)}
          </dd>
        </div>
      </dl>
      <PixelWords plan={plan} of="picture" />
    </>
  );
}

/** At most so many layers are named; the others are counted. */
const named = 2;

function WholeImage({ layers }: { readonly layers: readonly string[] }) {
  const { t } = useTranslation('network');
  const names = layers.slice(0, named).join(', ');
  return (
    <p className="context-whole">
      <strong>{t('context.whole')}</strong>{' '}
      {layers.length > named
        ? t('context.wholeByMore', { layers: names, count: layers.length - named })
        : t('context.wholeBy', { layers: names })}
    </p>
  );
}

const span = ({ lo, hi }: Interval) => (lo === hi ? String(lo) : `${lo}–${hi}`);
