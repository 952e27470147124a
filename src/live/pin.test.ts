import { describe, expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { Graph } from '../graph/graph.ts';
import type { Shape } from '../operators/operator.ts';
import { createPointerStore, type Hover, pinUnit, setHover, type Unit } from '../store/pointer.ts';
import type { WorkspaceState } from '../store/workspaceStore.ts';
import { firstPin, keepPinInside, movedPin } from './pin.ts';
import type { Output, Picture, ResultsState } from './results.ts';

const shape = (c: number, h: number, w: number): Shape => [1, c, h, w];

describe('the pinned unit', () => {
  it('starts inside of any map, a single pixel included', () => {
    expect(firstPin(shape(9, 300, 451))).toEqual({ channel: 0, y: 118, x: 162 });
    expect(firstPin(shape(1, 1, 1))).toEqual({ channel: 0, y: 0, x: 0 });
  });

  it('stays at the same place of the photo when stride halves the map', () => {
    expect(movedPin({ channel: 2, y: 100, x: 50 }, shape(9, 200, 100), shape(9, 100, 50))).toEqual({
      channel: 2,
      y: 50,
      x: 25,
    });
  });

  it('of a reload or a link is kept by the first output that has it', () => {
    const results = createStore<ResultsState>(() => ({ output: null }) as unknown as ResultsState);
    const pinAfter = (kept: Unit, output: Shape) => {
      const pointer = createPointerStore();
      pinUnit(pointer, kept);
      results.setState({ output: null });
      const stop = keepPinInside({ pointer, results, workspace: createStore(() => ({}) as WorkspaceState) });
      results.setState({ output: { shape: output, picture: {} } as unknown as Output });
      stop();
      return pointer.getState().pin;
    };
    const kept = { channel: 2, y: 7, x: 8 };
    expect(pinAfter(kept, shape(3, 8, 9))).toEqual(kept);
    expect(pinAfter(kept, shape(3, 7, 9))).toEqual(firstPin(shape(3, 7, 9)));
  });

  it('moves to the last map when its own is gone', () => {
    expect(movedPin({ channel: 8, y: 0, x: 0 }, shape(9, 4, 4), shape(3, 4, 4)).channel).toBe(2);
  });

  it('comes back where it was after a change and its reverse, if the maps are not smaller in between', () => {
    const small = shape(1, 30, 40);
    const large = shape(1, 90, 120);
    const pin = { channel: 0, y: 17, x: 31 };
    expect(movedPin(movedPin(pin, small, large), large, small)).toEqual(pin);
  });
});

describe('over a row of changes', () => {
  const graphOf = (id: string): Graph => ({
    nodes: [{ id, operator: { kind: 'input', channels: 3 }, inputs: [] }],
  });

  function start() {
    const results = createStore<ResultsState>(() => ({ output: null }) as unknown as ResultsState);
    const pointer = createPointerStore();
    const workspace = createStore(() => ({ workspace: { view: { pin: null } } }) as unknown as WorkspaceState);
    keepPinInside({ pointer, results, workspace });
    const compute = (maps: Shape, graph: Graph = graphOf('first'), pictureBusy = false) => {
      const picture = { width: 40, height: 30 } as Picture;
      results.setState({ picture, pictureBusy, output: { shape: maps, graph, picture } as unknown as Output });
    };
    return { pointer, workspace, compute, pin: () => pointer.getState().pin };
  }

  it('the pinned unit is the same after stride 7 and back, and after fewer maps and back', () => {
    const { pointer, compute, pin } = start();
    compute(shape(9, 170, 256));
    pinUnit(pointer, { channel: 5, y: 67, x: 92 });
    compute(shape(9, 25, 37));
    expect(pin()).toEqual({ channel: 5, y: 9, x: 13 });
    compute(shape(3, 25, 37));
    compute(shape(9, 170, 256));
    expect(pin()).toEqual({ channel: 5, y: 67, x: 92 });
  });

  it('moves from where it was put last', () => {
    const { pointer, compute, pin } = start();
    compute(shape(9, 100, 100));
    compute(shape(9, 50, 50));
    pinUnit(pointer, { channel: 0, y: 10, x: 20 });
    compute(shape(9, 100, 100));
    expect(pin()).toEqual({ channel: 0, y: 21, x: 41 });
  });

  it('of work that is opened comes with the first output of that work', () => {
    const { workspace, compute, pin } = start();
    compute(shape(9, 30, 40));
    const before = pin();
    const opened = { graph: graphOf('second'), view: { pin: { channel: 5, y: 90, x: 129 } } };
    workspace.setState({ workspace: opened } as unknown as WorkspaceState);
    compute(shape(9, 30, 40));
    expect(pin()).toEqual(before);
    // The layer of that work over the photo from before.
    compute(shape(9, 300, 400), opened.graph, true);
    compute(shape(9, 170, 256), opened.graph);
    expect(pin()).toEqual({ channel: 5, y: 90, x: 129 });
  });
});

describe('what is pointed at when the maps change their size', () => {
  const of = (maps: Shape, width: number) => ({ shape: maps, picture: { width, height: 30 } }) as unknown as Output;

  function hoverAfter(hover: Hover, next: Output): Hover {
    const results = createStore<ResultsState>(() => ({ output: null }) as unknown as ResultsState);
    const pointer = createPointerStore();
    const stop = keepPinInside({ pointer, results, workspace: createStore(() => ({}) as WorkspaceState) });
    results.setState({ output: of(shape(9, 30, 40), 40) });
    setHover(pointer, hover);
    results.setState({ output: next });
    stop();
    return pointer.getState().hover;
  }

  it('is the same pixel of a photo that stays', () => {
    const pixel: Hover = { on: 'photo', y: 12, x: 20 };
    expect(hoverAfter(pixel, of(shape(9, 28, 38), 40))).toEqual(pixel);
    expect(hoverAfter(pixel, of(shape(9, 30, 16), 16))).toBeNull();
  });

  it('is no unit any more, but still a term of the cost', () => {
    expect(hoverAfter({ on: 'map', unit: { channel: 0, y: 3, x: 4 } }, of(shape(9, 28, 38), 40))).toBeNull();
    expect(hoverAfter({ on: 'term', term: 'K' }, of(shape(9, 28, 38), 40))).toEqual({ on: 'term', term: 'K' });
  });
});
