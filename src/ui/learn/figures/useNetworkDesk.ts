/** The network of a figure, running as long as the figure is shown. */
import { useEffect, useState } from 'react';
import { startNetworkDesk } from '../../../live/network/networkDesk.ts';
import { createNetworkContext } from '../../network/network.tsx';
import { useSession } from '../../session.tsx';
import { preferences } from '../../shell/preferences.ts';

/** Null before the first effect. */
export function useNetworkDesk(): ReturnType<typeof createNetworkContext> | null {
  const session = useSession();
  const [network, setNetwork] = useState<ReturnType<typeof createNetworkContext> | null>(null);
  useEffect(() => {
    const desk = startNetworkDesk(session, Number(preferences.getState().mapLimit) * 2 ** 20);
    setNetwork(createNetworkContext(desk));
    return () => desk.dispose();
  }, [session]);
  return network;
}
