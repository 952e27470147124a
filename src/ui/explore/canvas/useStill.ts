/** A text once it has stood still for a moment: what a live region may speak while numbers run. */
import { useEffect, useState } from 'react';

/** Milliseconds. */
const moment = 600;

export function useStill(text: string): string {
  const [still, setStill] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setStill(text), moment);
    return () => clearTimeout(timer);
  }, [text]);
  return still;
}
