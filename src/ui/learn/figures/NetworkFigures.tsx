/** A stack of layers on the photo: what one unit of it sees; and what its levers do to its price. */
import { useMemo } from 'react';
import { fieldOnPicture } from '../../../graph/field/fieldOnPicture.ts';
import { totalsOf } from '../../../graph/price/levers.ts';
import { pictureNode } from '../../../live/network/nodes.ts';
import { ContextPanel } from '../../network/context/ContextPanel.tsx';
import { LayerTable } from '../../network/layers/LayerTable.tsx';
import { LayerMaps } from '../../network/maps/LayerMaps.tsx';
import '../../network/network.css';
import { NetworkProvider, useLookedLayer, usePlan } from '../../network/network.tsx';
import { LeversSection } from '../../network/price/PriceSection.tsx';
import { useRunningNetwork } from '../../network/useRunningNetwork.ts';
import { useTell } from '../telling.tsx';
import './networkFigures.css';

export function FieldFigure() {
  const network = useRunningNetwork();
  if (!network) return null;
  return (
    <NetworkProvider value={network}>
      <div className="network figure-network" id="maps" tabIndex={-1}>
        <ContextPanel />
        <LayerTable />
      </div>
      <FieldTold />
    </NetworkProvider>
  );
}

export function LeversFigure() {
  const network = useRunningNetwork();
  if (!network) return null;
  return (
    <NetworkProvider value={network}>
      <div className="network figure-levers">
        <LeversSection />
        <LayerMaps />
      </div>
      <LeversTold />
    </NetworkProvider>
  );
}

/** The layer that is looked at and how far it sees. */
function FieldTold() {
  const plan = usePlan();
  const layer = useLookedLayer();
  const told = useMemo(() => {
    if (!plan || layer === null || !plan.shapes[layer]) return null;
    const field = fieldOnPicture(plan.graph, plan.shapes, layer, pictureNode);
    return field && { layer, field: `${field.size[0]} × ${field.size[1]}` };
  }, [plan, layer]);
  useTell(told);
  return null;
}

/** The price with the levers, as a share of the price without. */
function LeversTold() {
  const plan = usePlan();
  const told = useMemo(() => {
    if (!plan) return null;
    const before = totalsOf(plan.base);
    return {
      parameters: plan.cost.total.parameters / before.parameters,
      macs: plan.cost.total.macs / before.macs,
      width: plan.levers.width,
    };
  }, [plan]);
  useTell(told);
  return null;
}
