/** A connectivity diagram in a box of a figure: all connections, the paths to one output on top, and the channels as dots. */
import { type Band, channelY, type Layout, type Line, type Paths } from '../connectivity/layout.ts';
import type { FigureMark } from './marks.ts';
import { paper } from './paper.ts';

interface Connections {
  readonly layout: Layout;
  readonly paths: Paths;
  /** The output channel that the paths lead to. */
  readonly output: number;
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export function connectionMarks({ layout, paths, output }: Connections, box: Box): readonly FigureMark[] {
  const x = (at: number) => box.x + at * box.width;
  const y = (at: number) => box.y + at * box.height;
  const drawn = (connections: readonly (Line | Band)[], isLit: boolean): readonly FigureMark[] =>
    connections.map((each) =>
      each.kind === 'line'
        ? {
            kind: 'line',
            from: [x(each.x0), y(each.y0)],
            to: [x(each.x1), y(each.y1)],
            stroke: isLit ? paper.weightsInk : paper.weights,
            strokeWidth: isLit ? 1 : 0.6,
            opacity: isLit ? 1 : 0.45,
          }
        : {
            kind: 'polygon',
            points: [
              [x(each.x0), y(each.from.lo)],
              [x(each.x1), y(each.to.lo)],
              [x(each.x1), y(each.to.hi)],
              [x(each.x0), y(each.from.hi)],
            ],
            fill: paper.weights,
            opacity: isLit ? 0.75 : 0.28,
          },
    );
  const dots = layout.levels.flatMap(({ x: at, channels }, level) =>
    Array.from({ length: channels }, (_, channel): FigureMark => {
      const isLit = level === layout.levels.length - 1 && channel === output;
      const fill = isLit ? paper.ink : level === 0 ? paper.input : paper.maps;
      return {
        kind: 'circle',
        x: x(at),
        y: y(channelY(channel, channels)),
        radius: Math.min(2.8, 38 / channels),
        fill,
      };
    }),
  );
  return [...drawn(layout.connections, false), ...drawn(paths.connections, true), ...dots];
}
