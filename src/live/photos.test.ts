/** Photos on their way in: what stands in for one that is gone, what a frozen frame keeps, what is said of a wrong name. */
import { describe, expect, it, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { OpenPhoto, PhotoDesk, PictureRequest } from '../formats/image/photoDesk.ts';
import { createBlobStore } from '../store/blobs.ts';
import { defaultWorkspace } from '../store/defaultWorkspace.ts';
import { memoryKeyValue } from '../store/keyValue.ts';
import { createWorkspaceStore } from '../store/workspaceStore.ts';
import { createCameraDesk } from './cameraDesk.ts';
import { createFileDesk } from './fileDesk.ts';
import { createPictureKeeper } from './pictureKeeper.ts';
import { firstResults, type Problem, type ResultsState } from './results.ts';

const ready: ResultsState = {
  ...firstResults,
  engine: { status: 'ready', kind: 'cpu', device: '', isFallback: false, reason: null },
};

type Size = Pick<OpenPhoto, 'fullWidth' | 'fullHeight'>;

/** A desk that takes every file for a JPEG of this size, and makes pictures of 40 x 20 of it. */
function fakeDesk(size: Size) {
  let id = 0;
  const asked: (PictureRequest & { readonly photo: number })[] = [];
  const desk = {
    open: async () => {
      id += 1;
      const photo: OpenPhoto = { id, ...size, opaque: true, format: 'JPEG' };
      return { ok: true, value: photo };
    },
    picture: async (photo: number, request: PictureRequest) => {
      asked.push({ ...request, photo });
      const rgba = new Uint8ClampedArray(40 * 20 * 4);
      const channels = request.channels === 'grey' ? 1 : 3;
      const values = new Float32Array(channels * 40 * 20);
      return { rgba, width: 40, height: 20, ...size, values, channels };
    },
    close: async () => undefined,
  } as unknown as PhotoDesk;
  return { desk, asked };
}

function setUp(
  fetchSample: (name: string) => Promise<Blob> = async () => new Blob(['cat']),
  size: Size = { fullWidth: 40, fullHeight: 20 },
) {
  const results = createStore<ResultsState>(() => ready);
  const onProblem = (problem: Problem | null) => results.setState({ problem });
  const blobs = createBlobStore({ keyValue: memoryKeyValue(), onProblem: () => undefined });
  const workspace = createWorkspaceStore({ initial: defaultWorkspace(), blobs, inputSize: () => [20, 40] });
  const { desk, asked } = fakeDesk(size);
  const pictures = createPictureKeeper({ workspace, results, desk, blobs, fetchSample, onPicture: () => undefined });
  const camera = createCameraDesk({ pictures, onProblem });
  const files = createFileDesk({ workspace, blobs, pictures, camera, inputSize: () => [20, 40], onProblem });
  const input = () => workspace.getState().workspace.input;
  return { results, workspace, pictures, files, asked, input };
}

const gone = { kind: 'file', hash: 'f'.repeat(64), name: 'gone.jpg' } as const;

describe('a photo that is gone', () => {
  it('is told of, and the sample stands in before the first picture', async () => {
    const fetchSample = vi.fn(async (_: string) => new Blob(['cat']));
    const { workspace, results, asked, pictures } = setUp(fetchSample);
    workspace.getState().setInput({ photo: gone });
    await vi.waitFor(() => expect(results.getState().picture).not.toBeNull());
    expect(fetchSample).toHaveBeenCalledWith('cat');
    expect(results.getState().problem).toEqual({ kind: 'photo', code: 'missing', values: { name: 'gone.jpg' } });
    // What is chosen about the input holds for the stand-in too, and a sentence that was dismissed stays away.
    results.setState({ problem: null });
    workspace.getState().setInput({ channels: 'grey' });
    await vi.waitFor(() => expect(results.getState().picture?.channels).toBe(1));
    expect(asked.map(({ photo }) => photo)).toEqual([1, 1]);
    expect(results.getState().problem).toBeNull();
    pictures.dispose();
  });

  it('leaves the picture on the screen where there is one', async () => {
    const { workspace, results, files, asked, pictures } = setUp();
    await files.open(new File(['mine'], 'mine.jpg'));
    await vi.waitFor(() => expect(results.getState().picture?.name).toBe('mine.jpg'));
    const before = asked.length;
    workspace.getState().setInput({ photo: gone });
    await vi.waitFor(() => expect(asked.length).toBeGreaterThan(before));
    expect(asked.at(-1)?.photo).toBe(1);
    expect(results.getState().problem?.code).toBe('missing');
    pictures.dispose();
  });

  it('is said in other words when it is a sample that the server does not give', async () => {
    const { results, pictures } = setUp(() => Promise.reject(new Error('offline')));
    pictures.refresh();
    await vi.waitFor(() => expect(results.getState().problem?.code).toBe('sample-not-loaded'));
    pictures.dispose();
  });
});

describe('a new photo', () => {
  it('gets its own first choice of size; a frozen frame keeps the size at which it was seen', async () => {
    const { workspace, files, input, pictures } = setUp();
    workspace.getState().setInput({ workingSize: 32 });
    await files.keepFrame(new File(['frame'], 'camera.png'));
    expect(input()).toMatchObject({ workingSize: 32, photo: { kind: 'file', name: 'camera.png' } });
    await files.open(new File(['photo'], 'photo.jpg', { type: 'image/jpeg' }));
    expect(input().workingSize).toBeNull();
    pictures.dispose();
  });

  it('is opened although its name is wrong, and that is said', async () => {
    const { workspace, files, input, pictures } = setUp();
    await files.open(new File(['photo'], 'right.jpg', { type: 'image/jpeg' }));
    expect(workspace.getState().notice?.code).not.toBe('mislabelled');
    await files.open(new File(['photo'], 'wrong.png', { type: 'image/png' }));
    expect(input().photo).toMatchObject({ name: 'wrong.png' });
    expect(workspace.getState().notice).toMatchObject({
      code: 'mislabelled',
      values: { name: 'wrong.png', claimed: 'PNG', found: 'JPEG' },
    });
    pictures.dispose();
  });
});

describe('a new working size', () => {
  it('is said to be on its way from the change until its picture is there', async () => {
    const { workspace, results, pictures } = setUp();
    pictures.refresh();
    await vi.waitFor(() => expect(results.getState().pictureBusy).toBe(false));
    const former = results.getState().picture;
    workspace.getState().setInput({ workingSize: 24 });
    expect(results.getState()).toMatchObject({ pictureBusy: true });
    await vi.waitFor(() => expect(results.getState().pictureBusy).toBe(false));
    expect(results.getState().picture).not.toBe(former);
    pictures.dispose();
  });

  it('that nobody has chosen grows with what the network is told to read, and goes back with it', async () => {
    const { workspace, results, pictures, asked } = setUp(undefined, { fullWidth: 900, fullHeight: 600 });
    const change = workspace.getState().setNetwork;
    const sizes = async () => {
      await vi.waitFor(() => expect(results.getState().pictureBusy).toBe(false));
      return asked.map(({ workingSize }) => workingSize);
    };
    pictures.refresh();
    expect(await sizes()).toEqual([256]);
    // The shorter side of the photo is the square's.
    change(null, (now) => ({ ...now, input: { size: 224, crop: 'square' } }));
    expect(await sizes()).toEqual([256, 336]);
    change(null, (now) => ({ ...now, input: { size: 224, crop: 'whole' } }));
    expect(await sizes()).toEqual([256, 336, 256]);
    change(null, (now) => ({ ...now, levers: { ...now.levers, size: 512 } }));
    expect(await sizes()).toEqual([256, 336, 256, 512]);
    // As far as the photo goes, and not against a person's choice.
    change(null, (now) => ({ ...now, levers: { ...now.levers, size: 1000 } }));
    expect(await sizes()).toEqual([256, 336, 256, 512, 900]);
    workspace.getState().setInput({ workingSize: 128 });
    expect(await sizes()).toEqual([256, 336, 256, 512, 900, 128]);
    change(null, (now) => ({ ...now, levers: { ...now.levers, size: null } }));
    expect(await sizes()).toEqual([256, 336, 256, 512, 900, 128]);
    pictures.dispose();
  });
});
