/** What stands in Explore's places while it looks at a layer of the network: loaded, with its words, when that begins. */
import { KindDot } from '../kinds/dot/KindDot.tsx';
import '../kinds/kinds.css';
import { CostOfLayer } from './CostOfLayer.tsx';
import { InputMaps } from './InputMaps.tsx';
import { LayerSource } from './LayerSource.tsx';
import { NetworkLayerCard, NetworkLayerControls } from './NetworkLayerCard.tsx';
import './networkLayer.css';

export { CostOfLayer, LayerSource, NetworkLayerCard, NetworkLayerControls };

/** Under photo, layer and maps: what the layer reads, and the arithmetic of the pinned unit. */
export function LayerBelow() {
  return (
    <div className="kind-below">
      <InputMaps />
      <KindDot />
    </div>
  );
}
