import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { inferShapes } from '../graph/infer.ts';
import type { Pair } from '../operators/operator.ts';
import { channelCounts, focusedConv, focusedWeights } from './changes.ts';
import { defaultConv, defaultWorkspace } from './defaultWorkspace.ts';
import { act } from './testing/random.ts';
import type { Workspace } from './workspace.ts';
import { createWorkspaceStore, type WorkspaceStore } from './workspaceStore.ts';

let time = 0;
let inputSize: Pair = [300, 451];
let store: WorkspaceStore;
const blobs = { putNow: () => 'f'.repeat(64) };

function createStore(initial: Workspace = defaultWorkspace()): WorkspaceStore {
  let seeds = 0;
  return createWorkspaceStore({ initial, blobs, inputSize: () => inputSize, now: () => time, newSeed: () => ++seeds });
}

beforeEach(() => {
  time = 0;
  inputSize = [300, 451];
  store = createStore();
});

const actions = () => store.getState();
const conv = () => focusedConv(store.getState().workspace);
const filters = () => focusedWeights(store.getState().workspace).filters;
const names = () => filters().map(({ recipe }) => (recipe.kind === 'named' ? recipe.name : recipe.kind));
const withoutView = ({ view: _, ...rest }: Workspace) => rest;
/** Waits until changes of the same thing no longer join. */
const rest = () => {
  time += 1001;
};

describe('the layer', () => {
  it('moves groups with out_channels and says so: 4 filters in 3 groups of 3 channels make 1 group', () => {
    actions().setConv({ groups: 3 });
    expect(conv()).toMatchObject({ outChannels: 9, groups: 3 });
    actions().setConv({ outChannels: 4 });
    expect(conv()).toMatchObject({ outChannels: 4, groups: 1 });
    expect(actions().notice).toMatchObject({
      code: 'moved',
      values: { attribute: 'groups', from: '3', to: '1', count: 1 },
    });
  });

  it('takes the notice back with a change that moves nothing', () => {
    actions().setConv({ groups: 3 });
    actions().setConv({ outChannels: 4 });
    actions().setConv({ stride: [2, 2] });
    expect(actions().notice).toBeNull();
  });

  it('is looked at through the same part of its photo, and another photo is seen whole, also by undo', () => {
    const near = { scale: 4, x: 0.5, y: 0.25 };
    const zoom = () => store.getState().workspace.view.zoom;
    actions().setView({ zoom: near });
    actions().setConv({ stride: [2, 2] });
    actions().setInput({ workingSize: 64 });
    expect(zoom()).toEqual(near);
    actions().setInput({ photo: { kind: 'sample', name: 'coffee' } });
    expect(zoom().scale).toBe(1);
    actions().setView({ zoom: near });
    actions().undo();
    expect(zoom().scale).toBe(1);
  });

  it('follows the channels of the photo and says so', () => {
    actions().setInput({ channels: 'grey' });
    expect(conv().inChannels).toBe(1);
    expect(actions().notice?.values).toMatchObject({ attribute: 'in_channels', from: '3', to: '1' });
    expect(store.getState().workspace.graph.nodes[0]?.operator).toEqual({ kind: 'input', channels: 1 });
  });

  it('changes groups with the channels if it must: 3 groups of rgb make 1 group of rgba', () => {
    actions().setConv({ groups: 3 });
    actions().setInput({ channels: 'rgba' });
    expect(conv()).toMatchObject({ inChannels: 4, groups: 1 });
    expect(actions().notice?.values).toMatchObject({ attribute: 'in_channels, groups', from: '3, 3', to: '4, 1' });
  });

  it('shrinks with a picture that is too small for it, in the same step of undo', () => {
    actions().setConv({ padding: 'valid', kernelSize: [15, 15] });
    actions().setInput({ workingSize: 16 });
    inputSize = [10, 16];
    actions().fitToInput();
    expect(conv().kernelSize).toEqual([10, 10]);
    expect(actions().notice?.code).toBe('moved');
    actions().undo();
    expect(conv().kernelSize).toEqual([15, 15]);
    expect(store.getState().workspace.input.workingSize).toBeNull();
  });

  it('takes a pasted layer of one channel with a grey photo, and keeps the filters', () => {
    actions().replaceLayer({ ...defaultConv, inChannels: 1, outChannels: 4, kernelSize: [5, 5] }, 'relu');
    expect(store.getState().workspace.input.channels).toBe('grey');
    expect(conv()).toMatchObject({ inChannels: 1, outChannels: 4, kernelSize: [5, 5] });
    expect(names()).toEqual(['sobel_x', 'sobel_y', 'laplacian', 'gaussian']);
    expect(store.getState().workspace.graph.nodes[2]?.operator).toEqual({ kind: 'activation', function: 'relu' });
  });

  it('says what a pasted layer changes beside itself: the channels of the photo, the activation, or both', () => {
    actions().replaceLayer({ ...defaultConv, inChannels: 4 }, 'none');
    expect(actions().notice).toMatchObject({
      code: 'layer-channels',
      values: { present: 'rgb', channels: 'rgba', inChannels: 4 },
    });
    actions().replaceLayer({ ...defaultConv, inChannels: 1 }, 'relu');
    expect(actions().notice?.code).toBe('layer-channels-activation');
    actions().replaceLayer({ ...defaultConv, inChannels: 1 }, 'none');
    expect(actions().notice).toMatchObject({
      code: 'layer-activation',
      values: { formerly: 'relu', activation: 'none' },
    });
    actions().replaceLayer({ ...defaultConv, inChannels: 1, stride: [2, 2] }, 'none');
    expect(actions().notice).toBeNull();
  });

  it('keeps the channels for a pasted layer of 64, which no photo has, and says so', () => {
    actions().replaceLayer({ ...defaultConv, inChannels: 64 }, 'none');
    expect(conv().inChannels).toBe(3);
    expect(actions().notice?.values).toMatchObject({ attribute: 'in_channels', from: '64', to: '3' });
  });
});

