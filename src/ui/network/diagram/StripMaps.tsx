/** The maps of the strip, on one canvas that the engine paints, and the photo at its beginning. */
import { useCallback, useEffect, useLayoutEffect, useRef } from 'react';
import type { Engine } from '../../../engine/engine.ts';
import { parseRgb } from '../../../views/colour/colourMaps.ts';
import { stripScene } from '../../../views/network/strip/scene.ts';
import type { StripItem } from '../../../views/network/strip/strip.ts';
import { useSurface } from '../../explore/canvas/useSurface.ts';
import { coloursFor } from '../../explore/maps/mapsView.ts';
import { useWorkspace } from '../../session.tsx';
import { usePalette } from '../../theme/usePalette.ts';
import { pinnedUnit, useLookedLayer, useNetwork, usePlan } from '../network.tsx';
import type { Chunk } from './useChunk.ts';
import type { Diagram } from './useDiagram.ts';

interface StripMapsProps {
  readonly engine: Engine;
  readonly strip: Diagram['strip'];
  readonly chunk: Chunk;
}

const fixedRange = { mode: 'per-map', percentiles: true, symmetric: false } as const;

export function StripMaps({ engine, strip, chunk }: StripMapsProps) {
  const { canvas, surface } = useSurface(engine);
  const maps = useNetwork((state) => state.maps);
  const looked = useLookedLayer();
  const channelOf = useChannelOf();
  const palette = usePalette();

  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const pixelRatio = devicePixelRatio;
    const width = Math.max(1, Math.round(chunk.width * pixelRatio));
    const height = Math.max(1, Math.round(strip.height * pixelRatio));
    if (element.width !== width) element.width = width;
    if (element.height !== height) element.height = height;
    element.style.left = `${chunk.x}px`;
    element.style.width = `${chunk.width}px`;
    element.style.height = `${strip.height}px`;
    surface.current?.paint(
      stripScene({
        ...{ strip, maps, looked, channelOf, pixelRatio },
        window: { x: chunk.x, y: 0, width: chunk.width, height: strip.height },
        colours: coloursFor('grey', palette, fixedRange),
        background: parseRgb(palette.panel),
      }),
    );
  }, [strip, maps, looked, channelOf, chunk, palette, canvas, surface]);

  return <canvas ref={canvas} className="strip-maps" />;
}

/** The channel of a layer whose map stands in the strip: the pinned one, counted round where the layer has fewer. */
export function useChannelOf(): (layer: string, channels: number) => number {
  const plan = usePlan();
  const view = useWorkspace((state) => state.workspace.view.network);
  const unit = plan && pinnedUnit(plan, view);
  const [pinnedLayer, pinnedChannel, wanted] = [unit?.layer, unit?.channel ?? 0, view.unit.channel];
  return useCallback(
    (layer, channels) => (layer === pinnedLayer ? pinnedChannel : wanted % channels),
    [pinnedLayer, pinnedChannel, wanted],
  );
}

export function StripPhoto({ item }: { readonly item: StripItem }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const picture = usePlan()?.picture;
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!canvas.current || !context || !picture) return;
    canvas.current.width = picture.width;
    canvas.current.height = picture.height;
    context.putImageData(new ImageData(picture.rgba, picture.width, picture.height), 0, 0);
  }, [picture]);
  if (!item.map) return null;
  const { x: left, y: top, width, height } = item.map;
  return <canvas ref={canvas} className="strip-photo" style={{ left, top, width, height }} />;
}
