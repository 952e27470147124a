/** Where the present state of a figure opens in the page itself. */
import { useEffect, useState } from 'react';
import { useSession } from '../session.tsx';

/** The link follows the state at this distance, milliseconds: a slider that is dragged makes none. */
const settledAfter = 300;

export function useWholeLink(): string {
  const session = useSession();
  const [href, setHref] = useState(() => `./${window.location.hash}`);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isGone = false;
    const unsubscribe = session.workspace.subscribe(() => {
      clearTimeout(timer);
      timer = setTimeout(async () => {
        const link = await session.share();
        // A state that no link can hold keeps the link of the one before.
        if (!isGone && link.kind === 'link') setHref(link.url);
      }, settledAfter);
    });
    return () => {
      isGone = true;
      clearTimeout(timer);
      unsubscribe();
    };
  }, [session]);
  return href;
}
