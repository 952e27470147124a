/** What lies between the photo and the points: the regular grid as hollow squares, an arrow to each point, the neighbours of the chosen one. */
import type { Rect } from '../../../../engine/engine.ts';
import type { SamplingPoint } from '../../../../operators/deformConv2d/points.ts';
import { interpolationOf } from './interpolation.ts';

interface StageMarksProps {
  readonly part: Rect;
  readonly points: readonly SamplingPoint[];
  readonly selected: SamplingPoint;
}

/** Width that lines and letters are drawn for, CSS pixels; a wider stage scales them. */
const stageWidth = 280;
/** Half of a square of the regular grid; from a point to where its arrow ends. */
const square = 5;
const disc = 9;
/** A cell that has room for its weight. */
const readable = 20;

/** 0.375 → .38: a cell has no room for more. */
const short = (weight: string) =>
  Number(weight)
    .toFixed(2)
    .replace(/^0/, '')
    .replace(/^1\.00$/, '1');

export function StageMarks({ part, points, selected }: StageMarksProps) {
  /** Side of a pixel of the photo. */
  const side = stageWidth / part.width;
  const [left, top] = [(x: number) => (x - part.x) * side, (y: number) => (y - part.y) * side];
  const { neighbours } = interpolationOf(selected, null);
  return (
    <svg className="stage-marks" viewBox={`0 0 ${stageWidth} ${side * part.height}`} aria-hidden="true">
      {neighbours.map(({ y, x, weight }, i) => (
        <g key={`${y} ${x}`} className="mark-neighbour">
          <rect x={left(x) + 1} y={top(y) + 1} width={side - 2} height={side - 2} />
          {side >= readable && (
            <text x={left(x + 0.5)} y={i < 2 ? top(y) + 11 : top(y + 1) - 4}>
              {short(weight)}
            </text>
          )}
        </g>
      ))}
      {points.map(({ tap, from }) => (
        <rect
          key={tap}
          className="mark-grid"
          x={left(from.x + 0.5) - square}
          y={top(from.y + 0.5) - square}
          width={2 * square}
          height={2 * square}
        />
      ))}
      {points.map(({ tap, y, x, from }) => (
        <Arrow
          key={tap}
          from={{ y: top(from.y + 0.5), x: left(from.x + 0.5) }}
          to={{ y: top(y + 0.5), x: left(x + 0.5) }}
        />
      ))}
    </svg>
  );
}

interface Place {
  readonly y: number;
  readonly x: number;
}

function Arrow({ from, to }: { readonly from: Place; readonly to: Place }) {
  const [dy, dx] = [to.y - from.y, to.x - from.x];
  const end = Math.hypot(dy, dx) - disc;
  if (end <= 1) return null;
  const head = Math.min(5, end);
  return (
    <path
      className="mark-arrow"
      transform={`translate(${from.x} ${from.y}) rotate(${(Math.atan2(dy, dx) * 180) / Math.PI})`}
      d={`M0 0H${end}M${end - head} ${-0.7 * head}L${end} 0L${end - head} ${0.7 * head}`}
    />
  );
}