describe('changes of one attribute by different controls', () => {
  it('are steps of their own, however soon they follow', () => {
    actions().setConv({ padding: { top: 2, bottom: 1, left: 1, right: 1 } }, 'top');
    actions().setConv({ padding: { top: 3, bottom: 1, left: 1, right: 1 } }, 'top');
    actions().setConv({ padding: { top: 3, bottom: 1, left: 4, right: 1 } }, 'left');
    actions().setConv({ paddingMode: 'reflect' });
    actions().undo();
    expect(conv()).toMatchObject({ paddingMode: 'zeros', padding: { top: 3, left: 4 } });
    actions().undo();
    expect(conv().padding).toMatchObject({ top: 3, left: 1 });
    actions().undo();
    expect(conv().padding).toEqual(defaultConv.padding);
  });
});

describe('the filters', () => {
  it('grow on with the classic mix and shrink to the first', () => {
    const nine = filters();
    actions().setConv({ outChannels: 12 });
    expect(filters().slice(0, 9)).toEqual(nine);
    rest();
    actions().setConv({ outChannels: 2 });
    expect(names()).toEqual(['sobel_x', 'sobel_y']);
  });

  it('divide the half circle anew when a Gabor bank grows from 9 to 16', () => {
    actions().setBank('gabor');
    actions().setConv({ outChannels: 16 });
    expect(filters().map(({ recipe }) => recipe)).toEqual(
      Array.from({ length: 16 }, (_, index) => ({ kind: 'gabor', index, of: 16 })),
    );
  });

  it('of a learned bank come in the size and number that they were learned with, in one step that says so', () => {
    actions().setBank('face');
    expect(focusedConv(store.getState().workspace)).toMatchObject({ outChannels: 32, kernelSize: [7, 7] });
    expect(filters().map(({ recipe }) => recipe)).toEqual(
      Array.from({ length: 32 }, (_, index) => ({ kind: 'learned', bank: 'face', index })),
    );
    expect(store.getState().notice).toMatchObject({
      code: 'bank-stride',
      values: { changes: 'kernel_size 3 → 7, out_channels 9 → 32', stride: '2' },
    });
    actions().undo();
    expect(focusedConv(store.getState().workspace)).toMatchObject({ outChannels: 9, kernelSize: [3, 3] });
    // At the stride of its training there is nothing more to tell.
    actions().setConv({ stride: [2, 2] });
    actions().setBank('posenet');
    expect(store.getState().notice).toMatchObject({
      code: 'bank',
      values: { changes: 'out_channels 9 → 24' },
    });
    expect(focusedConv(store.getState().workspace).stride).toEqual([2, 2]);
    actions().undo();
    // A layer of another depth keeps its shape: the bank is fitted to it.
    actions().setInput({ channels: 'grey' });
    actions().setBank('face');
    expect(focusedConv(store.getState().workspace)).toMatchObject({ outChannels: 9, kernelSize: [3, 3] });
  });

  it('grow on with the same seed', () => {
    actions().setBank('random', 42);
    actions().setConv({ outChannels: 11 });
    expect(filters()[10]?.recipe).toEqual({ kind: 'random', distribution: 'he', seed: 42, index: 10 });
  });

  it('keep their distribution when they are drawn again, with a new seed each time', () => {
    actions().setFilter('all', { recipe: { kind: 'random', distribution: 'uniform', seed: 7, index: 0 } });
    actions().setBank('random');
    expect(filters()[3]?.recipe).toEqual({ kind: 'random', distribution: 'uniform', seed: 1, index: 3 });
    actions().setBank('random');
    expect(filters()[3]?.recipe).toMatchObject({ seed: 2 });
  });

  it('grow with the same filter where all are the same', () => {
    actions().setFilter('all', { recipe: { kind: 'named', name: 'box' }, flip: true });
    actions().setConv({ outChannels: 10 });
    expect(filters()[9]).toEqual({
      recipe: { kind: 'named', name: 'box' },
      flip: true,
      transpose: false,
      normalise: 'none',
    });
  });

  it('are what is seen when they are edited by hand: nothing is done to them any more', () => {
    actions().setFilter(1, { flip: true, normalise: 'l1' });
    actions().editFilter(1, new Float32Array(27), 'drag 1');
    expect(filters()[1]).toEqual({
      recipe: { kind: 'custom', hash: 'f'.repeat(64), shape: [3, 3, 3] },
      flip: false,
      transpose: false,
      normalise: 'none',
    });
    expect(() => actions().editFilter(1, new Float32Array(9), 'drag 2')).toThrow(RangeError);
  });

  it('have a bias each, set one by one or all at once', () => {
    actions().setBias(2, 0.5);
    expect(focusedWeights(store.getState().workspace).bias).toEqual([0, 0, 0.5, 0, 0, 0, 0, 0, 0]);
    actions().setBias('all', -1);
    expect(new Set(focusedWeights(store.getState().workspace).bias)).toEqual(new Set([-1]));
  });
});

