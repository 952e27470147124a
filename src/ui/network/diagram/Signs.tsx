/** The signs of what stages do, as SVG: kernels in amber, cell by cell and as deep as they have channels; windows, joins and words in grey. */
import type { Rect } from '../../../engine/engine.ts';
import { exactCount } from '../../../math/format.ts';
import { deeper, type Glyph, joinRadius, windowCell } from '../../../views/network/strip/glyph.ts';

interface SignProps {
  readonly glyph: Glyph;
  readonly rect: Rect;
  readonly depth: number;
  readonly cell: number;
}

export function Sign({ glyph, rect, depth, cell }: SignProps) {
  const { x, y, width, height } = rect;
  const middle = x + width / 2;
  switch (glyph.kind) {
    case 'kernels':
      return (
        <g className="sign-weights">
          <Sides rect={rect} depth={depth} />
          <rect className="sign-ground" {...rect} />
          <path d={cells(rect, glyph.size, cell)} />
          <Under x={middle + deeper(depth).x / 2} y={y + height}>{`×${exactCount(glyph.count)}`}</Under>
        </g>
      );
    case 'matrix':
      return (
        <g className="sign-weights">
          <rect {...rect} rx={1} />
          <Under x={middle} y={y + height}>{`×${exactCount(glyph.count)}`}</Under>
        </g>
      );
    case 'channels':
      return (
        <g className="sign-weights">
          <rect {...rect} rx={1} />
        </g>
      );
    case 'window':
      return (
        <g className="sign-plain">
          {[0, 1, 2, 3].map((i) => (
            <rect
              key={i}
              x={x + (i % 2) * windowCell + 0.5}
              y={y + Math.floor(i / 2) * windowCell + 0.5}
              width={windowCell - 1}
              height={windowCell - 1}
            />
          ))}
          <Under x={middle} y={y + height}>
            {glyph.function === 'max' ? 'max' : 'avg'}
          </Under>
        </g>
      );
    case 'join':
      return (
        <g className="sign-join">
          <circle cx={middle} cy={y + height / 2} r={joinRadius - 0.5} />
          <text x={middle} y={y + height / 2 + 4} textAnchor="middle">
            {glyph.sign}
          </text>
        </g>
      );
    case 'block':
      return (
        <g className="sign-weights">
          {[2, 1, 0].map((i) => (
            <rect
              key={i}
              className="sign-plate"
              x={x + 5 * i}
              y={y + 5 * (2 - i)}
              width={width - 10}
              height={height - 10}
              rx={2}
            />
          ))}
          <path className="sign-open" d={`M${x + 7} ${y + height - 12}h10m-5 -5v10`} />
        </g>
      );
    case 'word':
      return (
        <g className="sign-plain">
          <rect {...rect} rx={4} />
          <text x={middle} y={y + height / 2 + 4} textAnchor="middle">
            {glyph.word}
          </text>
        </g>
      );
    default:
      return glyph satisfies never;
  }
}

/** The top and the right side of a block whose front is `rect`. */
export function Sides({ rect: { x, y, width, height }, depth }: { readonly rect: Rect; readonly depth: number }) {
  const { x: dx, y: dy } = deeper(depth);
  return (
    <>
      <path className="side-top" d={`M${x} ${y}l${dx} ${-dy}h${width}l${-dx} ${dy}z`} />
      <path className="side-right" d={`M${x + width} ${y}l${dx} ${-dy}v${height}l${-dx} ${dy}z`} />
    </>
  );
}

function Under({ x, y, children }: { readonly x: number; readonly y: number; readonly children: string }) {
  return (
    <text x={x} y={y + 13} textAnchor="middle">
      {children}
    </text>
  );
}

function cells({ x, y }: Rect, [rows, columns]: readonly [number, number], cell: number): string {
  const side = cell * 0.86;
  let path = '';
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      path += `M${x + column * cell} ${y + row * cell}h${side}v${side}h${-side}z`;
  return path;
}
