/** The whole strip, small, with a window over the part in sight: dragged, or moved by keys as any scrollbar. */
import { type KeyboardEvent, memo, type PointerEvent, type RefObject, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Strip, StripItem } from '../../../views/network/strip/strip.ts';
import type { ElementSize } from '../../explore/canvas/useElementSize.ts';

interface MinimapProps {
  readonly strip: Strip;
  readonly chosen: StripItem | null;
  readonly viewport: ElementSize;
  readonly scroller: RefObject<HTMLElement | null>;
  readonly controls: string;
}

const height = 30;
/** One press of an arrow key, in pixels of the strip. */
const arrowStep = 120;

export function Minimap({ strip, chosen, viewport, scroller, controls }: MinimapProps) {
  const { t } = useTranslation('network');
  const bar = useRef<HTMLDivElement>(null);
  const frame = useRef<HTMLSpanElement>(null);
  const room = viewport.width;
  const scale = room / strip.width;
  const most = Math.max(1, strip.width - room);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const follow = () => {
      if (frame.current) frame.current.style.left = `${element.scrollLeft * scale}px`;
      bar.current?.setAttribute('aria-valuenow', String(Math.round((100 * element.scrollLeft) / most)));
    };
    follow();
    element.addEventListener('scroll', follow, { passive: true });
    return () => element.removeEventListener('scroll', follow);
  }, [scroller, scale, most]);
  const scrollTo = (left: number) => scroller.current?.scrollTo({ left, behavior: 'instant' });
  const centreOn = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    scrollTo((event.clientX - box.left) / scale - room / 2);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const now = scroller.current?.scrollLeft ?? 0;
    const to = { ArrowLeft: now - arrowStep, ArrowRight: now + arrowStep, PageUp: now - room, PageDown: now + room };
    const ends = { Home: 0, End: most };
    const target = { ...to, ...ends }[event.key];
    if (target === undefined) return;
    event.preventDefault();
    scrollTo(target);
  };
  return (
    <div
      ref={bar}
      className="strip-minimap"
      role="scrollbar"
      aria-label={t('diagram.minimap')}
      aria-orientation="horizontal"
      aria-controls={controls}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={0}
      tabIndex={0}
      style={{ height }}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        centreOn(event);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) centreOn(event);
      }}
    >
      <Overview strip={strip} scaleX={scale} chosen={chosen} />
      <span ref={frame} className="strip-window" style={{ width: Math.min(room, room * scale) }} />
    </div>
  );
}

interface OverviewProps {
  readonly strip: Strip;
  readonly scaleX: number;
  readonly chosen: StripItem | null;
}

const Overview = memo(function Overview({ strip, scaleX, chosen }: OverviewProps) {
  const scaleY = height / strip.height;
  const boxOf = (rect: { x: number; y: number; width: number; height: number }) => {
    const [width, tall] = [Math.max(1, rect.width * scaleX), Math.max(2, rect.height * scaleY)];
    return `M${rect.x * scaleX} ${rect.y * scaleY}h${width}v${tall}h${-width}z`;
  };
  const pathOf = (part: 'map' | 'sign') => strip.items.map((item) => (item[part] ? boxOf(item[part]) : '')).join('');
  return (
    <svg aria-hidden="true" width="100%" height={height}>
      <path className="overview-maps" d={pathOf('map')} />
      <path className="overview-signs" d={pathOf('sign')} />
      {chosen && <path className="overview-chosen" d={boxOf(chosen.map ?? chosen.area)} />}
    </svg>
  );
});