describe('undo', () => {
  it('takes back a burst of changes of one thing at once, and changes after a pause one by one', () => {
    for (const size of [4, 5, 6]) actions().setConv({ kernelSize: [size, size] });
    rest();
    actions().setConv({ kernelSize: [7, 7] });
    actions().undo();
    expect(conv().kernelSize).toEqual([6, 6]);
    actions().undo();
    expect(conv().kernelSize).toEqual([3, 3]);
    expect(actions().canUndo).toBe(false);
  });

  it('keeps changes of different things apart, however quick', () => {
    actions().setConv({ kernelSize: [5, 5] });
    actions().setConv({ stride: [2, 2] });
    actions().undo();
    expect(conv()).toMatchObject({ kernelSize: [5, 5], stride: [1, 1] });
  });

  it('takes back a gesture at once, however slow', () => {
    actions().beginGesture();
    for (const stride of [2, 3, 4]) {
      rest();
      actions().setConv({ stride: [stride, stride] });
    }
    actions().endGesture();
    actions().setConv({ stride: [5, 5] });
    actions().undo();
    expect(conv().stride).toEqual([4, 4]);
    actions().undo();
    expect(conv().stride).toEqual([1, 1]);
  });

  it('has nothing to take back when a drag ends where it began, and the drag has lost nothing', () => {
    const before = store.getState().workspace;
    actions().beginGesture();
    for (const outChannels of [6, 1, 4, 9]) actions().setConv({ outChannels });
    actions().endGesture();
    expect(store.getState().workspace).toEqual(before);
    expect(actions().canUndo).toBe(false);
  });

  it('takes back the edits of one gesture at once', () => {
    const before = filters();
    for (const value of [1, 2, 3]) actions().editFilter(0, new Float32Array(27).fill(value), 'drag 1');
    actions().undo();
    expect(filters()).toEqual(before);
  });

  it('takes back the edits of several filters in one gesture at once', () => {
    const before = filters();
    for (const value of [1, 2]) {
      const values = new Float32Array(27).fill(value);
      actions().editFilters(
        new Map([
          [0, values],
          [3, values],
        ]),
        'drag 1',
      );
    }
    expect(filters()[3]?.recipe.kind).toBe('custom');
    actions().undo();
    expect(filters()).toEqual(before);
  });

  it('leaves the view alone', () => {
    actions().setConv({ stride: [2, 2] });
    actions().setView({ colourMap: 'viridis' });
    actions().undo();
    expect(store.getState().workspace.view.colourMap).toBe('viridis');
    expect(actions().canUndo).toBe(false);
  });

  it('closes the map that the shrunken layer no longer has', () => {
    actions().setView({ opened: 8, filter: 8 });
    actions().setConv({ outChannels: 3 });
    expect(store.getState().workspace.view).toMatchObject({ opened: null, filter: 2 });
  });

  it('brings back the previous work, view and all, after opening another', () => {
    actions().setConv({ stride: [3, 3] });
    actions().setView({ sort: 'energy' });
    const before = store.getState().workspace;
    actions().open(defaultWorkspace());
    expect(store.getState().workspace).toEqual(defaultWorkspace());
    actions().undo();
    expect(store.getState().workspace).toEqual(before);
    actions().redo();
    expect(store.getState().workspace).toEqual(defaultWorkspace());
  });

  it('remembers 200 steps', () => {
    for (let i = 0; i < 250; i++) actions().setActivation(i % 2 === 0 ? 'relu' : 'tanh');
    let steps = 0;
    for (; actions().canUndo; steps++) actions().undo();
    expect(steps).toBe(200);
  });
});

