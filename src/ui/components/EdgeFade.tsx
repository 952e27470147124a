/**
 * Shades the edges of a scrolled area behind which there is more, as scrollbars that hide do not say it. Its child scrolls and holds
 * one element with all of its content.
 */
import { type ReactNode, useEffect, useRef, useState } from 'react';
import './edgeFade.css';

/** The sides where content lies out of sight: "bottom right". Fractions of a pixel are no content. */
function hiddenSides(area: Element): string {
  const { scrollLeft, scrollTop, scrollWidth, scrollHeight, clientWidth, clientHeight } = area;
  const sides = {
    top: scrollTop > 1,
    bottom: scrollTop + clientHeight < scrollHeight - 1,
    left: scrollLeft > 1,
    right: scrollLeft + clientWidth < scrollWidth - 1,
  };
  return Object.entries(sides)
    .flatMap(([side, isHidden]) => (isHidden ? [side] : []))
    .join(' ');
}

export function EdgeFade({ className = '', children }: { readonly className?: string; readonly children: ReactNode }) {
  const frame = useRef<HTMLDivElement>(null);
  const [more, setMore] = useState('');
  useEffect(() => {
    const area = frame.current?.firstElementChild;
    if (!area) return;
    const measure = () => setMore(hiddenSides(area));
    const observer = new ResizeObserver(measure);
    for (const element of [area, area.firstElementChild]) if (element) observer.observe(element);
    area.addEventListener('scroll', measure, { passive: true });
    return () => {
      observer.disconnect();
      area.removeEventListener('scroll', measure);
    };
  }, []);
  return (
    <div ref={frame} className={`edge-fade ${className}`} data-more={more}>
      {children}
    </div>
  );
}
