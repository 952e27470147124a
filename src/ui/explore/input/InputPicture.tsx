/** The photo itself, with what stands on it: its size, the camera's state, and the painting layer while something is painted. */
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Skeleton } from '../../components/Skeleton.tsx';
import { useResults, useSession } from '../../session.tsx';
import { PhotoView } from '../photo/PhotoView.tsx';
import './input.css';
import { usePaintMode } from './paintMode.ts';
import { usePainting } from './usePainting.ts';

const PaintLayer = lazy(async () => ({ default: (await import('./PaintLayer.tsx')).PaintLayer }));

export function InputPicture() {
  const { t } = useTranslation();
  const hasPicture = useResults((state) => state.picture !== null);
  const isPainting = usePaintMode((state) => state.isOn);
  const painting = usePainting();
  if (!hasPicture) return <Skeleton className="input-waiting" label={t('input.loading')} />;
  return (
    <PhotoView onPaint={isPainting ? painting.onPaint : undefined}>
      <LiveBadge />
      {isPainting && (
        <Suspense>
          <PaintLayer painting={painting} />
        </Suspense>
      )}
    </PhotoView>
  );
}

function LiveBadge() {
  const { t } = useTranslation();
  const { status, source } = useStore(useSession().camera);
  if (status === 'off') return null;
  return (
    <span className="live-badge" data-status={status} role="status">
      {source === 'video' && status === 'live' ? t('input.videoPlaying') : t(`input.live.${status}`)}
    </span>
  );
}
