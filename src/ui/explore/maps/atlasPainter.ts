/**
 * Keeps the canvas of the maps in step with the stores, outside of React: the engine paints the maps, a 2-D canvas above them shows
 * cross-hairs and numbers. Everything happens in an animation frame; values are read from the engine and awaited by no frame.
 */
import type { Ends } from '../../../engine/displayRange.ts';
import type { Engine, Rect } from '../../../engine/engine.ts';
import { convOf } from '../../../graph/explore.ts';
import type { Output } from '../../../live/results.ts';
import type { Session } from '../../../live/session.ts';
import { type Cells, cellsAreReadable, cellsIn, drawCellValues } from '../../../views/atlas/cellValues.ts';
import { drawAtlasOverlay } from '../../../views/atlas/overlay.ts';
import { clampUnit, type UnitPosition } from '../../../views/atlas/pointing.ts';
import { atlasScene } from '../../../views/atlas/scene.ts';
import { parseRgb } from '../../../views/colour/colourMaps.ts';
import { knownEnds } from '../../../views/colour/range.ts';
import type { Palette } from '../../../views/palette.ts';
import { convGeometry, latticeOfReaders } from '../../../views/photo/convGeometry.ts';
import { sourceRect } from '../../../views/zoom.ts';
import { frameLoop } from '../canvas/frameLoop.ts';
import { latestWins } from '../canvas/latestWins.ts';
import type { ElementSize } from '../canvas/useElementSize.ts';
import { canvasWindow } from './canvasWindow.ts';
import { type Arrangement, type Atlas, atlasOf, type Colouring, colouringOf } from './mapsView.ts';
import type { ProbeStore } from './probe.ts';

export interface Stage {
  readonly viewport: ElementSize;
  readonly arrangement: Arrangement;
  readonly palette: Palette;
}

export interface AtlasPainterOptions {
  readonly session: Session;
  readonly engine: Engine;
  readonly scroller: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  readonly overlay: HTMLCanvasElement;
  readonly probe: ProbeStore;
}

export interface AtlasPainter {
  setStage(stage: Stage): void;
  dispose(): void;
}

/** Values of some cells of all maps, as they were read. */
interface ReadCells {
  readonly output: Output;
  readonly cells: Cells;
  readonly values: Float32Array;
}

