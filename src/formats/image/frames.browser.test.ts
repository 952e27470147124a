import { afterEach, describe, expect, it, vi } from 'vitest';
import { openCamera, openVideo } from './frames.ts';

/** A camera that films a canvas. */
function filmCanvas(): MediaStream {
  const canvas = document.createElement('canvas');
  canvas.width = 64;
  canvas.height = 48;
  const context = canvas.getContext('2d')!;
  let shade = 0;
  const timer = setInterval(() => {
    context.fillStyle = `rgb(${shade++ % 256} 0 0)`;
    context.fillRect(0, 0, 64, 48);
  }, 30);
  const stream = canvas.captureStream(30);
  stream.getVideoTracks()[0]!.addEventListener('ended', () => clearInterval(timer));
  return stream;
}

const refuse = (name: string) =>
  vi.spyOn(navigator.mediaDevices, 'getUserMedia').mockRejectedValue(new DOMException('no', name));

describe('openCamera', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('gives frame after frame, and null once it is stopped', async () => {
    const stream = filmCanvas();
    vi.spyOn(navigator.mediaDevices, 'getUserMedia').mockResolvedValue(stream);
    const camera = await openCamera();
    if (!camera.ok) throw new Error(camera.error.code);
    expect([camera.value.width, camera.value.height]).toEqual([64, 48]);
    for (let i = 0; i < 3; i++) {
      const frame = await camera.value.next();
      expect([frame?.width, frame?.height]).toEqual([64, 48]);
      frame?.close();
    }
    const waiting = camera.value.next();
    camera.value.stop();
    expect(await waiting).toBeNull();
    expect(await camera.value.next()).toBeNull();
    expect(stream.getVideoTracks()[0]!.readyState).toBe('ended');
  });

  it('tells a refused, a missing and a busy camera apart', async () => {
    for (const [name, code] of [
      ['NotAllowedError', 'camera-refused'],
      ['NotFoundError', 'camera-missing'],
      ['NotReadableError', 'camera-busy'],
      ['TypeError', 'camera-unsupported'],
    ] as const) {
      refuse(name);
      expect(await openCamera()).toEqual({ ok: false, error: { code, values: {} } });
    }
  });
});

describe('openVideo', () => {
  it('plays a recorded video', async () => {
    const stream = filmCanvas();
    const recorder = new MediaRecorder(stream, { mimeType: 'video/webm' });
    const recorded = new Promise<Blob>((settle) => {
      recorder.ondataavailable = (event) => settle(event.data);
    });
    recorder.start();
    await new Promise((settle) => setTimeout(settle, 500));
    recorder.stop();
    const video = await openVideo(await recorded);
    for (const track of stream.getTracks()) track.stop();
    if (!video.ok) throw new Error(video.error.code);
    const frame = await video.value.next();
    expect([frame?.width, frame?.height]).toEqual([64, 48]);
    frame?.close();
    video.value.stop();
  });

  it('refuses what it cannot play, by name', async () => {
    const result = await openVideo(new File(['not a video'], 'clip.mp4', { type: 'video/mp4' }));
    expect(result).toEqual({ ok: false, error: { code: 'video-unsupported', values: { name: 'clip.mp4' } } });
  });
});
