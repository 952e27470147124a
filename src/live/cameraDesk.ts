/** Moving pictures in place of the photo: a camera or a video file, live until it is frozen or stopped. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { FrameError, FrameSource } from '../formats/image/frames.ts';
import type { Result } from '../operators/operator.ts';
import type { PictureKeeper } from './pictureKeeper.ts';
import type { Problem } from './results.ts';
import type { CameraState } from './session.ts';

export interface CameraDesk {
  readonly state: StoreApi<CameraState>;
  startCamera(): Promise<void>;
  startVideo(file: File): Promise<void>;
  /** The present frame as a PNG file, at the source's own size; the source is stopped. Null when nothing is live. */
  freeze(): Promise<File | null>;
  /** Ends the moving picture; the photo comes back. */
  stop(): void;
}

interface CameraDeskOptions {
  readonly pictures: PictureKeeper;
  readonly onProblem: (problem: Problem) => void;
}

/** Few look through a camera: what opens it comes with the first who does. */
const frames = () => import('../formats/image/frames.ts');

const off: CameraState = { status: 'off', source: null };

async function pngOf(bitmap: ImageBitmap): Promise<Blob> {
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
  bitmap.close();
  return canvas.convertToBlob({ type: 'image/png' });
}

export function createCameraDesk({ pictures, onProblem }: CameraDeskOptions): CameraDesk {
  const state = createStore<CameraState>(() => off);
  let source: FrameSource | null = null;
  // Counts starts: a permission that is given after the person has gone on to something else opens nothing.
  let generation = 0;

  async function show(kind: FrameSource['kind'], opening: Promise<Result<FrameSource, FrameError>>): Promise<void> {
    const mine = ++generation;
    state.setState({ status: 'starting', source: kind });
    // What opens it may not come: the network is gone.
    const opened = await opening.catch(() => null);
    if (mine !== generation) {
      if (opened?.ok) opened.value.stop();
      return;
    }
    if (!opened) {
      state.setState(off);
      onProblem({ kind: 'file', code: 'file-not-loaded', values: { part: kind } });
      return;
    }
    if (!opened.ok) {
      state.setState(off);
      onProblem({ kind: 'photo', code: opened.error.code, values: opened.error.values });
      return;
    }
    source = opened.value;
    state.setState({ status: 'live', source: kind });
    await pictures.showFrames(opened.value);
    if (source === opened.value) stop();
  }

  function stop(): void {
    generation += 1;
    source = null;
    state.setState(off);
    pictures.stopFrames();
    pictures.refresh();
  }

  return {
    state,
    startCamera: () =>
      show(
        'camera',
        frames().then(({ openCamera }) => openCamera()),
      ),
    startVideo: (file) =>
      show(
        'video',
        frames().then(({ openVideo }) => openVideo(file)),
      ),
    async freeze() {
      const present = source;
      if (!present) return null;
      state.setState({ status: 'frozen', source: present.kind });
      const bitmap = await pictures.grabFrame();
      if (!bitmap) return null;
      return new File([await pngOf(bitmap)], `${present.kind}.png`, { type: 'image/png' });
    },
    stop,
  };
}
