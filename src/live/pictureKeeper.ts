/**
 * Keeps `results.picture` in step with the workspace's input: photo, working size, ground, painting, channels and range. Photos are
 * opened and resampled on the photo desk (a worker). While a camera or video is live, its frames take the photo's place.
 */
import type { FrameSource } from '../formats/image/frames.ts';
import type { PhotoError } from '../formats/image/photo.ts';
import type { OpenPhoto, PhotoDesk, PictureRequest, PictureTensor } from '../formats/image/photoDesk.ts';
import type { Painting } from '../formats/image/workingPicture.ts';
import { firstWorkingSize, workingSizeFor } from '../formats/image/workingSize.ts';
import type { Result } from '../operators/operator.ts';
import type { BlobStore } from '../store/blobs.ts';
import { defaultInput } from '../store/defaultWorkspace.ts';
import type { NetworkState } from '../store/network.ts';
import type { InputState, PhotoSource, Workspace } from '../store/workspace.ts';
import type { WorkspaceStore } from '../store/workspaceStore.ts';
import { sampleFormat } from './fetchSample.ts';
import type { Picture, ResultsStore } from './results.ts';

interface PictureKeeperOptions {
  readonly workspace: WorkspaceStore;
  readonly results: ResultsStore;
  readonly desk: PhotoDesk;
  readonly blobs: BlobStore;
  readonly fetchSample: (name: string) => Promise<Blob>;
  readonly onPicture: () => void;
}

export interface PictureKeeper {
  /** Opens a file on the desk without showing it: whether it is a photo, and which. */
  open(file: Blob): Promise<Result<OpenPhoto, PhotoError>>;
  /** A photo that was opened already and now belongs to the content hash: it is not decoded again. */
  adopt(hash: string, photo: OpenPhoto): void;
  /** Shows the frames of a source until it ends or `stopFrames` is called. */
  showFrames(source: FrameSource): Promise<void>;
  stopFrames(): void;
  /** A copy of the next frame at the source's own size; null when nothing is live. */
  grabFrame(): Promise<ImageBitmap | null>;
  refresh(): void;
  dispose(): void;
}

type Sized = Pick<Workspace, 'input' | 'network'>;

function keyOf(photo: PhotoSource): string {
  return photo.kind === 'sample' ? `sample/${photo.name}` : photo.hash;
}

/** Where nobody has chosen a size, a photo is made large enough for what the network is told to read. */
function sizeForNetwork({ input, levers }: NetworkState, width: number, height: number): number {
  const pixels = Math.max(input.size ?? 0, levers.size ?? 0);
  return workingSizeFor(width, height, pixels, input.crop === 'whole' ? 'longer' : 'shorter');
}

