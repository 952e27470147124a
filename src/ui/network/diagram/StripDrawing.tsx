/** What of the strip stands still while the pointer moves: edges, signs, and the boxes round the maps. */
import { memo } from 'react';
import { isInside } from '../../../views/network/strip/scene.ts';
import { type StripEdge, type StripItem, shownMember } from '../../../views/network/strip/strip.ts';
import { useLookedLayer, useNetwork } from '../network.tsx';
import { Sides, Sign } from './Signs.tsx';
import type { Chunk } from './useChunk.ts';
import type { Diagram } from './useDiagram.ts';

interface StripDrawingProps {
  readonly diagram: Diagram;
  readonly chunk: Chunk;
}

export const StripDrawing = memo(function StripDrawing({ diagram: { strip, plan }, chunk }: StripDrawingProps) {
  const looked = useLookedLayer();
  const maps = useNetwork((state) => state.maps);
  const window = { ...chunk, y: 0, height: strip.height };
  const items = strip.items.filter((item) => isInside(item, window));
  const edges = strip.edges.filter(({ points }) => {
    const [[from], [to]] = [points[0]!, points.at(-1)!];
    return from < chunk.x + chunk.width && to > chunk.x;
  });
  const stateOf = ({ stage }: StripItem): MapState => {
    if (stage.operator?.kind === 'input') return 'photo';
    if (!plan.shapes[stage.end]) return 'error';
    return maps[shownMember(stage, looked)] ? 'shown' : 'waiting';
  };
  return (
    <svg
      className="strip-drawing"
      aria-hidden="true"
      style={{ left: chunk.x }}
      width={chunk.width}
      height={strip.height}
      viewBox={`${chunk.x} 0 ${chunk.width} ${strip.height}`}
    >
      <path className="strip-edge" d={edges.map(edgePath).join('')} />
      {items.map((item) => (
        <g key={item.stage.id}>
          {item.map && <MapBox item={item} state={stateOf(item)} />}
          {item.glyph && item.sign && (
            <Sign glyph={item.glyph} rect={item.sign} depth={item.signDepth} cell={strip.cell} />
          )}
        </g>
      ))}
    </svg>
  );
});

type MapState = 'photo' | 'shown' | 'waiting' | 'error';

function MapBox({ item: { map, mapDepth }, state }: { readonly item: StripItem; readonly state: MapState }) {
  if (!map) return null;
  return (
    <g className={`strip-map ${state}`}>
      {state !== 'error' && <Sides rect={map} depth={mapDepth} />}
      <rect className="strip-front" {...map} />
      {state === 'error' && (
        <text x={map.x + map.width / 2} y={map.y + map.height / 2 + 5} textAnchor="middle">
          !
        </text>
      )}
    </g>
  );
}

/** With round corners where it turns. */
export function edgePath({ points }: StripEdge): string {
  const [start, ...rest] = points;
  let path = `M${start!.join(' ')}`;
  let [fromX, fromY] = start!;
  for (const [i, [x, y]] of rest.entries()) {
    const next = rest[i + 1];
    if (!next) {
      path += `L${x} ${y}`;
      break;
    }
    const radius = Math.min(7, distance(fromX, fromY, x, y) / 2, distance(x, y, next[0], next[1]) / 2);
    const [inX, inY] = towards(x, y, fromX, fromY, radius);
    const [outX, outY] = towards(x, y, next[0], next[1], radius);
    path += `L${inX} ${inY}Q${x} ${y} ${outX} ${outY}`;
    [fromX, fromY] = [x, y];
  }
  return path;
}

const distance = (x: number, y: number, toX: number, toY: number) => Math.abs(toX - x) + Math.abs(toY - y);

function towards(x: number, y: number, toX: number, toY: number, by: number): readonly [number, number] {
  return [x + Math.sign(toX - x) * by, y + Math.sign(toY - y) * by];
}
