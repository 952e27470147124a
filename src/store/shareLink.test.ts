import fc from 'fast-check';
import { deflateSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { createBlobStore } from './blobs.ts';
import { defaultWorkspace } from './defaultWorkspace.ts';
import { memoryKeyValue } from './keyValue.ts';
import { toBase64Url } from './share/binary.ts';
import { isShareLink } from './share/isShareLink.ts';
import { longestLink, readShareLink, writeShareLink } from './shareLink.ts';
import { workspace } from './testing/random.ts';
import type { Workspace } from './workspace.ts';
import { createWorkspaceStore } from './workspaceStore.ts';

function createBlobs() {
  return createBlobStore({ keyValue: memoryKeyValue(), onProblem: () => undefined });
}

async function hashOf(state: Workspace, blobs = createBlobs()): Promise<string> {
  const shared = await writeShareLink(state, blobs);
  if (shared.kind !== 'link') throw new Error(`${shared.bytes} bytes`);
  return shared.hash;
}

async function opened(hash: string) {
  const read = await readShareLink(hash);
  if (!read.ok) throw new Error(read.error.code);
  return read.value;
}

/** A packet as the format describes it, written by hand. */
function packet(text: string, ...blobs: readonly number[]): string {
  const json = new TextEncoder().encode(text);
  const bytes = Uint8Array.from([json.length & 255, json.length >> 8, 0, 0, ...json, ...blobs]);
  return `#v1=${toBase64Url(deflateSync(bytes))}`;
}

describe('a share link', () => {
  it('of the opening state is a few characters', async () => {
    const hash = await hashOf(defaultWorkspace());
    expect(hash.length).toBeLessThan(20);
    expect((await opened(hash)).workspace).toEqual(defaultWorkspace());
  });

  it('of an ordinary layer has less than 300 characters', async () => {
    const store = createWorkspaceStore({
      initial: defaultWorkspace(),
      blobs: createBlobs(),
      inputSize: () => [300, 451],
    });
    store.getState().setConv({ outChannels: 16, kernelSize: [7, 7], stride: [2, 2], dilation: [2, 2] });
    store.getState().setBank('gabor');
    store.getState().setActivation('relu');
    store.getState().setInput({ photo: { kind: 'sample', name: 'black-canyon' }, range: 'imagenet' });
    store.getState().setView({ sort: 'energy', opened: 3 });
    const { workspace } = store.getState();
    const hash = await hashOf(workspace);
    expect(hash.length).toBeLessThan(300);
    expect((await opened(hash)).workspace).toEqual(workspace);
  });

  it('brings back any state, with the sample in place of an own photo', async () => {
    await fc.assert(
      fc.asyncProperty(workspace, async (state) => {
        const shared = await writeShareLink(state, createBlobs());
        if (shared.kind !== 'link') throw new Error(`${shared.bytes} bytes`);
        const own = state.input.photo.kind === 'file' ? state.input.photo : null;
        const read = await opened(shared.hash);
        const photo = own ? defaultWorkspace().input.photo : state.input.photo;
        expect(read.workspace).toEqual({ ...state, input: { ...state.input, photo } });
        expect(shared.withoutPhoto).toBe(own !== null);
        expect(read.missingPhoto).toBe(own?.name ?? null);
      }),
      { numRuns: 200 },
    );
  });

  it('carries filters edited by hand, bit by bit', async () => {
    const blobs = createBlobs();
    const store = createWorkspaceStore({ initial: defaultWorkspace(), blobs, inputSize: () => [300, 451] });
    const values = Float32Array.from({ length: 27 }, (_, i) => Math.sin(i) / 3);
    store.getState().editFilter(4, values, 'drag');
    store.getState().editFilter(7, values, 'drag');
    store.getState().editFilter(0, new Float32Array(27), 'drag');
    const hash = await hashOf(store.getState().workspace, blobs);
    expect(hash.length).toBeLessThan(600);
    const read = await opened(hash);
    expect(read.workspace).toEqual(store.getState().workspace);
    expect(read.blobs.map((bytes) => new Float32Array(bytes.slice().buffer))).toEqual([new Float32Array(27), values]);
  });

  it('carries what was painted on a sample: a stroke of 400 pixels on 451 x 300', async () => {
    const blobs = createBlobs();
    const rgba = new Uint8Array(451 * 300 * 4);
    for (let y = 0; y < 100; y++) rgba.fill(200, (y * 451 + 50 + y) * 4, (y * 451 + 54 + y) * 4);
    const painting = { hash: blobs.putNow(rgba), width: 451, height: 300 };
    const state = defaultWorkspace();
    const painted = { ...state, input: { ...state.input, painting } };
    const hash = await hashOf(painted, blobs);
    expect(hash.length).toBeLessThan(600);
    const read = await opened(hash);
    expect(read.workspace).toEqual(painted);
    expect(read.blobs.map((bytes) => Buffer.compare(bytes, rgba))).toEqual([0]);
  });

  it('leaves out what was painted on an own photo, with the photo', async () => {
    const blobs = createBlobs();
    const state = defaultWorkspace();
    const painting = { hash: blobs.putNow(new Uint8Array(16)), width: 2, height: 2 };
    const photo = { kind: 'file', hash: 'a'.repeat(64), name: '고양이.jpg' } as const;
    const read = await opened(await hashOf({ ...state, input: { ...state.input, photo, painting } }, blobs));
    expect(read.workspace.input).toEqual(state.input);
    expect(read).toMatchObject({ blobs: [], missingPhoto: '고양이.jpg' });
  });

  it('is too large beyond 8192 characters: 64 filters of 3 x 7 x 7 unlike numbers', async () => {
    const blobs = createBlobs();
    const store = createWorkspaceStore({ initial: defaultWorkspace(), blobs, inputSize: () => [300, 451] });
    store.getState().setConv({ kernelSize: [7, 7], outChannels: 64 });
    for (let filter = 0; filter < 64; filter++) {
      store.getState().editFilter(
        filter,
        Float32Array.from({ length: 147 }, (_, i) => Math.sin(i * 997 + filter)),
        'g',
      );
    }
    const shared = await writeShareLink(store.getState().workspace, blobs);
    if (shared.kind !== 'too-large') throw new Error('fits');
    expect(shared.bytes).toBeGreaterThan(longestLink);
  });
});

describe('reading a link', () => {
  const refusal = async (hash: string) => {
    const read = await readShareLink(hash);
    return read.ok ? null : read.error.code;
  };

  it('tells links from other hashes', () => {
    expect(isShareLink('#v1=abc')).toBe(true);
    expect(isShareLink('#v23=')).toBe(true);
    expect(isShareLink('#main')).toBe(false);
    expect(isShareLink('')).toBe(false);
  });

  it('refuses a newer version as newer', async () => {
    expect(await refusal('#v2=abc')).toBe('link-newer');
  });

  it('refuses a cut link', async () => {
    const whole = await hashOf({ ...defaultWorkspace(), view: { ...defaultWorkspace().view, sort: 'energy' } });
    for (let length = 0; length < whole.length - 1; length++) {
      expect(await refusal(whole.slice(0, length))).toBe('link-unreadable');
    }
  });

  it('refuses a link that holds 6 MB of zeros and no state', async () => {
    expect(await refusal(`#v1=${toBase64Url(deflateSync(new Uint8Array(6e6)))}`)).toBe('link-unreadable');
  });

  it('refuses painting whose runs are not as many pixels as its size', async () => {
    const text = '{"input":{"painting":{"width":4,"height":4}},"blobs":[5]}';
    expect(await refusal(packet(text, 15, 1, 2, 3, 4))).toBe('link-unreadable');
    expect((await opened(packet(text, 16, 1, 2, 3, 4))).workspace.input.painting).toMatchObject({
      width: 4,
      height: 4,
    });
  });

  it('takes the default for what it does not understand and the nearest for what is out of range', async () => {
    const text = '{"conv":{"kernelSize":[99,2.2],"paddingMode":"mirror","new":1},"filters":"3*box what","view":7}';
    const { workspace: read } = await opened(packet(text));
    expect(read.graph.nodes[1]?.operator).toMatchObject({ kernelSize: [15, 2], paddingMode: 'zeros' });
    expect(read.weights.conv?.filters.map(({ recipe }) => ('name' in recipe ? recipe.name : recipe.kind))).toEqual([
      ...['box', 'box', 'box', 'gaussian', 'sharpen', 'emboss', 'gabor', 'gabor', 'gabor'],
    ]);
    expect(read.view).toEqual(defaultWorkspace().view);
  });

  it('never rejects, whatever the hash', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), fc.base64String(), async (any, base64) => {
        for (const hash of [any, `#v1=${any}`, `#v1=${base64}`]) await readShareLink(hash);
      }),
    );
  });

  it('gives a workspace for any JSON in a packet', async () => {
    await fc.assert(
      fc.asyncProperty(fc.json(), async (text) => {
        const json = new TextEncoder().encode(text);
        fc.pre(json.length < 1000);
        const read = await readShareLink(packet(text));
        const isRecord = /^\s*\{/.test(text);
        expect(read.ok).toBe(isRecord);
      }),
    );
  });
});