export function createAtlasPainter(options: AtlasPainterOptions): AtlasPainter {
  const { session, engine, scroller, canvas, overlay, probe } = options;
  const surface = engine.surface(canvas);
  const context = overlay.getContext('2d');
  let stage: Stage | null = null;
  let window: Rect | null = null;
  let numbers: ReadCells | null = null;

  const loop = frameLoop<'scene' | 'overlay'>((changed) => {
    const { output, statistics } = session.results.getState();
    if (!stage || !context) return;
    if (!output) {
      context.clearRect(0, 0, overlay.width, overlay.height);
      return;
    }
    const { focus, view } = session.workspace.getState().workspace;
    const atlas = atlasOf(output, statistics, view, stage.viewport, stage.arrangement);
    const next = canvasWindow(atlas.layout, stage.viewport, scrollOf(scroller), window);
    const moved = next !== window;
    window = next;
    const colouring = colouringOf(output, focus, view, stage.palette);
    if (moved || changed.has('scene')) paintMaps(output, atlas, next, colouring, stage);
    paintOverlay(output, atlas, next, colouring, stage);
  });

  const values = latestWins(
    ({ output, y, x }: { readonly output: Output; readonly y: number; readonly x: number }) =>
      engine.read(output.maps, { channel: 0, channels: output.shape[1], y, x, height: 1, width: 1 }),
    (at, answer) => probe.setState({ at, values: answer }),
  );

  const cellReader = latestWins(
    ({ output, cells }: { readonly output: Output; readonly cells: Cells }) =>
      engine.read(output.maps, { channel: 0, channels: output.shape[1], ...cells }),
    (question, answer) => {
      numbers = { ...question, values: answer };
      loop.invalidate('overlay');
    },
  );

  function paintMaps(output: Output, atlas: Atlas, at: Rect, colouring: Colouring, { palette }: Stage): void {
    const pixelRatio = devicePixelRatio;
    for (const element of [canvas, overlay]) place(element, at, pixelRatio);
    const { playback } = session.pointer.getState();
    surface.paint(
      atlasScene({
        tensor: output.maps,
        ...atlas,
        window: at,
        pixelRatio,
        zoom: session.workspace.getState().workspace.view.zoom,
        ...colouring,
        background: parseRgb(palette.panel),
        reveal: filledBy(playback.position),
      }),
    );
  }

  function paintOverlay(output: Output, atlas: Atlas, at: Rect, colouring: Colouring, { palette }: Stage): void {
    if (!context) return;
    const { hover, pin, playback } = session.pointer.getState();
    const { zoom } = session.workspace.getState().workspace.view;
    const { statistics } = session.results.getState();
    const { size, layout, order } = atlas;
    const pinned = pin && clampUnit(pin, size);
    const focus = hover?.on === 'map' ? clampUnit(hover.unit, size) : pinned;
    askProbe(output, focus);

    const source = sourceRect(zoom, size.width, size.height);
    const readable = playback.position === null && cellsAreReadable(layout.tile, source);
    const cells = cellsIn(source, size.width, size.height);
    if (readable) askCells(output, cells);

    const ratio = overlay.width / at.width;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, overlay.width, overlay.height);
    context.setTransform(ratio, 0, 0, ratio, -at.x * ratio, -at.y * ratio);
    const readers = hover?.on === 'photo' ? readersOf(output, hover.y, hover.x) : null;
    const reveal = filledBy(playback.position);
    drawAtlasOverlay(
      context,
      {
        layout,
        order,
        window: at,
        zoom,
        size,
        focus: readers ? null : focus,
        pin: pinned,
        readers,
        reveal,
        isCounted: hover?.on === 'term' && hover.term === 'N',
        palette,
      },
      (channel, tile, shown) => {
        if (!readable || numbers?.output !== output || !sameCells(numbers.cells, cells)) return;
        const ends: Ends | null = knownEnds(colouring.range, statistics, channel);
        if (!ends) return;
        const area = cells.width * cells.height;
        const own = numbers.values.subarray(channel * area, (channel + 1) * area);
        const { colours } = colouring;
        drawCellValues(context, { tile, source: shown, cells, values: own, colours, ends, font: palette.mono });
      },
    );
  }

  function readersOf(output: Output, y: number, x: number) {
    if (output.kind) return output.kind.readersOf(y, x);
    const conv = convOf(output.graph, session.workspace.getState().workspace.focus);
    return latticeOfReaders(convGeometry(conv, [output.picture.height, output.picture.width]), y, x);
  }

  function askProbe(output: Output, unit: UnitPosition | null): void {
    const { at } = probe.getState();
    if (!unit || (at?.output === output && at.y === unit.y && at.x === unit.x)) return;
    values.ask({ output, y: unit.y, x: unit.x });
  }

  function askCells(output: Output, cells: Cells): void {
    if (numbers?.output === output && sameCells(numbers.cells, cells)) return;
    cellReader.ask({ output, cells });
  }

  const isSorted = () => session.workspace.getState().workspace.view.sort !== 'index';
  const stops = [
    session.results.subscribe((state, former) => {
      if (state.output !== former.output) loop.invalidate('scene');
      // Statistics change the picture only where they order the maps; else just the ink of the numbers.
      else if (state.statistics !== former.statistics) loop.invalidate(isSorted() ? 'scene' : 'overlay');
    }),
    session.workspace.subscribe((state, former) => {
      if (state.workspace.view !== former.workspace.view) loop.invalidate('scene');
    }),
    session.pointer.subscribe((state, former) => {
      loop.invalidate(state.playback.position !== former.playback.position ? 'scene' : 'overlay');
    }),
  ];
  const onScroll = () => loop.invalidate('overlay');
  scroller.addEventListener('scroll', onScroll, { passive: true });

  return {
    setStage(next) {
      stage = next;
      loop.invalidate('scene');
    },
    dispose() {
      for (const stop of stops) stop();
      scroller.removeEventListener('scroll', onScroll);
      loop.stop();
      values.stop();
      cellReader.stop();
      surface.destroy();
    },
  };
}

function scrollOf(scroller: HTMLElement): { readonly left: number; readonly top: number } {
  return { left: scroller.scrollLeft, top: scroller.scrollTop };
}

/** Gives a canvas the size and the place of `at` within the content. Setting a size clears it, so only when it is another one. */
function place(element: HTMLCanvasElement, at: Rect, pixelRatio: number): void {
  const width = Math.max(1, Math.round(at.width * pixelRatio));
  const height = Math.max(1, Math.round(at.height * pixelRatio));
  if (element.width !== width) element.width = width;
  if (element.height !== height) element.height = height;
  element.style.width = `${at.width}px`;
  element.style.height = `${at.height}px`;
  element.style.transform = `translate(${at.x}px, ${at.y}px)`;
}

/** How many values a window at `position` has filled. */
function filledBy(position: number | null): number | null {
  return position === null ? null : position + 1;
}

function sameCells(a: Cells, b: Cells): boolean {
  return a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;
}
