/** Takes any file that a person drops, pastes or chooses, and does with it what they mean: show it, play it, or open the work in it. */
import type { FileKind } from '../formats/identifyFile.ts';
import { claimOf, isClaimFor } from '../formats/image/claim.ts';
import type { OpenPhoto } from '../formats/image/photoDesk.ts';
import type { Pair } from '../operators/operator.ts';
import { type BlobStore, requestPersistence } from '../store/blobs.ts';
import type { WorkspaceStore } from '../store/workspaceStore.ts';
import type { CameraDesk } from './cameraDesk.ts';
import type { PictureKeeper } from './pictureKeeper.ts';
import type { Picture, Problem } from './results.ts';

interface FileDeskOptions {
  readonly workspace: WorkspaceStore;
  readonly blobs: BlobStore;
  readonly pictures: PictureKeeper;
  readonly camera: CameraDesk;
  /** Height and width of the present picture. */
  readonly inputSize: () => Pair;
  readonly onProblem: (problem: Problem | null) => void;
}

export interface FileDesk {
  /** What cannot be opened is said through `onProblem`; the picture on the screen stays. */
  open(file: File): Promise<void>;
  /** A frame of a camera or video becomes the photo, at the size at which it was seen. */
  keepFrame(frame: File): Promise<void>;
  /** RGBA bytes over the present picture, or null to take the painting away. */
  paint(overlay: Uint8ClampedArray<ArrayBuffer> | null, picture: Picture | null): Promise<void>;
}

export function createFileDesk({
  workspace,
  blobs,
  pictures,
  camera,
  inputSize,
  onProblem,
}: FileDeskOptions): FileDesk {
  let hasAskedToPersist = false;

  async function showPhoto(file: File, photo: OpenPhoto, workingSize: number | null): Promise<void> {
    const hash = await blobs.put(new Uint8Array(await file.arrayBuffer()));
    pictures.adopt(hash, photo);
    workspace.getState().setInput({
      photo: { kind: 'file', hash, name: file.name },
      workingSize,
      painting: null,
    });
    // Only now: what comes back when the camera stops is the workspace's photo.
    camera.stop();
    if (!hasAskedToPersist) void requestPersistence();
    hasAskedToPersist = true;
    const claimed = claimOf(file);
    if (claimed && !isClaimFor(claimed, photo.format)) {
      workspace.getState().notify('mislabelled', { name: file.name, claimed, found: photo.format });
    }
  }

  /** The working size belongs to the photo: a new one gets its own first choice (null). */
  async function openPhoto(file: File, workingSize: number | null = null): Promise<void> {
    const opened = await pictures.open(file);
    if (opened.ok) await showPhoto(file, opened.value, workingSize);
    else onProblem({ kind: 'photo', code: opened.error.code, values: opened.error.values });
  }

  async function openAs(kind: FileKind, file: File): Promise<void> {
    switch (kind) {
      case 'video':
        return camera.startVideo(file);
      case 'convscope':
      case 'json':
      case 'npz': {
        const { openWork } = await import('./sharing.ts');
        return openWork(file, kind, { workspace, blobs, inputSize, onProblem });
      }
      case 'photo':
      case 'unknown':
        // The photo desk says best what is wrong with a file that is none.
        return openPhoto(file);
      default:
        return kind satisfies never;
    }
  }

  return {
    async open(file) {
      // What was said of an earlier file is over.
      onProblem(null);
      try {
        const { identifyFile } = await import('../formats/identifyFile.ts');
        await openAs(await identifyFile(file), file);
      } catch {
        // The file went away, or holds work that does not fit together.
        onProblem({ kind: 'photo', code: 'file-unreadable', values: { name: file.name } });
      }
    },
    keepFrame: (frame) => openPhoto(frame, workspace.getState().workspace.input.workingSize),
    async paint(overlay, picture) {
      if (!overlay || !picture) {
        workspace.getState().setInput({ painting: null });
        return;
      }
      const hash = await blobs.put(new Uint8Array(overlay.buffer, overlay.byteOffset, overlay.byteLength));
      workspace.getState().setInput({ painting: { hash, width: picture.width, height: picture.height } });
    },
  };
}
