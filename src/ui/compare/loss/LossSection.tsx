/** "What is lost", which loads its code, its words and its layer only when it comes into view: fits take seconds of a core. */
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { loadWords } from '../../../i18n/index.ts';
import { useComparison } from '../comparison.tsx';

const LossPanel = lazy(async () => {
  const [panel] = await Promise.all([import('./LossPanel.tsx'), loadWords('loss')]);
  return panel;
});

/** How long it must have been in view, in milliseconds: what stands above it is still growing when the screen opens. */
const settled = 400;

export function LossSection() {
  const place = useRef<HTMLDivElement>(null);
  const [isWanted, setWanted] = useState(false);
  // Nothing above has its height before the columns are there.
  const isReady = useComparison((state) => state.columns.length > 0);
  useEffect(() => {
    const element = place.current;
    if (isWanted || !isReady || !element) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const observer = new IntersectionObserver((entries) => {
      clearTimeout(timer);
      if (entries.at(-1)?.isIntersecting) timer = setTimeout(() => setWanted(true), settled);
    });
    observer.observe(element);
    return () => {
      clearTimeout(timer);
      observer.disconnect();
    };
  }, [isWanted, isReady]);
  return (
    <div ref={place} className="compare-lower">
      <Suspense>{isWanted && <LossPanel />}</Suspense>
    </div>
  );
}
