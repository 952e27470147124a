/** All maps of the layer that is looked at, on one canvas that paints what the scroller shows: thousands of maps scroll at frame rate. */
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Engine, Tensor } from '../../../engine/engine.ts';
import type { NodeId } from '../../../graph/graph.ts';
import type { NetworkPlan } from '../../../live/network/networkPlan.ts';
import { pictureNode } from '../../../live/network/nodes.ts';
import { layoutAtlas, slotAt, tileRect } from '../../../views/atlas/layout.ts';
import { atlasScene } from '../../../views/atlas/scene.ts';
import { isDiverging, parseRgb, resolveColourMap } from '../../../views/colour/colourMaps.ts';
import { displayRange } from '../../../views/colour/range.ts';
import { isSignedAt } from '../../../views/network/signs.ts';
import { Panel } from '../../components/Panel.tsx';
import { engineKey } from '../../explore/canvas/engineKey.ts';
import { useElementSize } from '../../explore/canvas/useElementSize.ts';
import { useSurface } from '../../explore/canvas/useSurface.ts';
import { coloursFor } from '../../explore/maps/mapsView.ts';
import { useWorkspace } from '../../session.tsx';
import { usePalette } from '../../theme/usePalette.ts';
import { ExploreButton } from '../explore/ExploreButton.tsx';
import { useLookedLayer, useNetwork, useNetworkContext, usePin, usePlan, useShownUnit } from '../network.tsx';
import { tileWidthFor } from './tileWidth.ts';
import { UnitValue } from './UnitValue.tsx';
import { useUnitKeys } from './useUnitKeys.ts';

interface MapsEndProps {
  readonly plan: NetworkPlan;
  readonly layer: NodeId;
  readonly engine: Engine | null;
  readonly maps: Tensor | undefined;
}

function MapsEnd({ plan, layer, engine, maps }: MapsEndProps) {
  const unit = useShownUnit();
  const isShown = engine && maps && !maps.isFreed && unit?.layer === layer;
  return (
    <>
      {isShown && <UnitValue engine={engine} maps={maps} unit={unit} />}
      <ExploreButton plan={plan} layer={layer} />
    </>
  );
}

export function LayerMaps() {
  const { t } = useTranslation('network');
  const plan = usePlan();
  const layer = useLookedLayer();
  const engine = useNetwork((state) => state.engine);
  const maps = useNetwork((state) => (layer === null ? undefined : state.maps[layer]));
  const isStopped = useNetwork((state) => state.isStopped);
  const missing = layer === pictureNode ? 'maps.none' : isStopped ? 'maps.stopped' : 'maps.waiting';
  const shape = layer === null ? null : plan?.shapes[layer];
  return (
    <Panel
      id="maps"
      token="maps"
      title={t('maps.title')}
      meta={layer !== null && shape ? `${layer} · ${shape.slice(1).join(' × ')}` : ''}
      {...(plan && layer !== null && { end: <MapsEnd {...{ plan, layer, engine, maps }} /> })}
      className="network-maps"
    >
      {engine && layer !== null && maps && !maps.isFreed ? (
        <MapsCanvas key={engineKey(engine)} engine={engine} layer={layer} maps={maps} />
      ) : (
        <p className="muted">{t(missing)}</p>
      )}
    </Panel>
  );
}

interface MapsCanvasProps {
  readonly engine: Engine;
  readonly layer: string;
  readonly maps: Tensor;
}

