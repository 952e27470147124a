/**
 * Paints maps into places that the page's own layout has made: each `data-slot` element is a hole that shows one map. One canvas of
 * the engine lies behind all of them, one 2-D canvas with the cross-hairs above.
 */
import type { DisplayRange, Engine, Rect, Tensor } from '../../../../engine/engine.ts';
import type { Session } from '../../../../live/session.ts';
import { pinUnit, setHover } from '../../../../store/pointer.ts';
import { drawCrossHair } from '../../../../views/atlas/overlay.ts';
import { clampUnit } from '../../../../views/atlas/pointing.ts';
import { parseRgb } from '../../../../views/colour/colourMaps.ts';
import type { Palette } from '../../../../views/palette.ts';
import { onDevicePixels } from '../../../../views/rects.ts';
import { largestScale, sourceRect } from '../../../../views/zoom.ts';
import { frameLoop } from '../../canvas/frameLoop.ts';
import { attachZoomGestures } from '../../canvas/zoomGestures.ts';

export interface FigureMap {
  readonly tensor: Tensor;
  readonly channel: number;
  /** Where it is not the figure's: a map of something else. */
  readonly range?: DisplayRange;
}

export interface Figure {
  /** Which map stands in the slot of that name. */
  readonly maps: Readonly<Record<string, FigureMap>>;
  readonly range: DisplayRange;
  readonly colours: Uint8Array;
  readonly palette: Palette;
  /** The output channel whose units are pointed at. */
  readonly channel: number;
  readonly height: number;
  readonly width: number;
}

export interface FigurePainter {
  show(figure: Figure): void;
  dispose(): void;
}

export function createFigurePainter(
  session: Session,
  engine: Engine,
  scroller: HTMLElement,
  root: HTMLElement,
  canvas: HTMLCanvasElement,
  overlay: HTMLCanvasElement,
): FigurePainter {
  const surface = engine.surface(canvas);
  const context = overlay.getContext('2d');
  let figure: Figure | null = null;
  /** The maps of a former output are freed: what stands on the canvas stays until the figure shows the next. */
  let areMapsThere = false;

  /** Slots relative to the root, CSS pixels. */
  function slots(): { readonly name: string; readonly rect: Rect }[] {
    const origin = root.getBoundingClientRect();
    return [...root.querySelectorAll<HTMLElement>('[data-slot]')].map((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return { name: element.dataset.slot ?? '', rect: { x: x - origin.x, y: y - origin.y, width, height } };
    });
  }

  const loop = frameLoop<'scene' | 'overlay'>((changed) => {
    if (!figure) return;
    if (changed.has('scene') && areMapsThere) paintScene(figure);
    paintOverlay(figure);
  });

  function paintScene({ maps, range, colours, palette, height, width }: Figure): void {
    const pixelRatio = devicePixelRatio;
    for (const element of [canvas, overlay]) {
      const [w, h] = [Math.round(root.clientWidth * pixelRatio), Math.round(root.clientHeight * pixelRatio)];
      if (element.width !== w) element.width = Math.max(1, w);
      if (element.height !== h) element.height = Math.max(1, h);
    }
    const source = sourceRect(session.workspace.getState().workspace.view.zoom, width, height);
    const tiles = slots().flatMap(({ name, rect }) => {
      const map = maps[name];
      const target = onDevicePixels(rect, { x: 0, y: 0 }, pixelRatio);
      return map ? [{ range, ...map, target, source }] : [];
    });
    surface.paint({ background: parseRgb(palette.panel), colours, tiles });
  }

  function paintOverlay({ channel, palette, height, width }: Figure): void {
    if (!context) return;
    const ratio = devicePixelRatio;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, overlay.width, overlay.height);
    const { hover, pin } = session.pointer.getState();
    const unit = hover?.on === 'map' ? hover.unit : pin;
    if (!unit) return;
    const { y, x } = clampUnit(unit, { channels: channel + 1, height, width });
    const source = sourceRect(session.workspace.getState().workspace.view.zoom, width, height);
    for (const { rect } of slots()) {
      context.save();
      context.beginPath();
      context.rect(rect.x, rect.y, rect.width, rect.height);
      context.clip();
      drawCrossHair(context, { y, x }, rect, source, palette);
      context.restore();
    }
  }

  function slotUnder(clientX: number, clientY: number): Rect | null {
    const origin = root.getBoundingClientRect();
    const [x, y] = [clientX - origin.x, clientY - origin.y];
    const hit = slots().find(
      ({ rect }) => x >= rect.x && x < rect.x + rect.width && y >= rect.y && y < rect.y + rect.height,
    );
    return hit ? { ...hit.rect, x: hit.rect.x + origin.x, y: hit.rect.y + origin.y } : null;
  }

  function unitUnder(clientX: number, clientY: number) {
    const slot = slotUnder(clientX, clientY);
    if (!slot || !figure) return null;
    const { channel, height, width } = figure;
    const source = sourceRect(session.workspace.getState().workspace.view.zoom, width, height);
    const x = Math.floor(source.x + ((clientX - slot.x) / slot.width) * source.width);
    const y = Math.floor(source.y + ((clientY - slot.y) / slot.height) * source.height);
    return clampUnit({ channel, y, x }, { channels: channel + 1, height, width });
  }

  const observer = new ResizeObserver(() => loop.invalidate('scene'));
  observer.observe(root);
  const stops = [
    session.pointer.subscribe(() => loop.invalidate('overlay')),
    session.results.subscribe((state, former) => {
      if (state.output !== former.output) areMapsThere = false;
    }),
    session.workspace.subscribe((state, former) => {
      if (state.workspace.view.zoom !== former.workspace.view.zoom) loop.invalidate('scene');
    }),
    attachZoomGestures(overlay, {
      zoom: () => session.workspace.getState().workspace.view.zoom,
      setZoom: (zoom) => session.workspace.getState().setView({ zoom }),
      largest: () => (figure ? largestScale(figure.width, figure.height) : 1),
      frameAt: slotUnder,
      // Where the opened map is higher than its panel, the wheel scrolls it.
      wheelZooms: () => scroller.scrollHeight <= scroller.clientHeight,
      onTap(clientX, clientY) {
        const unit = unitUnder(clientX, clientY);
        if (unit) pinUnit(session.pointer, unit);
      },
      onHover(point) {
        const unit = point && unitUnder(point.x, point.y);
        if (unit) setHover(session.pointer, { on: 'map', unit });
        else if (session.pointer.getState().hover?.on === 'map') setHover(session.pointer, null);
      },
    }),
  ];

  return {
    show(next) {
      figure = next;
      areMapsThere = true;
      loop.invalidate('scene');
    },
    dispose() {
      for (const stop of stops) stop();
      observer.disconnect();
      loop.stop();
      surface.destroy();
    },
  };
}