export function createPictureKeeper(options: PictureKeeperOptions): PictureKeeper {
  const { workspace, results, desk, blobs } = options;
  let open: { readonly key: string; readonly photo: OpenPhoto } | null = null;
  // Said once, not with every change of the channels.
  let missing: string | null = null;
  let frames: FrameSource | null = null;
  // Chosen once per photo: a change of engine does not change what is on the screen.
  let firstSize: { readonly key: string; readonly size: number } | null = null;
  let grab: ((frame: ImageBitmap | null) => void) | null = null;
  let isWorking = false;
  let isDirty = false;
  let isDisposed = false;

  function report(error: { readonly code: string; readonly values: Readonly<Record<string, string | number>> }): void {
    results.setState({ problem: { kind: 'photo', code: error.code, values: error.values } });
  }

  /** Another picture is there: what was wrong with an earlier file is overcome. */
  function settle(): void {
    if (results.getState().problem?.kind === 'photo') results.setState({ problem: null });
  }

  function keep(key: string, photo: OpenPhoto): void {
    if (open && open.photo.id !== photo.id) void desk.close(open.photo.id);
    open = { key, photo };
    settle();
  }

  async function bytesOf(source: PhotoSource): Promise<Blob | null> {
    if (source.kind === 'sample') return options.fetchSample(source.name);
    const bytes = await blobs.get(source.hash);
    return bytes ? new Blob([bytes.slice()]) : null;
  }

  /** A photo of the workspace on the desk; null where its bytes cannot be had. */
  async function openSource(source: PhotoSource): Promise<Result<OpenPhoto, PhotoError> | null> {
    const file = await bytesOf(source).catch(() => null);
    return file && desk.open(file, source.kind === 'sample' ? sampleFormat : undefined);
  }

  /** What is shown in place of a photo that cannot be had: what is on the screen, or the photo that the page opens with. */
  async function standIn(): Promise<OpenPhoto | null> {
    if (open) return open.photo;
    const opened = await openSource(defaultInput.photo);
    if (!opened?.ok) return null;
    open = { key: keyOf(defaultInput.photo), photo: opened.value };
    return opened.value;
  }

  /** The workspace's photo on the desk; its stand-in, with the problem said, when it cannot be had. */
  async function openedPhoto(source: PhotoSource): Promise<OpenPhoto | null> {
    const key = keyOf(source);
    if (open?.key === key) return open.photo;
    const opened = await openSource(source);
    if (!opened?.ok) {
      const lost = { code: source.kind === 'sample' ? 'sample-not-loaded' : 'missing', values: { name: source.name } };
      if (missing !== key) report(opened?.error ?? lost);
      missing = key;
      return standIn();
    }
    missing = null;
    keep(key, opened.value);
    return opened.value;
  }

  async function paintingOf(input: InputState): Promise<Painting | null> {
    if (!input.painting) return null;
    const { hash, width, height } = input.painting;
    const bytes = await blobs.get(hash);
    if (!bytes || bytes.length !== width * height * 4) return null;
    return { rgba: new Uint8ClampedArray(bytes), width, height };
  }

  function firstChoice(key: string, width: number, height: number): number {
    if (firstSize?.key === key) return firstSize.size;
    const { engine } = results.getState();
    const kind = engine.status === 'ready' ? engine.kind : 'cpu';
    const size = firstWorkingSize(width, height, kind, engine.status === 'ready' && engine.isFallback);
    firstSize = { key, size };
    return size;
  }

  function sizeOf({ input, network }: Sized, key: string, width: number, height: number): number {
    return input.workingSize ?? Math.max(firstChoice(key, width, height), sizeForNetwork(network, width, height));
  }

  async function requestFor(work: Sized, key: string, width: number, height: number): Promise<PictureRequest> {
    const { input } = work;
    return {
      workingSize: sizeOf(work, key, width, height),
      ground: input.ground,
      painting: await paintingOf(input),
      channels: input.channels,
      range: input.range,
    };
  }

  function show(made: PictureTensor, name: string, opaque: boolean): void {
    const picture: Picture = { ...made, name, opaque };
    const former = results.getState().picture;
    results.setState({ picture });
    if (former?.width !== picture.width || former.height !== picture.height) workspace.getState().fitToInput();
    options.onPicture();
  }

  async function refreshOnce(): Promise<void> {
    const work = workspace.getState().workspace;
    const { input } = work;
    const photo = await openedPhoto(input.photo);
    if (!photo || frames) return;
    const request = await requestFor(work, keyOf(input.photo), photo.fullWidth, photo.fullHeight);
    const made = await desk.picture(photo.id, request);
    if (!frames) show(made, input.photo.name, photo.opaque);
  }

  async function work(): Promise<void> {
    isWorking = true;
    while (isDirty && !isDisposed) {
      isDirty = false;
      try {
        await refreshOnce();
      } catch (error) {
        report({ code: 'damaged', values: { format: error instanceof Error ? error.message : String(error) } });
      }
    }
    isWorking = false;
    results.setState({ pictureBusy: false });
  }

  function refresh(): void {
    isDirty = true;
    if (!isDisposed) results.setState({ pictureBusy: true });
    // The size of a first choice depends on the engine: wait until it is known which one runs.
    if (!isWorking && !isDisposed && results.getState().engine.status !== 'starting') void work();
  }

  function stopFrames(): void {
    frames?.stop();
    frames = null;
    grab?.(null);
    grab = null;
  }

  function isOtherSize(now: Sized, before: Sized): boolean {
    if (!open) return false;
    const { key, photo } = open;
    const [size, former] = [now, before].map((work) => sizeOf(work, key, photo.fullWidth, photo.fullHeight));
    return size !== former;
  }

  const stopWatching = workspace.subscribe((state, former) => {
    const [now, before] = [state.workspace, former.workspace];
    if (now.input !== before.input || (now.network !== before.network && isOtherSize(now, before))) refresh();
  });

  return {
    open: (file) => desk.open(file),
    adopt: keep,
    refresh,
    async showFrames(source) {
      frames?.stop();
      frames = source;
      settle();
      for (let bitmap = await source.next(); bitmap && frames === source; bitmap = await source.next()) {
        // The desk takes the bitmap over, so who wants to keep the frame gets a copy.
        if (grab) grab(await createImageBitmap(bitmap));
        grab = null;
        const { input, network } = workspace.getState().workspace;
        // What was painted belongs to the photo, not to the moving picture.
        const still = { network, input: { ...input, painting: null } };
        const request = await requestFor(still, source.kind, bitmap.width, bitmap.height);
        const made = await desk.frame(bitmap, request);
        if (frames === source) show(made, source.kind, true);
      }
      if (frames === source) stopFrames();
    },
    stopFrames,
    grabFrame() {
      if (!frames) return Promise.resolve(null);
      return new Promise((resolve) => {
        grab = resolve;
      });
    },
    dispose() {
      isDisposed = true;
      stopWatching();
      stopFrames();
    },
  };
}
