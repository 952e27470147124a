/** The photo with its padding, the receptive field of the unit in focus, and the outputs' view of a hovered pixel. */
import { type CSSProperties, type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useResults, useSession, useWorkspace } from '../../session.tsx';
import { usePalette } from '../../theme/usePalette.ts';
import { useElementSize } from '../canvas/useElementSize.ts';
import { useMedia } from '../canvas/useMedia.ts';
import { PhotoDescription } from './PhotoDescription.tsx';
import { attachPainting, attachPhotoGestures, type Stroke } from './photoGestures.ts';
import { createPhotoPainter } from './photoPainter.ts';
import { usePhotoKeys } from './usePhotoKeys.ts';
import './photo.css';

export interface PhotoViewProps {
  /** Takes strokes in picture pixels while something is painted; pointing at units and zooming by drag rest meanwhile. */
  readonly onPaint?: ((stroke: Stroke) => void) | undefined;
  /** Show the field enlarged; by default on touch screens. */
  readonly loupe?: boolean;
  /** Stands above the photo: badges, hints. */
  readonly children?: ReactNode;
}

/** Where a finger covers what it points at. */
const touch = '(pointer: coarse), (max-width: 640px)';

export function PhotoView({ onPaint, loupe, children }: PhotoViewProps) {
  const { t } = useTranslation();
  const session = useSession();
  const palette = usePalette();
  const isTouch = useMedia(touch);
  const picture = useResults((state) => state.picture);
  const isZoomed = useWorkspace((state) => state.workspace.view.zoom.scale > 1);
  const root = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);
  const loupeRoot = useRef<HTMLDivElement>(null);
  const loupeCanvas = useRef<HTMLCanvasElement>(null);
  const loupeSize = useRef<HTMLElement>(null);
  const loupeScale = useRef<HTMLSpanElement>(null);
  const painter = useRef<ReturnType<typeof createPhotoPainter> | null>(null);
  const size = useElementSize(root);
  const onKeyDown = usePhotoKeys();
  const isPainting = onPaint !== undefined;
  const hasLoupe = (loupe ?? isTouch) && !isPainting;

  useEffect(() => {
    if (!canvas.current || !overlay.current) return;
    const created = createPhotoPainter(session, canvas.current, overlay.current);
    painter.current = created;
    return () => {
      painter.current = null;
      created.dispose();
    };
  }, [session]);

  useEffect(() => {
    const [holder, enlarged, fieldSize, scale] = [
      loupeRoot.current,
      loupeCanvas.current,
      loupeSize.current,
      loupeScale.current,
    ];
    const elements = holder && enlarged && fieldSize && scale;
    if (!size) return;
    painter.current?.setStage({
      size,
      palette,
      showsUnits: !isPainting,
      loupe: elements && hasLoupe ? { root: holder, canvas: enlarged, size: fieldSize, magnification: scale } : null,
    });
  }, [size, palette, isPainting, hasLoupe]);

  const strokes = useRef(onPaint);
  useEffect(() => {
    strokes.current = onPaint;
  });
  useEffect(() => {
    const element = overlay.current;
    if (!element) return;
    if (!isPainting) return attachPhotoGestures(session, element);
    return attachPainting(session, element, (stroke) => strokes.current?.(stroke));
  }, [session, isPainting]);

  const aspect = picture ? picture.width / picture.height : 1.5;
  const label = picture
    ? t('maps.photo.canvas', { width: picture.width, height: picture.height })
    : t('maps.photo.waiting');
  const className = `photo-view${isPainting ? ' painting' : ''}${isZoomed ? ' zoomed' : ''}`;
  return (
    <div
      ref={root}
      className={className}
      style={{ '--aspect': aspect } as CSSProperties}
      role="application"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the photo is operated by keys
      tabIndex={0}
      aria-label={t('maps.photo.region')}
      onKeyDown={onKeyDown}
    >
      <canvas ref={canvas} className="photo-canvas" role="img" aria-label={label} />
      <canvas ref={overlay} className="photo-overlay" />
      {!picture && <p className="photo-waiting muted">{t('maps.photo.waiting')}</p>}
      {hasLoupe && (
        <div ref={loupeRoot} className="loupe" hidden>
          <canvas ref={loupeCanvas} role="img" aria-label={t('maps.photo.loupe')} />
          <p>
            {t('maps.photo.fieldName')} <b ref={loupeSize} className="mono" />
            <span ref={loupeScale} className="mono muted" />
          </p>
        </div>
      )}
      {children}
      <PhotoDescription />
    </div>
  );
}