function MapsCanvas({ engine, layer, maps }: MapsCanvasProps) {
  const { t } = useTranslation('network');
  const scroller = useRef<HTMLDivElement>(null);
  const { canvas, surface } = useSurface(engine);
  const viewport = useElementSize(scroller);
  const palette = usePalette();
  const plan = usePlan();
  const shown = useShownUnit();
  const pin = usePin();
  const { looking } = useNetworkContext();
  const colourMap = useWorkspace((state) => state.workspace.view.colourMap);
  const range = useWorkspace((state) => state.workspace.view.range);
  const percentiles = useWorkspace((state) => state.workspace.view.percentiles);
  const fixed = useWorkspace((state) => state.workspace.view.fixed);
  const [top, setTop] = useState(0);
  const [, channels, height, width] = maps.shape;
  const layout = useMemo(() => {
    if (!viewport) return null;
    const options = {
      count: channels,
      mapWidth: width,
      mapHeight: height,
      viewport,
      flow: 'grid',
      captionHeight: 0,
    } as const;
    return layoutAtlas({ ...options, tileWidth: tileWidthFor(options) });
  }, [viewport, channels, width, height]);
  const isSigned = plan ? isSignedAt(plan.graph, layer) : true;

  useEffect(() => {
    const element = canvas.current;
    if (!element || !layout || !viewport) return;
    const pixelRatio = devicePixelRatio;
    element.width = Math.max(1, Math.round(viewport.width * pixelRatio));
    element.height = Math.max(1, Math.round(viewport.height * pixelRatio));
    const name = resolveColourMap(colourMap, isSigned);
    // A map of one value has no range of its own.
    const shared = height * width === 1 && range === 'per-map' ? 'per-layer' : range;
    const shownRange = displayRange({ range: shared, percentiles, fixed }, isDiverging(name));
    surface.current?.paint(
      atlasScene({
        tensor: maps,
        layout,
        order: Array.from({ length: channels }, (_, channel) => channel),
        window: { x: 0, y: top, width: viewport.width, height: viewport.height },
        pixelRatio,
        zoom: { scale: 1, x: 0, y: 0 },
        colours: coloursFor(name, palette, shownRange),
        range: shownRange,
        background: parseRgb(palette.panel),
        reveal: null,
      }),
    );
  }, [
    maps,
    layout,
    viewport,
    top,
    colourMap,
    range,
    percentiles,
    fixed,
    isSigned,
    palette,
    channels,
    width,
    height,
    surface,
    canvas,
  ]);

  const unitAt = (event: { readonly clientX: number; readonly clientY: number; readonly currentTarget: Element }) => {
    if (!layout) return null;
    // The content moves with its scroller, so its own box counts from its first map.
    const box = event.currentTarget.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    const slot = slotAt(layout, x, y);
    if (slot === null) return null;
    const tile = tileRect(layout, slot);
    const along = (at: number, size: number, count: number) => Math.min(count - 1, Math.floor((at / size) * count));
    return {
      layer,
      channel: slot,
      y: along(y - tile.y, tile.height, height),
      x: along(x - tile.x, tile.width, width),
    };
  };
  const onKeyDown = useUnitKeys(layout?.columns ?? 1);
  const mark = layout && shown?.layer === layer ? tileRect(layout, shown.channel) : null;
  return (
    <div ref={scroller} className="network-maps-scroller" onScroll={(event) => setTop(event.currentTarget.scrollTop)}>
      <div
        className="network-maps-content"
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the maps are operated by keys
        tabIndex={0}
        aria-label={t('maps.keys')}
        onKeyDown={onKeyDown}
        style={{ height: layout?.content.height }}
        onPointerMove={(event) => looking.setState({ hover: unitAt(event) })}
        onPointerLeave={() => looking.setState({ hover: null })}
        onClick={(event) => {
          const unit = unitAt(event);
          if (unit) pin(unit);
        }}
      >
        <canvas
          ref={canvas}
          className="network-maps-canvas"
          role="img"
          aria-label={t('maps.figure', { layer, channels, height, width })}
          style={{ width: viewport?.width, height: viewport?.height }}
        />
        {mark && shown && (
          <span
            className="network-unit-mark"
            style={{
              left: mark.x + ((shown.x + 0.5) / width) * mark.width,
              top: mark.y + ((shown.y + 0.5) / height) * mark.height,
            }}
          />
        )}
      </div>
    </div>
  );
}
