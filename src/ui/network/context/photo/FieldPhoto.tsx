/**
 * The photo as the network reads it, with what the shown unit sees of it: a box around its field, also where that reaches beyond the photo,
 * the pixels that it steps over, the rest dimmed. Pointing moves the unit, a click or an arrow key pins it.
 */
import { type KeyboardEvent, type PointerEvent, type ReactNode, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Field } from '../../../../graph/field/receptiveField.ts';
import { sizeOf } from '../../../../math/intervals.ts';
import { fieldMask } from '../../../../views/network/context/fieldMask.ts';
import type { NestedBox } from '../../../../views/network/context/nestedBoxes.ts';
import { useUnitKeys } from '../../maps/useUnitKeys.ts';
import { useNetworkContext, usePin } from '../../network.tsx';
import { type Direction, useLayerSteps } from '../useLayerSteps.ts';
import { type Seen, useUnitNear } from '../useSeen.ts';
import { NestedBoxes } from './NestedBoxes.tsx';
import type { DrawnBox, PixelPlace } from './useDrawnBox.ts';
import './photo.css';

export interface FieldPhotoProps {
  readonly seen: Seen;
  /** Whether the box is drawn and the rest dimmed. */
  readonly hasBox: boolean;
  readonly nested: readonly NestedBox[] | null;
  /** Null while no box is being drawn. */
  readonly drawing: DrawnBox | null;
  readonly onDrawn: (box: Field) => void;
  readonly onStopDrawing: () => void;
  /** Lies over the photo, below the box. */
  readonly children?: ReactNode;
}

export function FieldPhoto({ seen, hasBox, nested, drawing, onDrawn, onStopDrawing, children }: FieldPhotoProps) {
  const { t } = useTranslation('network');
  const { plan, unit, photo } = seen;
  const { picture } = plan;
  const { height, width } = picture;
  const { looking } = useNetworkContext();
  const pin = usePin();
  const near = useUnitNear();
  const step = useLayerSteps();
  const moveUnit = useUnitKeys(1);
  const unitAt = (event: PointerEvent) => near(placeAt(event, picture), unit.channel);

  const onKeyDown = (event: KeyboardEvent) => {
    const direction = directionOf(event);
    if (drawing && event.key === 'Escape') onStopDrawing();
    else if (drawing && event.key === 'Enter' && drawing.box) onDrawn(drawing.box);
    else if (direction) step(direction);
    else if (!drawing?.key(event)) {
      if (!drawing) moveUnit(event);
      return;
    }
    event.preventDefault();
  };
  return (
    <div className="context-frame">
      <div
        className={drawing ? 'context-photo drawing' : 'context-photo'}
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the photo is operated by keys
        tabIndex={0}
        aria-label={t(drawing ? 'context.drawingKeys' : 'context.keys')}
        style={{ aspectRatio: `${width} / ${height}` }}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          if (!drawing) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          drawing.begin(pixelAt(event, picture));
        }}
        onPointerMove={(event) => {
          if (!drawing) looking.setState({ hover: unitAt(event) });
          else if (event.buttons > 0) drawing.extend(pixelAt(event, picture));
        }}
        onPointerUp={(event) => {
          const drawn = drawing?.box;
          if (drawn) return onDrawn(drawn);
          const hit = drawing ? null : unitAt(event);
          if (hit) pin(hit);
        }}
        onPointerLeave={() => looking.setState({ hover: null })}
        onPointerCancel={() => looking.setState({ hover: null })}
      >
        <Photo picture={picture} label={picture.name} />
        {hasBox && <Mask seen={seen} />}
        {children}
        <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
          {hasBox && photo && (
            <>
              <rect className="context-hull" data-layer={unit.layer} style={geometryOf(photo.hull)} />
              <rect className="context-field" data-layer={unit.layer} style={geometryOf(photo.box)} />
            </>
          )}
          {drawing?.box && <rect className="context-drawn" style={geometryOf(drawing.box)} />}
        </svg>
        {nested && <NestedBoxes boxes={nested} height={height} width={width} />}
      </div>
    </div>
  );
}

function Photo({ picture, label }: { readonly picture: Seen['plan']['picture']; readonly label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!canvas.current || !context) return;
    canvas.current.width = picture.width;
    canvas.current.height = picture.height;
    context.putImageData(new ImageData(picture.rgba, picture.width, picture.height), 0, 0);
  }, [picture]);
  return <canvas ref={canvas} role="img" aria-label={label} />;
}

function Mask({ seen: { plan, photo } }: { readonly seen: Seen }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { height, width } = plan.picture;
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!canvas.current || !context) return;
    canvas.current.width = width;
    canvas.current.height = height;
    context.putImageData(new ImageData(fieldMask(height, width, photo ?? nothing), width, height), 0, 0);
  }, [height, width, photo]);
  return <canvas ref={canvas} className="context-mask" />;
}

const empty = { lo: 0, hi: -1 };
const nothing = { box: { h: empty, w: empty }, read: [] };

/** As CSS, which can be eased from one layer to the next. */
function geometryOf({ h, w }: Field) {
  return { x: `${w.lo}px`, y: `${h.lo}px`, width: `${sizeOf(w)}px`, height: `${sizeOf(h)}px` };
}

/** In pixels of the picture; the middle of pixel 0 is 0. */
function placeAt(event: PointerEvent, { height, width }: { readonly height: number; readonly width: number }) {
  const box = event.currentTarget.getBoundingClientRect();
  return {
    y: ((event.clientY - box.top) / box.height) * height - 0.5,
    x: ((event.clientX - box.left) / box.width) * width - 0.5,
  };
}

function pixelAt(event: PointerEvent, size: { readonly height: number; readonly width: number }): PixelPlace {
  const { y, x } = placeAt(event, size);
  const within = (at: number, count: number) => Math.min(count - 1, Math.max(0, Math.round(at)));
  return { y: within(y, size.height), x: within(x, size.width) };
}

/** `[` and `]` whatever keys a keyboard needs for them, or Alt with an arrow. */
function directionOf({ key, altKey }: KeyboardEvent): Direction | null {
  if (key === ']' || (altKey && (key === 'ArrowRight' || key === 'ArrowDown'))) return 1;
  if (key === '[' || (altKey && (key === 'ArrowLeft' || key === 'ArrowUp'))) return -1;
  return null;
}
