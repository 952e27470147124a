/** The field of the unit in focus through all of the strip: a box on the photo and on every map, and the beam between them. */
import { useMemo } from 'react';
import { fieldsOf } from '../../../graph/field/receptiveField.ts';
import { type Beam, beamOf } from '../../../views/network/strip/beam.ts';
import type { Strip } from '../../../views/network/strip/strip.ts';
import { usePlan, useShownUnit } from '../network.tsx';
import { edgePath } from './StripDrawing.tsx';
import type { Chunk } from './useChunk.ts';

/** Null until there is a unit. */
export function useBeam(strip: Strip): Beam | null {
  const plan = usePlan();
  const unit = useShownUnit();
  const [layer, y, x] = [unit?.layer, unit?.y, unit?.x];
  return useMemo(() => {
    if (!plan || layer === undefined || y === undefined || x === undefined) return null;
    return beamOf(strip, fieldsOf(plan.graph, plan.shapes, layer, { h: { lo: y, hi: y }, w: { lo: x, hi: x } }));
  }, [plan, strip, layer, y, x]);
}

interface StripBeamProps {
  readonly beam: Beam;
  readonly chunk: Chunk;
  readonly height: number;
}

export function StripBeam({ beam: { boxes, quads, lines }, chunk, height }: StripBeamProps) {
  return (
    <svg
      className="strip-beam"
      aria-hidden="true"
      style={{ left: chunk.x }}
      width={chunk.width}
      height={height}
      viewBox={`${chunk.x} 0 ${chunk.width} ${height}`}
    >
      {quads.map((corners) => (
        <g key={corners.join(' ')}>
          <polygon className="beam-light" points={corners.join(' ')} />
          <path className="beam-edge" d={`M${corners[0]}L${corners[1]}M${corners[3]}L${corners[2]}`} />
        </g>
      ))}
      <path className="beam-line" d={lines.map(edgePath).join('')} />
      {boxes.map(({ stage, rect }) => (
        <rect key={stage} className="beam-box" data-stage={stage} {...rect} />
      ))}
    </svg>
  );
}
