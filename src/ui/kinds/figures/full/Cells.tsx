/** A small array as square cells, with room above for outlines in the array's own units. */
import { type CSSProperties, type PointerEvent, type ReactNode, useEffect, useRef } from 'react';
import { cellsPath, outlinePath } from '../../../../views/matrix/outline.ts';

export interface CellsProps {
  /** RGBA, height x width. */
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
  readonly label: string;
  /** The mouse is over a cell, row by row; null: over none. */
  readonly onPoint?: (cell: number | null) => void;
  readonly onPress?: (cell: number) => void;
  /** SVG in cells. */
  readonly children?: ReactNode;
}

export function Cells({ rgba, width, height, label, onPoint, onPress, children }: CellsProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!canvas.current || !context) return;
    canvas.current.width = width;
    canvas.current.height = height;
    context.putImageData(new ImageData(rgba, width, height), 0, 0);
  }, [rgba, width, height]);
  const cellUnder = ({ currentTarget, clientX, clientY }: PointerEvent<HTMLElement>) => {
    const box = currentTarget.getBoundingClientRect();
    const along = (at: number, size: number, count: number) =>
      Math.min(count - 1, Math.max(0, Math.floor((at / size) * count)));
    return along(clientY - box.y, box.height, height) * width + along(clientX - box.x, box.width, width);
  };
  return (
    <div
      className="cells"
      style={{ '--aspect': width / height } as CSSProperties}
      onPointerMove={onPoint && ((event) => event.pointerType !== 'touch' && onPoint(cellUnder(event)))}
      onPointerLeave={onPoint && (() => onPoint(null))}
      onPointerDown={onPress && ((event) => onPress(cellUnder(event)))}
    >
      <canvas ref={canvas} role="img" aria-label={label} />
      {children && (
        <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
          {children}
        </svg>
      )}
    </div>
  );
}

export interface LitProps {
  readonly isLit: (cell: number) => boolean;
  readonly width: number;
  readonly height: number;
  /** 'fill': lit cells take the colour of the field; otherwise the others are dimmed. */
  readonly fill?: boolean;
}

/** Lit cells stand out by their outline and because the others are dimmed. */
export function Lit({ isLit, width, height, fill = false }: LitProps) {
  return (
    <>
      <path className={fill ? 'lit-fill' : 'lit-others'} d={cellsPath((cell) => isLit(cell) === fill, width, height)} />
      <path className="lit-outline" d={outlinePath(isLit, width, height)} />
    </>
  );
}
