/** The parts of a connectivity diagram as SVG, at any size: its connections, and a dot for each channel. */
import type { Band, Layout, Line } from '../../views/connectivity/layout.ts';
import { channelY } from '../../views/connectivity/layout.ts';
import type { Runs } from '../../views/connectivity/reach.ts';
import './diagram.css';

/** Where the layout's 0..1 stand in the units of the drawing. */
export interface DiagramFrame {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** The radius of a dot at most. */
  readonly dot: number;
}

interface ConnectionsProps {
  readonly of: readonly (Line | Band)[];
  readonly frame: DiagramFrame;
  readonly isLit?: boolean;
}

export function Connections({ of, frame, isLit = false }: ConnectionsProps) {
  const x = (at: number) => frame.x + at * frame.width;
  const y = (at: number) => frame.y + at * frame.height;
  return (
    <g className={isLit ? 'connection lit' : 'connection'}>
      {of.map((each) =>
        each.kind === 'line' ? (
          <line key={keyOf(each)} x1={x(each.x0)} y1={y(each.y0)} x2={x(each.x1)} y2={y(each.y1)} />
        ) : (
          <path
            key={keyOf(each)}
            d={`M${x(each.x0)} ${y(each.from.lo)}L${x(each.x1)} ${y(each.to.lo)}V${y(each.to.hi)}L${x(each.x0)} ${y(each.from.hi)}Z`}
          />
        ),
      )}
    </g>
  );
}

function keyOf(each: Line | Band): string {
  return each.kind === 'line'
    ? `l${each.x0},${each.y0},${each.x1},${each.y1}`
    : `b${each.x0},${each.from.lo},${each.x1},${each.to.lo},${each.to.hi}`;
}

interface DotsProps {
  readonly layout: Layout;
  readonly frame: DiagramFrame;
  /** For every column the channels that are lit. */
  readonly lit: readonly Runs[];
}

export function Dots({ layout, frame, lit }: DotsProps) {
  return (
    <>
      {layout.levels.map(({ x, channels }, level) => (
        <g key={x} className={level === 0 ? 'dots-input' : 'dots-map'}>
          {Array.from({ length: channels }, (_, channel) => (
            <circle
              // biome-ignore lint/suspicious/noArrayIndexKey: a channel is its place
              key={channel}
              cx={frame.x + x * frame.width}
              cy={frame.y + channelY(channel, channels) * frame.height}
              r={Math.min(frame.dot, (0.48 * frame.height) / channels)}
              data-lit={lit[level]?.some(({ lo, hi }) => lo <= channel && channel <= hi) || undefined}
            />
          ))}
        </g>
      ))}
    </>
  );
}
