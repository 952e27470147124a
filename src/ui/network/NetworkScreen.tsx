/** Network: a whole stack of layers on the photo, what its units see, and what that costs. */
import { useTranslation } from 'react-i18next';
import { ContextPanel } from './context/ContextPanel.tsx';
import { DiagramPanel } from './diagram/DiagramPanel.tsx';
import { NetworkExports } from './export/NetworkExports.tsx';
import { NetworkHead } from './head/NetworkHead.tsx';
import { LayerTable } from './layers/LayerTable.tsx';
import { LayerMaps } from './maps/LayerMaps.tsx';
import './network.css';
import { NetworkProvider } from './network.tsx';
import { PriceSection } from './price/PriceSection.tsx';
import { useRunningNetwork } from './useRunningNetwork.ts';

export default function NetworkScreen() {
  const { t } = useTranslation('network');
  const network = useRunningNetwork();
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
