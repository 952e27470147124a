/** The desk of a network, running as long as the component that shows it, within the limit of maps that a person has set. */
import { useEffect, useState } from 'react';
import { startNetworkDesk } from '../../live/network/networkDesk.ts';
import { useSession } from '../session.tsx';
import { preferences } from '../shell/preferences.ts';
import { mapLimitBytes } from './mapLimit.ts';
import { createNetworkContext } from './network.tsx';

/** Null before the first effect. */
export function useRunningNetwork(): ReturnType<typeof createNetworkContext> | null {
  const session = useSession();
  const [network, setNetwork] = useState<ReturnType<typeof createNetworkContext> | null>(null);
  useEffect(() => {
    const desk = startNetworkDesk(session, mapLimitBytes());
    setNetwork(createNetworkContext(desk));
    const stop = preferences.subscribe(() => desk.setLimit(mapLimitBytes()));
    return () => {
      stop();
      desk.dispose();
    };
  }, [session]);
  return network;
}
