/**
 * What a wider view costs at one layer: each way to a wanted field as a curve over the field, the numbers at the chosen one, and the chosen
 * way as a part of the network.
 */
import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Graph, NodeId } from '../../../graph/graph.ts';
import type { SizedNetwork } from '../../../graph/growth/sizes.ts';
import { type ContextLayer, type ContextWay, contextCurves, usualFields } from '../../../graph/price/context.ts';
import type { Network } from '../../../graph/price/refit.ts';
import { contextLayerAt, type SplicePlace, spliced, splicePlaces } from '../../../graph/price/splice.ts';
import type { OperatorError } from '../../../operators/operator.ts';
import { Button } from '../../components/Button.tsx';
import { NumberSlider } from '../../components/NumberSlider.tsx';
import { Panel } from '../../components/Panel.tsx';
import { SegmentedControl } from '../../components/SegmentedControl.tsx';
import { useReason } from '../useReason.ts';
import { ContextCharts } from './ContextCharts.tsx';
import { ContextTable } from './ContextTable.tsx';
import { fieldOnPhoto } from './fieldOnPhoto.ts';
import './price.css';

export interface PriceOfContextProps {
  /** Valid, with one input; the rules of its operators and of pooling are loaded. */
  readonly network: Network;
  /** The layer in whose place, or behind which, the ways stand. */
  readonly layer: NodeId;
  /** The network with the chosen way in it, and the last of its new nodes. */
  readonly onReplace: (graph: Graph, last: NodeId) => void;
  /** Milliseconds that a network takes on this device; absent: times are not offered. */
  readonly measure?: (network: SizedNetwork) => Promise<number>;
}

const scales = ['linear', 'log'] as const;
const [least, most] = [usualFields[0]!, usualFields.at(-1)!];

export function PriceOfContext({ network, layer, onReplace, measure }: PriceOfContextProps) {
  const { t } = useTranslation('network');
  const reasonOf = useReason();
  const [wished, setPlace] = useState<SplicePlace>('instead');
  const [wanted, setWanted] = useState(7);
  const [way, setWay] = useState<ContextWay>('stack');
  const [scale, setScale] = useState<(typeof scales)[number]>('linear');
  const [refused, setRefused] = useState<OperatorError | null>(null);
  const place = contextLayerAt(network, layer, wished) ? wished : 'behind';
  const context = useContextLayer(network, layer, place);
  // A hundred small networks are priced: what is being edited goes first.
  const deferred = useDeferredValue(context);
  const curves = useMemo(() => (deferred ? contextCurves(deferred) : []), [deferred]);
  if (!context || curves.length === 0) return null;

  const replace = () => {
    const result = spliced(network, { at: layer, place, way, field: wanted });
    setRefused(result.ok ? null : result.error);
    if (result.ok) onReplace(result.value.network.graph, result.value.nodes.at(-1)!);
  };
  const [, channels, height, width] = context.input;
  const onPhoto = fieldOnPhoto(network, layer, place, wanted);
  return (
    <Panel
      token="field"
      title={t('price.title')}
      className="price-panel"
      end={
        <>
          <SegmentedControl
            label={t('price.place')}
            value={place}
            onChange={setPlace}
            options={splicePlaces.map((value) => ({
              value,
              label: t(`price.places.${value}`),
              disabled: !contextLayerAt(network, layer, value),
            }))}
          />
          <SegmentedControl
            label={t('price.scale')}
            value={scale}
            onChange={setScale}
            options={scales.map((value) => ({ value, label: t(`price.scales.${value}`) }))}
          />
        </>
      }
    >
      <div className="price-body">
        <div className="price-side">
          <p className="muted small">
            {t('price.onPhoto', { layer, channels, height, width, field: wanted, size: onPhoto ?? '–' })}
          </p>
          <NumberSlider
            name={t('price.field')}
            label={t('price.field')}
            hint={{ text: t('price.fieldHint') }}
            unit="px"
            value={wanted}
            min={least}
            max={most}
            allowed={usualFields}
            resetValue={7}
            onChange={setWanted}
          />
          <ContextTable
            curves={curves}
            layer={context}
            wanted={wanted}
            way={way}
            onWay={setWay}
            {...(measure ? { measure } : {})}
          />
          <p className="price-action">
            <Button variant="primary" size="small" onClick={replace}>
              {place === 'instead' ? t('price.replace', { layer }) : t('price.add', { layer })}
            </Button>
          </p>
          {refused !== null && (
            <p role="alert" className="price-refused small">
              {t('price.refused', { message: reasonOf(refused) })} <q lang="en">{refused.message}</q>
            </p>
          )}
        </div>
        <ContextCharts curves={curves} isLog={scale === 'log'} wanted={wanted} way={way} onWanted={setWanted} />
        <p className="price-notes muted small">
          {t('price.rule')} {t('price.conventions')}
        </p>
      </div>
    </Panel>
  );
}

function useContextLayer(network: Network, layer: NodeId, place: SplicePlace): ContextLayer | null {
  return useMemo(() => contextLayerAt(network, layer, place), [network, layer, place]);
}
