/** A saved file is about what the person has chosen last, not about what happens to be on the screen. */
import { describe, expect, it, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { Engine, MapStatistics, RunRequest } from '../engine/engine.ts';
import { createBlobStore } from '../store/blobs.ts';
import { defaultWorkspace } from '../store/defaultWorkspace.ts';
import { memoryKeyValue } from '../store/keyValue.ts';
import { createWorkspaceStore } from '../store/workspaceStore.ts';
import { makeExport, makePicture, NoMapsError } from './exports.ts';
import { firstResults, type Output, type Picture, type ResultsState } from './results.ts';
import type { CameraState, Session } from './session.ts';

const pictureOf = (side: number, name = 'cat'): Picture => ({
  rgba: new Uint8ClampedArray(4 * side * side),
  width: side,
  height: side,
  fullWidth: side,
  fullHeight: side,
  values: new Float32Array(3 * side * side),
  channels: 3,
  name,
  opaque: true,
});

function setUp() {
  const blobs = createBlobStore({ keyValue: memoryKeyValue(), onProblem: () => undefined });
  const workspace = createWorkspaceStore({ initial: defaultWorkspace(), blobs, inputSize: () => [8, 8] });
  const uploads: number[] = [];
  const requests: RunRequest[] = [];
  const tensor = (shape: readonly number[]) => ({ shape, isFreed: false, free: () => undefined });
  const row: MapStatistics = { min: 0, max: 1, mean: 0, energy: 0, sparsity: 0, p1: 0, p99: 1 };
  const engine = {
    upload: async (values: Float32Array, shape: readonly number[]) => {
      uploads.push(values.length);
      return tensor(shape);
    },
    run: async (request: RunRequest) => {
      requests.push(request);
      const tensors = Object.fromEntries(request.outputs.map((id) => [id, tensor([1, 9, 8, 8])]));
      return { tensors, programs: ['window k3 s1 P4C4'] };
    },
    statistics: async () => Array.from({ length: 9 }, () => row),
    read: async () => new Float32Array(64),
    description: { kind: 'webgpu' },
  } as unknown as Engine;
  const { graph, focus } = workspace.getState().workspace;
  const values = { weight: new Float32Array(9 * 27), bias: new Float32Array(9) };
  const outputOf = (picture: Picture): Output =>
    ({ graph, parameters: { [focus]: values }, picture, shape: [1, 9, 8, 8] }) as unknown as Output;
  const picture = pictureOf(8);
  const results = createStore<ResultsState>(() => ({
    ...firstResults,
    running: engine,
    picture,
    filters: { values, labels: [] },
    filtersStatus: 'current',
    output: outputOf(picture),
  }));
  const camera = createStore<CameraState>(() => ({ status: 'off', source: null }));
  const session = { workspace, results, camera } as unknown as Session;
  return { session, results, camera, workspace, blobs, uploads, requests, outputOf };
}

/** Whether the promise has settled once everything that waits for nothing else has run. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  promise.then(
    () => (settled = true),
    () => (settled = true),
  );
  await new Promise((resolve) => setTimeout(resolve));
  return settled;
}

describe('an export', () => {
  it('waits for the picture of a new working size and for its maps', async () => {
    const { session, results, blobs, uploads, outputOf } = setUp();
    results.setState({ pictureBusy: true });
    const saved = makeExport('csv', session, blobs);
    expect(await isSettled(saved)).toBe(false);
    const picture = pictureOf(16);
    results.setState({ picture });
    results.setState({ busy: true });
    results.setState({ pictureBusy: false });
    expect(await isSettled(saved)).toBe(false);
    results.setState({ output: outputOf(picture) });
    results.setState({ busy: false });
    expect((await saved).name).toBe('cat-statistics.csv');
    expect(uploads).toEqual([3 * 16 * 16]);
  });

  it('is computed exactly, also of maps that a fast run has left on the screen', async () => {
    const { session, results, blobs, requests } = setUp();
    results.setState(({ output }) => ({ output: { ...output!, precision: 'fast' } }));
    for (const kind of ['csv', 'npz'] as const) await makeExport(kind, session, blobs);
    expect(requests.map(({ precision }) => precision)).toEqual(['exact', 'exact']);
  });

  it('waits for filters that are being fetched', async () => {
    const { session, results, blobs } = setUp();
    results.setState({ filtersStatus: 'coming' });
    const saved = makeExport('csv', session, blobs);
    expect(await isSettled(saved)).toBe(false);
    results.setState({ filtersStatus: 'current' });
    // The run begins before anybody else has his turn.
    results.setState({ busy: true });
    expect(await isSettled(saved)).toBe(false);
    results.setState({ busy: false });
    await saved;
  });

  it('is refused where the newest state could not be computed', async () => {
    const { session, results, blobs, workspace } = setUp();
    results.setState({ picture: pictureOf(16) });
    await expect(makeExport('npz', session, blobs)).rejects.toThrow(NoMapsError);
    const words = vi.fn(() => null);
    await expect(makePicture(session, words)).rejects.toThrow(NoMapsError);
    expect(words).not.toHaveBeenCalled();
    results.setState({ picture: results.getState().output!.picture, filtersStatus: 'missing' });
    await expect(makeExport('pytorch', session, blobs)).rejects.toThrow(NoMapsError);
    // The state itself can be taken home all the same.
    expect((await makeExport('json', session, blobs)).name).toBe(
      `${workspace.getState().workspace.input.photo.name}.json`,
    );
  });

  it('takes what is there while a camera is live', async () => {
    const { session, results, camera, blobs } = setUp();
    results.setState({ busy: true, picture: pictureOf(8, 'camera') });
    camera.setState({ status: 'live', source: 'camera' });
    await makeExport('csv', session, blobs);
  });

  it('names its maps in the statistics, and its .npz in the script', async () => {
    const { session, blobs } = setUp();
    const csv = (await (await makeExport('csv', session, blobs)).text()).split('\r\n');
    expect(csv[0]).toMatch(/^channel,name,/);
    expect(csv.slice(1, -1).map((line) => line.split(',')[0])).toEqual([...Array(9).keys()].map(String));
    expect(csv[1]?.split(',')[1]).toMatch(/[a-z]/);
    const script = await makeExport('pytorch', session, blobs);
    expect(script.name).toBe('cat-pytorch.py');
    expect(await script.text()).toContain('"cat.npz"');
  });
});
