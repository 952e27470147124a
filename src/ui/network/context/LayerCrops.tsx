/** What the unit sees, layer by layer: the photo's part first, then that of every layer's map, each with its size. */
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Engine } from '../../../engine/engine.ts';
import { unitsAlong } from '../../../graph/field/mainPath.ts';
import type { NodeField } from '../../../graph/field/unitField.ts';
import { pictureNode } from '../../../live/network/nodes.ts';
import { sizeOf } from '../../../math/intervals.ts';
import { parseRgb } from '../../../views/colour/colourMaps.ts';
import { cropCell, cropName, cropPlace, cropRect, cropsScene, evenly } from '../../../views/network/context/crops.ts';
import { Button } from '../../components/Button.tsx';
import { engineKey } from '../../explore/canvas/engineKey.ts';
import { useElementSize } from '../../explore/canvas/useElementSize.ts';
import { useSurface } from '../../explore/canvas/useSurface.ts';
import { coloursFor } from '../../explore/maps/mapsView.ts';
import { usePalette } from '../../theme/usePalette.ts';
import { useChannelOf } from '../diagram/StripMaps.tsx';
import { useNetwork, usePin } from '../network.tsx';
import { type Seen, stationsTo } from './useSeen.ts';
import './crops.css';

/** More crops than so many are shown on demand. */
const few = 14;

export function LayerCrops({ seen }: { readonly seen: Seen }) {
  const { t } = useTranslation('network');
  const { plan, unit, field } = seen;
  const [isAll, setIsAll] = useState(false);
  const engine = useNetwork((state) => state.engine);
  const content = useRef<HTMLDivElement>(null);
  const size = useElementSize(content);
  const pin = usePin();
  const stations = useMemo(() => stationsTo(plan, unit.layer), [plan, unit.layer]);
  const crops = useMemo(() => {
    const all = [pictureNode, ...stations].flatMap((id) => {
      const seenOf = field.nodes[id];
      return seenOf ? [{ id, field: seenOf }] : [];
    });
    return isAll ? all : evenly(all, few);
  }, [stations, field, isAll]);
  const columns = Math.max(1, Math.floor(((size?.width ?? 330) + cropCell.gap) / (cropCell.side + cropCell.gap)));
  const rows = Math.ceil(crops.length / columns);
  const look = (id: string) => {
    const { y, x } = unitsAlong(plan.graph, plan.shapes, unit.layer, unit).find((each) => each.id === id)!.unit;
    const [, channels] = plan.shapes[id]!;
    pin({ layer: id, channel: Math.min(unit.channel, channels - 1), y, x });
  };
  return (
    <section className="context-crops" aria-label={t('context.crops')}>
      <h3>
        {t('context.crops')}
        {stations.length + 1 > few && (
          <Button size="small" variant="quiet" aria-pressed={isAll} onClick={() => setIsAll(!isAll)}>
            {isAll ? t('context.fewCrops') : t('context.allCrops', { count: stations.length })}
          </Button>
        )}
      </h3>
      <div ref={content} className="context-crops-grid" style={{ height: rows * (cropCell.side + cropCell.caption) }}>
        {engine && size && (
          <CropsCanvas key={engineKey(engine)} engine={engine} crops={crops} columns={columns} width={size.width} />
        )}
        {crops.map(({ id, field: part }, i) => {
          const { x, y, width, height } = cropRect(i, columns);
          const text = sizeText(part);
          const style = { left: x, top: y, width, height: height + cropCell.caption };
          return id === pictureNode ? (
            <span key={id} className="context-crop" style={style}>
              <PhotoCrop seen={seen} part={part} />
              <CropCaption name={t('context.photo')} text={text} />
            </span>
          ) : (
            <button
              key={id}
              type="button"
              className="context-crop"
              style={style}
              title={t('context.crop', { layer: id, size: `${sizeOf(part.hull.h)} × ${sizeOf(part.hull.w)}` })}
              aria-current={id === unit.layer}
              onClick={() => look(id)}
            >
              <span className="context-crop-edge" />
              <CropCaption name={cropName(id)} text={text} />
            </button>
          );
        })}
      </div>
    </section>
  );
}

function CropCaption({ name, text }: { readonly name: string; readonly text: string }) {
  return (
    <>
      <span className="context-crop-name">{name}</span>
      <span className="context-crop-size mono">{text}</span>
    </>
  );
}

function sizeText({ hull }: NodeField): string {
  const [h, w] = [sizeOf(hull.h), sizeOf(hull.w)];
  return h === w ? String(h) : `${h}×${w}`;
}

interface CropsCanvasProps {
  readonly engine: Engine;
  readonly crops: readonly { readonly id: string; readonly field: NodeField }[];
  readonly columns: number;
  readonly width: number;
}

const grey = { mode: 'per-map', percentiles: true, symmetric: false } as const;

function CropsCanvas({ engine, crops, columns, width }: CropsCanvasProps) {
  const { canvas, surface } = useSurface(engine);
  const maps = useNetwork((state) => state.maps);
  const channelOf = useChannelOf();
  const palette = usePalette();
  const height = Math.ceil(crops.length / columns) * (cropCell.side + cropCell.caption);
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const pixelRatio = devicePixelRatio;
    const [across, down] = [Math.round(width * pixelRatio), Math.round(height * pixelRatio)];
    if (element.width !== across) element.width = Math.max(1, across);
    if (element.height !== down) element.height = Math.max(1, down);
    surface.current?.paint(
      cropsScene({
        ...{ crops, columns, maps, channelOf, pixelRatio },
        colours: coloursFor('grey', palette, grey),
        background: parseRgb(palette.panel),
      }),
    );
  }, [crops, columns, width, height, maps, channelOf, palette, canvas, surface]);
  return <canvas ref={canvas} className="context-crops-canvas" style={{ width, height }} />;
}

function PhotoCrop({ seen: { plan }, part }: { readonly seen: Seen; readonly part: NodeField }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { picture } = plan;
  useLayoutEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context) return;
    const side = Math.round(cropCell.side * devicePixelRatio);
    element.width = side;
    element.height = side;
    const place = cropPlace(part, { x: 0, y: 0, width: side, height: side });
    if (!place) return;
    const { source, target } = place;
    const { rgba } = picture;
    const pixels = new ImageData(source.width, source.height);
    for (let row = 0; row < source.height; row++) {
      const from = 4 * ((source.y + row) * picture.width + source.x);
      pixels.data.set(rgba.subarray(from, from + 4 * source.width), 4 * row * source.width);
    }
    const own = new OffscreenCanvas(source.width, source.height);
    own.getContext('2d')?.putImageData(pixels, 0, 0);
    context.imageSmoothingEnabled = source.width > side;
    context.drawImage(own, target.x, target.y, target.width, target.height);
  }, [picture, part]);
  return <canvas ref={canvas} className="context-crop-edge" />;
}
