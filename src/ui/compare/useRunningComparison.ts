/** A comparison that lives as long as the component that shows it. */
import { useEffect, useState } from 'react';
import { startCompareDesk } from '../../live/compare/compareDesk.ts';
import { useSession } from '../session.tsx';
import { type Comparison, createLooking, createUnit } from './comparison.tsx';

/** Null before the first effect. */
export function useRunningComparison(): Comparison | null {
  const session = useSession();
  const [comparison, setComparison] = useState<Comparison | null>(null);
  useEffect(() => {
    const desk = startCompareDesk(session);
    const { unit, stop } = createUnit(session.workspace);
    setComparison({ desk, unit, looking: createLooking() });
    return () => {
      stop();
      desk.dispose();
    };
  }, [session]);
  return comparison;
}
