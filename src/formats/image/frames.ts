/**
 * Moving pictures: the camera or a video file as a source that is asked for its next frame, so that a slow machine drops frames
 * instead of queueing them. Errors are values with a code.
 */
import type { Result } from '../../operators/operator.ts';

export type FrameErrorCode =
  /** The person, or the browser's settings, said no. */
  | 'camera-refused'
  | 'camera-missing'
  /** Another program holds the camera. */
  | 'camera-busy'
  /** No camera access in this browser, or the page is not served securely. */
  | 'camera-unsupported'
  /** The browser cannot play this video file (`name`). */
  | 'video-unsupported'
  /** The source did not show a picture within `seconds`. */
  | 'video-timeout';

export interface FrameError {
  readonly code: FrameErrorCode;
  readonly values: Readonly<Record<string, number | string>>;
}

export interface FrameSource {
  readonly kind: 'camera' | 'video';
  /** The frame's own size in pixels, upright. */
  readonly width: number;
  readonly height: number;
  /**
   * The next frame that the source presents; its caller closes it. Null once the source has been stopped or has ended by itself
   * (an unplugged camera). Ask again only after the answer.
   */
  next(): Promise<ImageBitmap | null>;
  /** Releases the camera or the file; a waiting `next` answers null. */
  stop(): void;
}

const startSeconds = 15;

function fail(
  code: FrameErrorCode,
  values: FrameError['values'] = {},
): { readonly ok: false; readonly error: FrameError } {
  return { ok: false, error: { code, values } };
}

/** getUserMedia's exceptions, by name (W3C Media Capture and Streams, section 10.2). */
function cameraError(reason: unknown): FrameErrorCode {
  const name = reason instanceof DOMException ? reason.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'camera-refused';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'camera-missing';
  if (name === 'NotReadableError' || name === 'AbortError') return 'camera-busy';
  return 'camera-unsupported';
}

/** Plays the element silently and waits for its first picture. */
function start(video: HTMLVideoElement): Promise<'playing' | 'unsupported' | 'late'> {
  video.muted = true;
  video.playsInline = true;
  return new Promise((settle) => {
    const timer = setTimeout(() => settle('late'), startSeconds * 1000);
    const answer = (state: 'playing' | 'unsupported') => {
      clearTimeout(timer);
      settle(state);
    };
    video.addEventListener('loadeddata', () => answer(video.videoWidth > 0 ? 'playing' : 'unsupported'), {
      once: true,
    });
    video.addEventListener('error', () => answer('unsupported'), { once: true });
    // A play() that is interrupted by stop() rejects; whether there are pictures is what 'loadeddata' says.
    video.play().catch(() => undefined);
  });
}

/** The source over a playing element; `release` gives back what feeds it. */
function sourceOf(video: HTMLVideoElement, kind: FrameSource['kind'], release: () => void): FrameSource {
  let isStopped = false;
  let wake: (() => void) | null = null;
  const stop = () => {
    if (isStopped) return;
    isStopped = true;
    video.pause();
    release();
    wake?.();
  };
  /** Settles when the element presents a new picture, or on stop. */
  const presented = () =>
    new Promise<void>((settle) => {
      wake = settle;
      // Firefox before 132 has no requestVideoFrameCallback.
      if ('requestVideoFrameCallback' in video) video.requestVideoFrameCallback(() => settle());
      else requestAnimationFrame(() => settle());
    });
  return {
    kind,
    width: video.videoWidth,
    height: video.videoHeight,
    async next() {
      if (!isStopped) await presented();
      if (isStopped) return null;
      try {
        return await createImageBitmap(video);
      } catch {
        stop();
        return null;
      }
    },
    stop,
  };
}

/** Asks for a camera (the rear one where there are two), at most 1280 x 720. */
export async function openCamera(): Promise<Result<FrameSource, FrameError>> {
  if (!('mediaDevices' in navigator) || !navigator.mediaDevices?.getUserMedia) return fail('camera-unsupported');
  let stream: MediaStream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({
      audio: false,
      video: {
        facingMode: { ideal: 'environment' },
        width: { ideal: 1280, max: 1920 },
        height: { ideal: 720, max: 1920 },
      },
    });
  } catch (reason) {
    return fail(cameraError(reason));
  }
  const video = document.createElement('video');
  const release = () => {
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
  };
  video.srcObject = stream;
  const state = await start(video);
  if (state !== 'playing') {
    release();
    return state === 'late' ? fail('video-timeout', { seconds: startSeconds }) : fail('camera-busy');
  }
  const source = sourceOf(video, 'camera', release);
  for (const track of stream.getVideoTracks()) track.addEventListener('ended', source.stop, { once: true });
  return { ok: true, value: source };
}

/** Opens a video file; it plays silently and repeats. */
export async function openVideo(file: Blob): Promise<Result<FrameSource, FrameError>> {
  const video = document.createElement('video');
  const url = URL.createObjectURL(file);
  const release = () => {
    video.removeAttribute('src');
    video.load();
    URL.revokeObjectURL(url);
  };
  video.loop = true;
  video.src = url;
  const state = await start(video);
  if (state !== 'playing') {
    release();
    const name = 'name' in file ? String(file.name) : '';
    return state === 'late' ? fail('video-timeout', { seconds: startSeconds }) : fail('video-unsupported', { name });
  }
  return { ok: true, value: sourceOf(video, 'video', release) };
}