describe('laws', () => {
  const sequences = fc.array(fc.tuple(act, fc.integer({ min: 0, max: 2000 })), { maxLength: 12 });

  it('undoing everything leads back to the start, and redoing everything to the end', () => {
    fc.assert(
      fc.property(sequences, (acts) => {
        store = createStore();
        const start = store.getState().workspace;
        for (const [[, run], pause] of acts) {
          time += pause;
          run(store);
        }
        const end = store.getState().workspace;
        while (actions().canUndo) actions().undo();
        expect(withoutView(store.getState().workspace)).toEqual(withoutView(start));
        while (actions().canRedo) actions().redo();
        expect(withoutView(store.getState().workspace)).toEqual(withoutView(end));
      }),
      { numRuns: 200 },
    );
  });

  it('after any actions the layer has an output, as many filters and biases as maps, and the channels of the photo', () => {
    fc.assert(
      fc.property(sequences, (acts) => {
        store = createStore();
        for (const [[, run]] of acts) {
          run(store);
          const { workspace } = store.getState();
          const layer = focusedConv(workspace);
          const weights = focusedWeights(workspace);
          expect(weights.filters).toHaveLength(layer.outChannels);
          expect(weights.bias).toHaveLength(layer.outChannels);
          expect(layer.inChannels).toBe(channelCounts[workspace.input.channels]);
          expect(workspace.view.filter).toBeLessThan(layer.outChannels);
          const shapes = inferShapes(workspace.graph, { input: [1, layer.inChannels, 300, 451] });
          expect(shapes.ok).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });
});
