/** Network: a whole stack of layers on the photo, what its units see, and what that costs. */
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { startNetworkDesk } from '../../live/network/networkDesk.ts';
import { useSession } from '../session.tsx';
import { preferences } from '../shell/preferences.ts';
import { ContextPanel } from './context/ContextPanel.tsx';
import { DiagramPanel } from './diagram/DiagramPanel.tsx';
import { NetworkExports } from './export/NetworkExports.tsx';
import { NetworkHead } from './head/NetworkHead.tsx';
import { LayerTable } from './layers/LayerTable.tsx';
import { mapLimitBytes } from './mapLimit.ts';
import { LayerMaps } from './maps/LayerMaps.tsx';
import './network.css';
import { createNetworkContext, NetworkProvider } from './network.tsx';
import { PriceSection } from './price/PriceSection.tsx';

export default function NetworkScreen() {
  const { t } = useTranslation('network');
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
  if (!network) return null;
  return (
    <NetworkProvider value={network}>
      <div className="network">
        <h2 className="sr-only">{t('title')}</h2>
        <NetworkExports />
        <NetworkHead />
        <ContextPanel />
        <DiagramPanel />
        <LayerMaps />
        <LayerTable />
        <PriceSection />
      </div>
    </NetworkProvider>
  );
}
